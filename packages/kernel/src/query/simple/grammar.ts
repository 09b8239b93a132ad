import { type FieldDefinition, findField, PROXIMITY_UNITS, type QueryError, type QueryNode } from '@quanlian/contract';
import { normalizeQuery } from '../normal.js';
import { clauseOf } from '../shared/values.js';
import { readPattern } from '../shared/wildcards.js';
import { hasSomethingToFind, STAR } from './characters.js';
import { PATTERN_SIGNS, readModifiers, readSortKey } from './marks.js';
import { type Token, tokenize } from './tokens.js';

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

/** The word without the commas and semicolons at its end. */
function withoutPunctuation(word: string): string {
  let end = word.length;
  while (end > 0 && /[,;]/u.test(word.charAt(end - 1))) end--;
  return word.slice(0, end);
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
  const text = withoutPunctuation(prefix ? joined.slice(0, -1) : joined);
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

type Call = Extract<Token, { type: 'call' }>;

function badCall(token: Call): never {
  const message = `“@${token.name}” is not written like this; known are @near/5(a b), @next/5(a b), @like("a*b"), @together/sentence(a b), @xor(a b), @set(S1), @ids(…), @filter(…) and @boost/2(…).`;
  return fail('query.bad_call', message, token.from, token.to);
}

/** The clauses between two brackets, each by itself. */
function clauses(reader: Reader, field: FieldDefinition): QueryNode[] {
  return group(reader, () => {
    const found: QueryNode[] = [];
    while (peek(reader) && peek(reader)?.type !== 'close') found.push(clause(reader, field));
    return found;
  });
}

function nearCall(reader: Reader, field: FieldDefinition, token: Call): QueryNode {
  const [distance = '', ...rest] = token.arguments;
  const hasWords = field.kind === 'text' || field.kind === 'name';
  if (!/^\d{1,6}$/.test(distance) || rest.length > 0 || !hasWords) return badCall(token);
  return {
    op: 'near',
    field: field.name,
    texts: texts(reader),
    distance: Number(distance),
    ...(token.name === 'next' ? { ordered: true } : {}),
  };
}

/** `@together/word/1..3/ordered(…)`: the unit, the range of distances, and whether the order counts. */
function togetherCall(reader: Reader, field: FieldDefinition, token: Call): QueryNode {
  const [unitName, range = '..', order, ...rest] = token.arguments;
  const unit = PROXIMITY_UNITS.find((known) => known === unitName);
  const distances = /^(\d{0,6})\.\.(\d{0,6})$/.exec(range);
  if (!unit || !distances || (order !== undefined && order !== 'ordered') || rest.length > 0) return badCall(token);
  const [, least = '', most = ''] = distances;
  return {
    op: 'proximity',
    unit,
    ...(least === '' ? {} : { least: Number(least) }),
    ...(most === '' ? {} : { most: Number(most) }),
    ...(order ? { ordered: true } : {}),
    clauses: clauses(reader, field),
  };
}

function likeCall(reader: Reader, field: FieldDefinition, token: Call): QueryNode {
  const [text, ...more] = texts(reader);
  const parts = readPattern(text ?? '', PATTERN_SIGNS);
  if (more.length > 0 || parts.length === 0) return badCall(token);
  return { op: 'pattern', field: field.name, parts };
}

/** Calls without arguments behind their name. */
function plainCall(reader: Reader, field: FieldDefinition, token: Call): QueryNode {
  switch (token.name) {
    case 'ids':
      return { op: 'ids', ids: texts(reader) };
    case 'like':
      return likeCall(reader, field, token);
    case 'xor':
      return { op: 'xor', clauses: clauses(reader, field) };
    case 'filter':
      return { op: 'filter', clause: group(reader, () => either(reader, field)) };
    case 'set': {
      const [name, ...more] = texts(reader);
      return name === undefined || more.length > 0 ? badCall(token) : { op: 'set', name };
    }
    case 'index': {
      const [index, relation, text, ...modifiers] = texts(reader);
      if (index === undefined || relation === undefined || text === undefined) return badCall(token);
      const marks = modifiers.flatMap(readModifiers);
      return { op: 'index', index, relation, ...(marks.length > 0 ? { modifiers: marks } : {}), text };
    }
    case 'modified': {
      const modifiers = texts(reader).flatMap(readModifiers);
      return { op: 'modified', modifiers, clause: group(reader, () => either(reader, field)) };
    }
    case 'sorted': {
      const keys = texts(reader).map(readSortKey);
      return { op: 'sorted', keys, clause: group(reader, () => either(reader, field)) };
    }
    default:
      return badCall(token);
  }
}

function call(reader: Reader, field: FieldDefinition, token: Call): QueryNode {
  if (token.name === 'near' || token.name === 'next') return nearCall(reader, field, token);
  if (token.name === 'together') return togetherCall(reader, field, token);
  if (token.name === 'boost') {
    const [factor = '', ...rest] = token.arguments;
    const amount = /^[0-9.e+-]+$/.test(factor) ? Number(factor) : 0;
    if (!(amount > 0) || !Number.isFinite(amount) || rest.length > 0) return badCall(token);
    return { op: 'boost', clause: group(reader, () => either(reader, field)), factor: amount };
  }
  return token.arguments.length > 0 ? badCall(token) : plainCall(reader, field, token);
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
