import { FIELDS, findField, type QueryError } from '@quanlian/contract';
import {
  BLANK,
  CLOSE,
  COLON,
  EQUALS,
  endsWord,
  MINUS,
  OPEN,
  type Operator,
  operatorOf,
  QUOTE,
  STAR,
} from './characters.js';

/** A piece of a query in the simple syntax; `from` and `to` count UTF-16 units of the input. */
export type Token = { readonly from: number; readonly to: number } & (
  | { readonly type: 'open' | 'close' | 'minus' | 'exact' }
  | { readonly type: 'operator'; readonly operator: Operator }
  | { readonly type: 'field'; readonly field: string }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly string[] }
  | { readonly type: 'word'; readonly text: string }
  | { readonly type: 'quoted'; readonly text: string; readonly prefix: boolean }
);

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly errors: readonly QueryError[];
}

/** Field names that hold brackets of their own would be cut at them, so they are looked for whole. */
const BRACKETED_NAMES = FIELDS.flatMap((f) => f.aliases).filter((alias) => /[()（）]/u.test(alias));
const LONGEST_NAME = 40;
const NAME_LIKE = /^\p{L}[\p{L}\p{N}_.-]*$/u;
const CALL = /^@([a-z]+)((?:\/[a-z0-9.+-]{1,24}){0,4})$/u;

const sameBrackets = (text: string): string => text.replace(/\(/gu, '（').replace(/\)/gu, '）');

/** Faults that are listed; a text with more is no query. */
const MOST_FAULTS = 100;

interface FieldPrefix {
  readonly name: string;
  /** Length of name and colon. */
  readonly length: number;
}

/**
 * The field name a text begins with, colon included. What comes before a colon is no name when it does not look
 * like one (`10:30`) or when the colon belongs to something else (`http://`, `std::sort`).
 */
export function fieldPrefix(text: string): FieldPrefix | undefined {
  for (const name of BRACKETED_NAMES) {
    if (sameBrackets(text.slice(0, name.length)) === name && COLON.test(text.charAt(name.length))) {
      return { name, length: name.length + 1 };
    }
  }
  const colon = text.slice(0, LONGEST_NAME + 1).search(COLON);
  if (colon <= 0) return undefined;
  const name = text.slice(0, colon);
  const after = text.slice(colon + 1, colon + 3);
  if (!NAME_LIKE.test(name) || after === '//' || COLON.test(after.charAt(0))) return undefined;
  return { name, length: colon + 1 };
}

/** The end of the bare word that begins at `from`. */
function wordEnd(input: string, from: number): number {
  let at = from;
  while (at < input.length && !endsWord(input.charAt(at))) at++;
  return at;
}

interface Quoted {
  readonly text: string;
  readonly to: number;
  readonly closed: boolean;
}

/** Reads a quoted text; a backslash before a quote or a backslash takes it as it is. */
function readQuoted(input: string, from: number): Quoted {
  let text = '';
  let at = from + 1;
  while (at < input.length) {
    const char = input.charAt(at);
    const next = input.charAt(at + 1);
    if (char === '\\' && (next === '\\' || QUOTE.test(next))) {
      text += next;
      at += 2;
    } else if (QUOTE.test(char)) {
      return { text, to: at + 1, closed: true };
    } else {
      text += char;
      at++;
    }
  }
  return { text, to: at, closed: false };
}

interface Step {
  readonly token?: Token;
  readonly error?: QueryError;
  readonly to: number;
}

function quotedStep(input: string, from: number): Step {
  const quoted = readQuoted(input, from);
  if (!quoted.closed) {
    const message = `The quote that opens at character ${from + 1} is not closed; add a quote at its end.`;
    return { error: { code: 'query.unclosed_quote', message, from, to: quoted.to }, to: quoted.to };
  }
  const prefix = STAR.test(input.charAt(quoted.to));
  const to = prefix ? quoted.to + 1 : quoted.to;
  return { token: { type: 'quoted', text: quoted.text, prefix, from, to }, to };
}

function fieldStep(from: number, prefix: FieldPrefix): Step {
  const to = from + prefix.length;
  const field = findField(prefix.name);
  if (field) return { token: { type: 'field', field: field.name, from, to }, to };
  const message = `There is no field “${prefix.name}”; take one of the known fields, or put the words in quotes to search for them.`;
  return { error: { code: 'query.unknown_field', message, from, to: to - 1 }, to };
}

function wordStep(input: string, from: number): Step {
  const to = wordEnd(input, from);
  const text = input.slice(from, to);
  const operator = operatorOf(text);
  if (operator) return { token: { type: 'operator', operator, from, to }, to };
  const call = OPEN.test(input.charAt(to)) ? CALL.exec(text) : null;
  if (call) {
    const values = (call[2] ?? '').split('/').slice(1);
    return { token: { type: 'call', name: call[1] ?? '', arguments: values, from, to }, to };
  }
  return { token: { type: 'word', text, from, to }, to };
}

function step(input: string, from: number): Step {
  const char = input.charAt(from);
  if (OPEN.test(char)) return { token: { type: 'open', from, to: from + 1 }, to: from + 1 };
  if (CLOSE.test(char)) return { token: { type: 'close', from, to: from + 1 }, to: from + 1 };
  if (QUOTE.test(char)) return quotedStep(input, from);
  const next = input.charAt(from + 1);
  const attached = next !== '' && !BLANK.test(next) && !CLOSE.test(next);
  if (MINUS.test(char) && attached) return { token: { type: 'minus', from, to: from + 1 }, to: from + 1 };
  if (EQUALS.test(char) && attached) return { token: { type: 'exact', from, to: from + 1 }, to: from + 1 };
  const prefix = fieldPrefix(input.slice(from, from + LONGEST_NAME + 3));
  return prefix ? fieldStep(from, prefix) : wordStep(input, from);
}

/** Cuts a query in the simple syntax into tokens. Never throws; what cannot be read is in `errors`. */
export function tokenize(input: string): Tokens {
  const tokens: Token[] = [];
  const errors: QueryError[] = [];
  let at = 0;
  while (at < input.length && errors.length < MOST_FAULTS) {
    if (BLANK.test(input.charAt(at))) {
      at++;
      continue;
    }
    const { token, error, to } = step(input, at);
    if (token) tokens.push(token);
    if (error) errors.push(error);
    at = to;
  }
  return { tokens, errors };
}
