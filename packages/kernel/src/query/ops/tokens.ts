import { fail, type Span } from '../shared/fault.js';

interface OpsModifier {
  readonly name: string;
  readonly comparison: string | undefined;
  readonly value: string | undefined;
}

/** A piece of an OPS query; names and operators keep their writing in `text`. */
export type OpsToken = Span &
  (
    | { readonly type: 'open' | 'close' | 'comma' }
    | { readonly type: 'relation'; readonly relation: string; readonly modifiers: readonly string[] }
    | { readonly type: 'prox'; readonly modifiers: readonly OpsModifier[]; readonly text: string }
    | { readonly type: 'word'; readonly text: string }
    | { readonly type: 'quoted'; readonly text: string }
  );

const BLANK = /\s+/uy;
const RELATION = /(==|<=|>=|<>|=|<|>)((?:\/[a-z]+)*)/iy;
const PROX = /prox((?:\/[a-z]+(?:(?:<=|>=|<>|==|=|<|>)[a-z0-9]+)?)*)(?=[\s(]|$)/iy;
const MODIFIER = /\/([a-z]+)(?:(<=|>=|<>|==|=|<|>)([a-z0-9]+))?/giu;
const WORD = /[^\s()"=<>]+/uy;

function matchAt(pattern: RegExp, input: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(input);
}

/** The end of a quoted text whose opening quote is at `from`, and the text itself; a backslash guards the next character. */
function quotedAt(input: string, from: number): OpsToken {
  let text = '';
  let at = from + 1;
  while (at < input.length && input.charAt(at) !== '"') {
    if (input.charAt(at) === '\\' && at + 1 < input.length) at++;
    text += input.charAt(at);
    at++;
  }
  if (at >= input.length) {
    const message = `The quote that opens at character ${from + 1} is not closed; add a quote at its end.`;
    fail('query.unclosed_quote', message, { from, to: input.length });
  }
  return { type: 'quoted', text, from, to: at + 1 };
}

function tokenAt(input: string, from: number): OpsToken {
  const char = input.charAt(from);
  if (char === '(') return { type: 'open', from, to: from + 1 };
  if (char === ')') return { type: 'close', from, to: from + 1 };
  if (char === ',') return { type: 'comma', from, to: from + 1 };
  if (char === '"') return quotedAt(input, from);
  const relation = matchAt(RELATION, input, from);
  if (relation) {
    const modifiers = (relation[2] ?? '').toLowerCase().split('/').slice(1);
    return { type: 'relation', relation: relation[1] ?? '', modifiers, from, to: from + relation[0].length };
  }
  const prox = matchAt(PROX, input, from);
  if (prox) {
    const modifiers = [...(prox[1] ?? '').matchAll(MODIFIER)].map(([, name = '', comparison, value]) => ({
      name: name.toLowerCase(),
      comparison,
      value: value?.toLowerCase(),
    }));
    return { type: 'prox', modifiers, text: prox[0], from, to: from + prox[0].length };
  }
  const word = matchAt(WORD, input, from)?.[0] ?? char;
  // A comma behind a word parts it from the next one; between two digits or dates it belongs to the value.
  let length = word.length;
  while (length > 1 && word.charAt(length - 1) === ',') length--;
  return { type: 'word', text: word.slice(0, length), from, to: from + length };
}

/** Cuts an OPS query into tokens; throws `Unreadable` for a quote that is not closed. */
export function opsTokens(input: string): OpsToken[] {
  const tokens: OpsToken[] = [];
  for (let at = 0; at < input.length; ) {
    const blank = matchAt(BLANK, input, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = tokenAt(input, at);
    tokens.push(token);
    at = token.to;
  }
  return tokens;
}
