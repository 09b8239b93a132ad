import { type FieldDefinition, findField, type QueryError, type QueryNode } from '@quanlian/contract';
import { hasSomethingToFind, STAR } from './characters.js';
import { normalizeQuery } from './normal.js';
import { type Token, tokenize } from './tokens.js';
import { clauseOf } from './values.js';

const DEEPEST = 100;
const EVERYWHERE: FieldDefinition = { name: 'text', kind: 'text', aliases: [] };

/** Ends reading at the first fault of structure; faults of single clauses are collected instead. */
class Unreadable extends Error {
  constructor(readonly error: QueryError) {
    super(error.message);
  }
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly length: number;
  readonly errors: QueryError[];
  at: number;
  depth: number;
}

const peek = (reader: Reader): Token | undefined => reader.tokens[reader.at];

function fail(code: string, message: string, from: number, to: number): never {
  throw new Unreadable({ code, message, from, to });
}

function report(reader: Reader, code: string, message: string, token: Token): QueryNode {
  reader.errors.push({ code, message, from: token.from, to: token.to });
  return { op: 'none' };
}

/** The group between two brackets; the opening one is the next token. */
function group<T>(reader: Reader, body: () => T): T {
  const open = peek(reader);
  if (open?.type !== 'open')
    return fail('query.missing_operand', 'A group in brackets is missing.', reader.length, reader.length);
  reader.at++;
  reader.depth++;
  if (reader.depth > DEEPEST) {
    fail('query.too_deep', `Brackets are nested deeper than ${DEEPEST}; write the query flatter.`, open.from, open.to);
  }
  if (peek(reader)?.type === 'close') {
    fail('query.empty_group', 'There is nothing between these brackets.', open.from, open.to + 1);
  }
  const result = body();
  const close = peek(reader);
  if (close?.type !== 'close') {
    fail('query.unclosed_group', `The bracket at character ${open.from + 1} is not closed.`, open.from, open.to);
  }
  reader.at++;
  reader.depth--;
  return result;
}

/** A symbol is often written with a blank before its group (`H01M 10/0525`); the two words are taken as one. */
function withGroup(reader: Reader, field: FieldDefinition, text: string): string {
  const next = peek(reader);
  if (field.kind !== 'class' || next?.type !== 'word') return text;
  if (!/^[A-HY]\d{2}[A-Z]$/iu.test(text) || !/^\d{1,4}\/\d{2,6}\+?\*?$/u.test(next.text)) return text;
  reader.at++;
  return `${text} ${next.text}`;
}

function wordClause(
  reader: Reader,
  field: FieldDefinition,
  token: Extract<Token, { type: 'word' }>,
  exact: boolean,
): QueryNode {
  const joined = withGroup(reader, field, token.text);
  const isStar = joined.length === 1 && STAR.test(joined);
  if (isStar && field.kind === 'date') return { op: 'range', field: field.name };
  if (isStar && field === EVERYWHERE && !exact) return { op: 'all' };
  const prefix = STAR.test(joined.slice(-1));
  const text = (prefix ? joined.slice(0, -1) : joined).replace(/[,;]+$/u, '');
  if (STAR.test(text)) {
    const message = `A star stands only at the end of a word here; “${joined}” has one elsewhere.`;
    return report(reader, 'query.bad_wildcard', message, token);
  }
  return leafClause(reader, field, token, { text, exact, prefix, quoted: false });
}

interface Leaf {
  readonly text: string;
  readonly exact: boolean;
  readonly prefix: boolean;
  readonly quoted: boolean;
}

function leafClause(reader: Reader, field: FieldDefinition, token: Token, leaf: Leaf): QueryNode {
  if (!hasSomethingToFind(leaf.text) && !(field.kind === 'date' && leaf.text === '..')) {
    const message = 'There is no letter, character or digit to look for here.';
    return report(reader, 'query.nothing_to_find', message, token);
  }
  if (leaf.exact && leaf.prefix) {
    const message = 'A beginning of a word cannot be asked for in exact characters; leave out the star or the sign =.';
    return report(reader, 'query.bad_wildcard', message, token);
  }
  const clause = clauseOf(field, leaf.text, leaf);
  return 'node' in clause ? clause.node : report(reader, clause.code, clause.message, token);
}

/** The words and quoted texts of `@near/5(a "b c")` and `@ids(…)`. */
function texts(reader: Reader): string[] {
  return group(reader, () => {
    const found: string[] = [];
    for (let token = peek(reader); token && token.type !== 'close'; token = peek(reader)) {
      if (token.type !== 'word' && token.type !== 'quoted') {
        fail('query.bad_call', 'Only words and texts in quotes may stand here.', token.from, token.to);
      }
      found.push(token.text);
      reader.at++;
    }
    return found;
  });
}

function call(reader: Reader, field: FieldDefinition, token: Extract<Token, { type: 'call' }>): QueryNode {
  const amount = Number(token.argument);
  switch (token.name) {
    case 'near':
    case 'next':
      if (!/^\d{1,6}$/.test(token.argument) || (field.kind !== 'text' && field.kind !== 'name')) break;
      return {
        op: 'near',
        field: field.name,
        texts: texts(reader),
        distance: amount,
        ...(token.name === 'next' ? { ordered: true } : {}),
      };
    case 'ids':
      if (token.argument !== '') break;
      return { op: 'ids', ids: texts(reader) };
    case 'filter':
      if (token.argument !== '') break;
      return { op: 'filter', clause: group(reader, () => either(reader, field)) };
    case 'boost':
      if (!(amount > 0) || !Number.isFinite(amount)) break;
      return { op: 'boost', clause: group(reader, () => either(reader, field)), factor: amount };
  }
  const message = `“@${token.name}” is not written like this; known are @near/5(a b), @next/5(a b), @ids(…), @filter(…) and @boost/2(…).`;
  return fail('query.bad_call', message, token.from, token.to);
}

function operand(reader: Reader, field: FieldDefinition, exact: boolean, before: Token | undefined): QueryNode {
  const token = peek(reader);
  switch (token?.type) {
    case 'word':
      reader.at++;
      return wordClause(reader, field, token, exact);
    case 'quoted':
      reader.at++;
      return leafClause(reader, field, token, { text: token.text, exact, prefix: token.prefix, quoted: true });
    case 'open':
      if (exact) break;
      return group(reader, () => either(reader, field));
    case 'call':
      if (exact) break;
      reader.at++;
      return call(reader, field, token);
  }
  const from = before?.from ?? token?.from ?? reader.length;
  const to = token?.to ?? before?.to ?? reader.length;
  const what =
    before?.type === 'field'
      ? 'A value must follow the colon.'
      : 'A word, a text in quotes or a group is missing here.';
  return fail(before?.type === 'field' ? 'query.missing_value' : 'query.missing_operand', what, from, to);
}

/** One clause with the signs before it: any number of minuses, a field, the sign for exact characters. */
function clause(reader: Reader, outer: FieldDefinition): QueryNode {
  let negative = false;
  let field = outer;
  let exact = false;
  let before: Token | undefined;
  for (let token = peek(reader); token; token = peek(reader)) {
    const isNot = token.type === 'minus' || (token.type === 'operator' && token.operator === 'not');
    if (isNot && !exact) negative = !negative;
    else if (token.type === 'field' && !exact) field = findField(token.field) ?? outer;
    else if (token.type === 'exact' && !exact) exact = true;
    else break;
    before = token;
    reader.at++;
  }
  const inner = operand(reader, field.name === EVERYWHERE.name ? EVERYWHERE : field, exact, before);
  return negative ? { op: 'not', clause: inner } : inner;
}

const isOperator = (token: Token | undefined, operator: 'and' | 'or'): boolean =>
  token?.type === 'operator' && token.operator === operator;

function both(reader: Reader, field: FieldDefinition): QueryNode {
  const clauses = [clause(reader, field)];
  for (let token = peek(reader); token && token.type !== 'close' && !isOperator(token, 'or'); token = peek(reader)) {
    if (isOperator(token, 'and')) reader.at++;
    clauses.push(clause(reader, field));
  }
  return { op: 'and', clauses };
}

function either(reader: Reader, field: FieldDefinition): QueryNode {
  const clauses = [both(reader, field)];
  while (isOperator(peek(reader), 'or')) {
    reader.at++;
    clauses.push(both(reader, field));
  }
  return { op: 'or', clauses };
}

function readAll(reader: Reader): QueryNode {
  if (reader.tokens.length === 0) return { op: 'all' };
  const node = either(reader, EVERYWHERE);
  const rest = peek(reader);
  if (rest) fail('query.extra_bracket', 'This closing bracket has no opening one.', rest.from, rest.to);
  return normalizeQuery(node);
}

/**
 * Reads the simple syntax. Words side by side must all occur; `OR` or 或 joins alternatives and binds less; quotes
 * are phrases; `-` excludes; `field:` names a field for a word, a phrase or a group; `=` before a word or phrase asks
 * for the very characters; a star ends a beginning. Never throws.
 */
export function parseSimple(input: string): { readonly ast: QueryNode | null; readonly errors: QueryError[] } {
  const { tokens, errors } = tokenize(input);
  if (errors.length > 0) return { ast: null, errors: [...errors] };
  const reader: Reader = { tokens, length: input.length, errors: [], at: 0, depth: 0 };
  try {
    const ast = readAll(reader);
    return reader.errors.length > 0 ? { ast: null, errors: reader.errors } : { ast, errors: [] };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ast: null, errors: [...reader.errors, error.error] };
  }
}
