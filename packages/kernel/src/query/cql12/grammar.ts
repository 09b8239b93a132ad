import type { QueryError, QueryModifier } from '@quanlian/contract';
import { checkLength, DEEPEST_BRACKETS, fail, type Span, Unreadable } from '../shared/fault.js';
import { type CqlToken, cqlTokens } from './tokens.js';
import type { CqlLink, CqlOperator, CqlPrefix, CqlQuery, CqlSortKey, CqlTree } from './tree.js';

interface Reader {
  readonly tokens: readonly CqlToken[];
  readonly end: Span;
  at: number;
  depth: number;
}

const RELATIONS = new Set(['any', 'all', 'adj', 'within', 'encloses', 'exact', 'scr']);
const OPERATORS: readonly CqlOperator[] = ['and', 'or', 'not', 'prox'];

const peek = (reader: Reader, ahead = 0): CqlToken | undefined => reader.tokens[reader.at + ahead];
const wordOf = (token: CqlToken | undefined): string | undefined =>
  token?.type === 'word' ? token.text.toLowerCase() : undefined;
const operatorOf = (token: CqlToken | undefined): CqlOperator | undefined =>
  OPERATORS.find((operator) => operator === wordOf(token));

function missing(reader: Reader, what: string): never {
  const token = peek(reader);
  return fail(
    'query.missing_operand',
    token ? `${what} is missing before this.` : `${what} is missing at the end.`,
    token ?? reader.end,
  );
}

/** The text of a word or quoted text that must stand here. */
function textHere(reader: Reader, what: string): string {
  const token = peek(reader);
  if (token?.type !== 'word' && token?.type !== 'quoted') return missing(reader, what);
  reader.at++;
  return token.text;
}

function modifiers(reader: Reader): QueryModifier[] {
  const found: QueryModifier[] = [];
  while (peek(reader)?.type === 'stroke') {
    reader.at++;
    const name = textHere(reader, 'The name of a modifier');
    const comparison = peek(reader);
    if (comparison?.type === 'comparison') {
      reader.at++;
      found.push({ name, comparison: comparison.text, value: textHere(reader, 'The value of a modifier') });
    } else {
      found.push({ name });
    }
  }
  return found;
}

/** `> dc = "info:…"` and `> "info:…"`, any number of them. */
function prefixes(reader: Reader): CqlPrefix[] {
  const found: CqlPrefix[] = [];
  for (let token = peek(reader); token?.type === 'comparison' && token.text === '>'; token = peek(reader)) {
    reader.at++;
    const first = textHere(reader, 'The identifier of a context set');
    const next = peek(reader);
    if (next?.type === 'comparison' && next.text === '=') {
      reader.at++;
      found.push({ name: first, identifier: textHere(reader, 'The identifier of a context set') });
    } else {
      found.push({ name: undefined, identifier: first });
    }
  }
  return found;
}

/** The relation behind a first word: a sign, one of the known names, or a name of a context set (`zr.near`). */
function relationHere(reader: Reader): { relation: string; modifiers: QueryModifier[] } | undefined {
  const token = peek(reader);
  const isSign = token?.type === 'comparison';
  const isName =
    token?.type === 'word' &&
    operatorOf(token) === undefined &&
    (RELATIONS.has(token.text.toLowerCase()) || /^[^.]+\.[^.]+$/.test(token.text));
  if (!token || (!isSign && !isName)) return undefined;
  reader.at++;
  return { relation: token.text, modifiers: modifiers(reader) };
}

/** Words side by side without quotes are one term, up to an operator or the end. */
function moreWords(reader: Reader, first: string): string[] {
  const words = [first];
  for (let token = peek(reader); token?.type === 'word'; token = peek(reader)) {
    if (operatorOf(token) || wordOf(token) === 'sortby') break;
    words.push(token.text);
    reader.at++;
  }
  return words;
}

interface Term {
  readonly words: readonly string[];
  readonly quoted: boolean;
}

function term(reader: Reader): Term {
  const token = peek(reader);
  if (token?.type === 'open') return bracketed(reader, token, () => term(reader));
  if (token?.type === 'quoted') {
    reader.at++;
    return { words: [token.text], quoted: true };
  }
  return { words: moreWords(reader, textHere(reader, 'A term')), quoted: false };
}

function clause(reader: Reader, bound: readonly CqlPrefix[]): CqlTree {
  const first = peek(reader);
  const name = textHere(reader, 'An index or a term');
  const relation = relationHere(reader);
  if (relation) {
    return { type: 'clause', prefixes: bound, index: name, ...relation, ...term(reader) };
  }
  const quoted = first?.type === 'quoted';
  const words = quoted ? [name] : moreWords(reader, name);
  return { type: 'clause', prefixes: bound, index: undefined, relation: '=', modifiers: [], words, quoted };
}

function bracketed<T>(reader: Reader, open: Span, body: () => T): T {
  reader.at++;
  reader.depth++;
  if (reader.depth > DEEPEST_BRACKETS) {
    fail('query.too_deep', `Brackets are nested deeper than ${DEEPEST_BRACKETS}; write the query flatter.`, open);
  }
  const result = body();
  if (peek(reader)?.type !== 'close') {
    fail('query.unclosed_group', `The bracket at character ${open.from + 1} is not closed.`, open);
  }
  reader.at++;
  reader.depth--;
  return result;
}

function operand(reader: Reader): CqlTree {
  const bound = prefixes(reader);
  const token = peek(reader);
  if (token?.type !== 'open') return clause(reader, bound);
  return { type: 'group', prefixes: bound, tree: bracketed(reader, token, () => scoped(reader)) };
}

/** All operators have one rank and read from the left; a prefix binds for everything behind it. */
function scoped(reader: Reader): CqlTree {
  const bound = prefixes(reader);
  const first = operand(reader);
  const rest: CqlLink[] = [];
  for (let operator = operatorOf(peek(reader)); operator; operator = operatorOf(peek(reader))) {
    reader.at++;
    rest.push({ operator, modifiers: modifiers(reader), tree: operand(reader) });
  }
  if (rest.length === 0) return { ...first, prefixes: [...bound, ...first.prefixes] };
  return { type: 'chain', prefixes: bound, first, rest };
}

function sortKeys(reader: Reader): CqlSortKey[] {
  if (wordOf(peek(reader)) !== 'sortby') return [];
  reader.at++;
  const keys: CqlSortKey[] = [];
  do {
    keys.push({ index: textHere(reader, 'An index to sort by'), modifiers: modifiers(reader) });
  } while (peek(reader)?.type === 'word' || peek(reader)?.type === 'quoted');
  return keys;
}

/** What a text is in CQL 1.2, nothing of it lost; or the first thing wrong with it. */
export type CqlReading =
  | { readonly query: CqlQuery; readonly error?: undefined }
  | { readonly query?: undefined; readonly error: QueryError };

/** Reads standard CQL 1.2: any index name, prefix maps, modifiers on relations and operators, sort keys. Never throws. */
export function readCql(input: string): CqlReading {
  try {
    const tokens = cqlTokens(input);
    checkLength(tokens);
    const reader: Reader = { tokens, end: { from: input.length, to: input.length }, at: 0, depth: 0 };
    const tree = scoped(reader);
    const keys = sortKeys(reader);
    const rest = peek(reader);
    if (rest) fail('query.unexpected', 'The query should end before this; an operator or a bracket is missing.', rest);
    return { query: { tree, keys } };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { error: error.error };
  }
}
