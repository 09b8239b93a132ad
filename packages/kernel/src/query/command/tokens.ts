import type { Span } from '../shared/fault.js';
import { commandIndex } from './fields.js';

/** What may hang on a word, a quoted text or a group: more of it open, nearness instead of a phrase, weight. */
export interface Marks {
  readonly truncation?: string | undefined;
  readonly slop?: number | undefined;
  readonly boost?: number | undefined;
}

/** A piece of a command query. */
export type CommandToken = Span &
  (
    | { readonly type: 'open' }
    | { readonly type: 'close'; readonly marks: Marks }
    | { readonly type: 'word' | 'quoted'; readonly text: string; readonly marks: Marks }
    /** `.TI,AB.` behind something. */
    | { readonly type: 'suffix'; readonly aliases: readonly string[] }
    /** `TI/` before something. */
    | { readonly type: 'prefix'; readonly aliases: readonly string[] }
    /** `@PD>=20200101<=20201231`. */
    | { readonly type: 'comparison'; readonly alias: string; readonly conditions: readonly Condition[] }
  );

export interface Condition {
  readonly relation: string;
  readonly value: string;
}

const BLANK = /\s+/uy;
const COMMENT = /#[^\n]*/uy;
const ALIASES = '[A-Za-z][A-Za-z0-9]{1,3}(?:\\s?,\\s?[A-Za-z][A-Za-z0-9]{1,3}){0,30}';
const CLOSED_SUFFIX = new RegExp(`\\.\\s?(${ALIASES})\\.`, 'uy');
const OPEN_SUFFIX = new RegExp(`\\.(${ALIASES})(?=[\\s()#]|$)`, 'uy');
const PREFIX = /((?:[A-Z][A-Z0-9]{1,3})(?:,[A-Z][A-Z0-9]{1,3}){0,30})\/(?=["(\p{L}\p{N}])/uy;
/** An international application looks like the prefix of its own alias. */
const PCT_NUMBER = /PCT\/[A-Z]{2}\d/uy;
const COMPARISON = /@([A-Za-z][A-Za-z0-9]{1,3})((?:\s?(?:<=|>=|<>|=|<|>)\s?"?\d{1,12}"?){1,4})/uy;
const CONDITION = /(<=|>=|<>|=|<|>)\s?"?(\d{1,12})/gu;
const TRUNCATION = /\$\d{0,3}/uy;
const SLOP = /~(\d{1,3})/uy;
const BOOST = /\^(\d{1,6}(?:\.\d{1,6})?)/uy;

function matchAt(pattern: RegExp, input: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(input);
}

const split = (aliases: string): string[] => aliases.split(',').map((alias) => alias.trim().toUpperCase());

/**
 * The field suffix that stands at a dot. Behind a bare word an alias that is not in the catalogue counts only in
 * capitals and between two dots, so that an abbreviation stays a word.
 */
function suffixAt(input: string, at: number, behindWord: boolean): { aliases: string[]; length: number } | undefined {
  const closed = matchAt(CLOSED_SUFFIX, input, at);
  const found = closed ?? matchAt(OPEN_SUFFIX, input, at);
  if (!found?.[1]) return undefined;
  const aliases = split(found[1]);
  const isKnown = aliases.every((alias) => commandIndex(alias) !== undefined);
  const inCapitals = found[1] === found[1].toUpperCase();
  const isSure = isKnown || (inCapitals && (closed !== null || !behindWord));
  return isSure ? { aliases, length: found[0].length } : undefined;
}

/** What hangs behind a piece that ends at `at`, and where it ends. */
function marksAt(input: string, at: number, quoted: boolean): { marks: Marks; to: number } {
  const truncation = quoted ? matchAt(TRUNCATION, input, at)?.[0] : undefined;
  let to = at + (truncation?.length ?? 0);
  const slop = quoted ? matchAt(SLOP, input, to) : null;
  to += slop?.[0].length ?? 0;
  const boost = matchAt(BOOST, input, to);
  to += boost?.[0].length ?? 0;
  return {
    marks: { truncation, slop: slop ? Number(slop[1]) : undefined, boost: boost ? Number(boost[1]) : undefined },
    to,
  };
}

const ENDS_WORD = /[\s()"#&|]/u;

/** The end of the bare word at `from`: a blank, a bracket, a weight, or the dot of a field suffix. */
function wordEnd(input: string, from: number): number {
  let at = from;
  while (at < input.length && !ENDS_WORD.test(input.charAt(at))) {
    const char = input.charAt(at);
    if (at > from && char === '.' && suffixAt(input, at, true)) break;
    if (at > from && char === '^' && matchAt(BOOST, input, at)) break;
    at++;
  }
  return at;
}

function wordAt(input: string, from: number): CommandToken {
  const end = Math.max(wordEnd(input, from), from + 1);
  const { marks, to } = marksAt(input, end, false);
  return { type: 'word', text: input.slice(from, end), marks, from, to };
}

function comparisonAt(input: string, from: number): CommandToken | undefined {
  const match = matchAt(COMPARISON, input, from);
  if (!match) return undefined;
  const conditions = [...(match[2] ?? '').matchAll(CONDITION)].map(([, relation = '', value = '']) => ({
    relation,
    value,
  }));
  return { type: 'comparison', alias: (match[1] ?? '').toUpperCase(), conditions, from, to: from + match[0].length };
}

function tokenAt(input: string, from: number, lastQuote: number): CommandToken | undefined {
  const char = input.charAt(from);
  if (char === '(') return { type: 'open', from, to: from + 1 };
  if (char === ')') return { type: 'close', ...withMarks(input, from, from + 1, true) };
  if (char === '&' || char === '|') {
    return { type: 'word', text: char === '&' ? 'AND' : 'OR', marks: {}, from, to: from + 1 };
  }
  if (char === '"') {
    // A quote without a partner is a slip of the hand: what follows it is read as if it were not there.
    if (from >= lastQuote) return undefined;
    const close = input.indexOf('"', from + 1);
    return { type: 'quoted', text: input.slice(from + 1, close), ...withMarks(input, from, close + 1, true) };
  }
  if (char === '.') {
    const suffix = suffixAt(input, from, false);
    if (suffix) return { type: 'suffix', aliases: suffix.aliases, from, to: from + suffix.length };
  }
  const prefix = matchAt(PCT_NUMBER, input, from) ? null : matchAt(PREFIX, input, from);
  const aliases = prefix?.[1] ? split(prefix[1]) : [];
  if (prefix && aliases.every((alias) => commandIndex(alias) !== undefined)) {
    return { type: 'prefix', aliases, from, to: from + prefix[0].length };
  }
  return comparisonAt(input, from) ?? wordAt(input, from);
}

function withMarks(input: string, from: number, end: number, quoted: boolean): Span & { readonly marks: Marks } {
  return { from, ...marksAt(input, end, quoted) };
}

/** Cuts a command query into tokens. What is neither letter, digit, bracket nor sign is passed over. */
export function commandTokens(input: string): CommandToken[] {
  const tokens: CommandToken[] = [];
  const lastQuote = input.lastIndexOf('"');
  for (let at = 0; at < input.length; ) {
    const skipped = matchAt(BLANK, input, at) ?? matchAt(COMMENT, input, at);
    if (skipped) {
      at += skipped[0].length;
      continue;
    }
    const token = tokenAt(input, at, lastQuote);
    const isNoise = token?.type === 'word' && !/[\p{L}\p{N}$*?]/u.test(token.text);
    if (token && !isNoise) tokens.push(token);
    at = token?.to ?? at + 1;
  }
  return tokens;
}
