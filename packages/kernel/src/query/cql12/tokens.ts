import { fail, type Span } from '../shared/fault.js';

/** A piece of a CQL 1.2 query. Terms keep their backslashes: what they guard is told only when the term is read. */
export type CqlToken = Span &
  (
    | { readonly type: 'open' | 'close' | 'stroke' }
    | { readonly type: 'comparison'; readonly text: string }
    | { readonly type: 'word'; readonly text: string }
    | { readonly type: 'quoted'; readonly text: string }
  );

const BLANK = /\s+/uy;
const COMPARISON = /==|<=|>=|<>|=|<|>/uy;
const WORD = /(?:\\[^\s]|[^\s()=<>"/\\]|\\(?=\s|$))+/uy;

function matchAt(pattern: RegExp, input: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(input)?.[0];
}

function quotedAt(input: string, from: number): CqlToken {
  let at = from + 1;
  while (at < input.length && input.charAt(at) !== '"') at += input.charAt(at) === '\\' ? 2 : 1;
  if (at >= input.length) {
    const message = `The quote that opens at character ${from + 1} is not closed; add a quote at its end.`;
    fail('query.unclosed_quote', message, { from, to: input.length });
  }
  return { type: 'quoted', text: input.slice(from + 1, at), from, to: at + 1 };
}

function tokenAt(input: string, from: number): CqlToken {
  const char = input.charAt(from);
  const one = { from, to: from + 1 };
  if (char === '(') return { type: 'open', ...one };
  if (char === ')') return { type: 'close', ...one };
  if (char === '/') return { type: 'stroke', ...one };
  if (char === '"') return quotedAt(input, from);
  const comparison = matchAt(COMPARISON, input, from);
  if (comparison) return { type: 'comparison', text: comparison, from, to: from + comparison.length };
  const text = matchAt(WORD, input, from) ?? char;
  return { type: 'word', text, from, to: from + text.length };
}

/** Cuts a CQL 1.2 query into tokens; throws `Unreadable` for a quote that is not closed. */
export function cqlTokens(input: string): CqlToken[] {
  const tokens: CqlToken[] = [];
  for (let at = 0; at < input.length; ) {
    const blank = matchAt(BLANK, input, at);
    if (blank) {
      at += blank.length;
      continue;
    }
    const token = tokenAt(input, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}
