import type { ParsedQuery, QueryError, Syntax } from '@quanlian/contract';
import { printQuery } from './print.js';
import { parseSimple } from './simple.js';

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

const refused = (input: string, syntax: Syntax, error: QueryError): ParsedQuery => ({
  input,
  syntax,
  valid: false,
  ast: null,
  canonical: null,
  errors: [error],
});

/**
 * Reads a query of any syntax into the neutral tree. Whatever the text, the answer has a tree or errors with their
 * places, and nothing is thrown. `canonical` is the query in the simple syntax.
 */
export function parseQuery(input: string, syntax: Syntax = 'simple'): ParsedQuery {
  const whole = { from: 0, to: input.length };
  if (isTooLong(input)) {
    const message = `The query is longer than ${LONGEST_QUERY} bytes; shorten it.`;
    return refused(input, syntax, { code: 'query.too_long', message, ...whole });
  }
  if (syntax !== 'simple') {
    const message = `The syntax “${syntax}” is not read yet; write the query in the simple syntax.`;
    return refused(input, syntax, { code: 'query.syntax_unsupported', message, ...whole });
  }
  const { ast, errors } = parseSimple(input);
  return { input, syntax, valid: ast !== null, ast, canonical: ast === null ? null : printQuery(ast), errors };
}
