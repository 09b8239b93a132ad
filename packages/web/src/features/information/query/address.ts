import { SYNTAXES, type Syntax } from '@quanlian/contract';

/** A query that an address brings along: `/query?q=…&syntax=cql`. */
export interface QueryAddress {
  q?: string;
  syntax?: Syntax;
}

const isSyntax = (value: unknown): value is Syntax => (SYNTAXES as readonly unknown[]).includes(value);

/** Reads an address; what makes no sense is left out. */
export function tidyQuery({ q, syntax }: Record<string, unknown>): QueryAddress {
  return { ...(typeof q === 'string' ? { q } : {}), ...(isSyntax(syntax) ? { syntax } : {}) };
}
