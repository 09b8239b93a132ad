import type { ParsedQuery, QueryError, QueryNode, Syntax } from '@quanlian/contract';
import { parseCnipa } from './cnipa/grammar.js';
import { parseCommand } from './command/grammar.js';
import { parseCql12 } from './cql12/parse.js';
import { parseOps } from './ops/grammar.js';
import { parseSimple } from './simple/grammar.js';
import { translateQuery } from './translate.js';

/** The longest query that is read, in bytes of UTF-8. */
export const LONGEST_QUERY = 100_000;

/** Bytes of a UTF-16 unit in UTF-8, a surrogate counted as half of its pair. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) return 2;
  return 3;
}

function isTooLong(input: string): boolean {
  if (input.length > LONGEST_QUERY) return true;
  let bytes = 0;
  for (let i = 0; i < input.length; i++) bytes += bytesOf(input.charCodeAt(i));
  return bytes > LONGEST_QUERY;
}

interface Reading {
  readonly ast: QueryNode | null;
  readonly errors: readonly QueryError[];
  readonly canonical?: string | null;
}

const PARSERS: Readonly<Record<Syntax, (input: string) => Reading>> = {
  simple: parseSimple,
  cql: (input) => parseOps(input),
  cql12: parseCql12,
  command: (input) => parseCommand(input),
  cnipa: (input) => parseCnipa(input),
};

/** The query in its own language; one that its language cannot write back (a text holding its signs) stays as it was. */
function canonicalOf(ast: QueryNode, syntax: Syntax, input: string): string {
  const translation = translateQuery(ast, syntax);
  return 'text' in translation ? translation.text : input.trim();
}

/**
 * Reads a query of any syntax into the neutral tree. Whatever the text, the answer has a tree or errors with their
 * places, and nothing is thrown. `canonical` is the query in the same language, in one writing.
 */
export function parseQuery(input: string, syntax: Syntax = 'simple'): ParsedQuery {
  if (isTooLong(input)) {
    const message = `The query is longer than ${LONGEST_QUERY} bytes; shorten it.`;
    const error = { code: 'query.too_long', message, from: 0, to: input.length };
    return { input, syntax, valid: false, ast: null, canonical: null, errors: [error] };
  }
  const { ast, errors, canonical } = PARSERS[syntax](input);
  if (ast === null) return { input, syntax, valid: false, ast, canonical: null, errors: [...errors] };
  return { input, syntax, valid: true, ast, canonical: canonical ?? canonicalOf(ast, syntax, input), errors: [] };
}
