import { fail, type Span } from '../shared/fault.js';
import { LONGEST_NAME } from './fields.js';

/** A piece of a command in the Chinese style. */
export type CnipaToken = Span &
  (
    | { readonly type: 'open' | 'close' }
    /** `名称=` and `名称,摘要=`, the relation included. */
    | { readonly type: 'field'; readonly names: readonly string[]; readonly relation: string }
    | { readonly type: 'word' | 'quoted'; readonly text: string }
  );

/** Full-width signs and letters as their usual ones, one for one, so that places stay true. */
export function narrowed(input: string): string {
  return input.replace(/[\uFF01-\uFF5E\u3000“”]/gu, (char) => {
    if (char === '\u3000') return ' ';
    if (char === '“' || char === '”') return '"';
    return String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  });
}

const BLANK = /[\s，、；。,;]+/uy;
/** Letters, with one pair of brackets in them at most: `申请(专利权)人`. */
const NAME = new RegExp(`\\p{L}[\\p{L}\\p{N}_-]{0,${LONGEST_NAME}}(?:\\(\\p{L}{1,8}\\)[\\p{L}\\p{N}_-]{0,8})?`, 'uy');
/** A sign behind a name; with a blank before it, one that does not begin an exact nearness (`a =2W b`). */
const RELATION = /(?:\s(?!=\d{1,3}[A-Z](?:[\s("]|$)))?(>=|<=|=|>|<)/uy;
const ENDS_WORD = /[\s()"=<>，、；。]/u;

function matchAt(pattern: RegExp, input: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(input);
}

/** Fields that one sign is meant for; more are a slip. */
const MOST_NAMES = 10;

/** One or more field names with the sign behind them. Names hold brackets of their own, so they are looked for before brackets. */
function fieldAt(input: string, from: number): CnipaToken | undefined {
  const names: string[] = [];
  let at = from;
  for (let name = matchAt(NAME, input, at)?.[0]; name !== undefined; name = matchAt(NAME, input, at)?.[0]) {
    names.push(name);
    at += name.length;
    const relation = matchAt(RELATION, input, at);
    if (relation?.[1]) return { type: 'field', names, relation: relation[1], from, to: at + relation[0].length };
    if (names.length === MOST_NAMES || !/[,、]/u.test(input.charAt(at))) return undefined;
    at++;
  }
  return undefined;
}

function quotedAt(input: string, from: number): CnipaToken {
  const close = input.indexOf('"', from + 1);
  if (close < 0) {
    const message = `The quote that opens at character ${from + 1} is not closed; add a quote at its end.`;
    fail('query.unclosed_quote', message, { from, to: input.length });
  }
  return { type: 'quoted', text: input.slice(from + 1, close), from, to: close + 1 };
}

/** Commas part clauses here, as they do in Chinese sentences; inside a value they would begin a list of fields. */
const ENDS_VALUE = /[\s()"=<>，、；。,;]/u;

/** `isValue` tells that the sign of a field stands before. */
function tokenAt(input: string, from: number, isValue: boolean): CnipaToken {
  const char = input.charAt(from);
  if (char === '(') return { type: 'open', from, to: from + 1 };
  if (char === ')') return { type: 'close', from, to: from + 1 };
  if (char === '"') return quotedAt(input, from);
  const field = isValue ? undefined : fieldAt(input, from);
  if (field) return field;
  const end = isValue ? ENDS_VALUE : ENDS_WORD;
  let to = from + 1;
  while (to < input.length && !end.test(input.charAt(to))) to++;
  return { type: 'word', text: input.slice(from, to), from, to };
}

/** Cuts a narrowed text into tokens; throws `Unreadable` for a quote that is not closed. */
export function cnipaTokens(input: string): CnipaToken[] {
  const tokens: CnipaToken[] = [];
  for (let at = 0; at < input.length; ) {
    const blank = matchAt(BLANK, input, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = tokenAt(input, at, tokens.at(-1)?.type === 'field');
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}
