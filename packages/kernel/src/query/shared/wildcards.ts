import type { QueryNode, Wildcard } from '@quanlian/contract';

export type PatternPart = string | Wildcard;

/** How a language writes open stretches of a word; what it does not have is absent. */
export interface WildcardSigns {
  /** Any number of characters. */
  readonly any?: string | undefined;
  /** Other signs that mean the same. */
  readonly alsoAny?: string | undefined;
  /** One character or none. */
  readonly optional?: string | undefined;
  /** Exactly one character. */
  readonly one?: string | undefined;
  /** Up to as many characters as the number behind it says. */
  readonly counted?: string | undefined;
  /** A backslash takes the next character as it is. */
  readonly escaped?: boolean | undefined;
}

/** A number behind a counted sign is at most this long; words are not longer. */
const COUNT = /^\d{1,3}/;

function signAt(text: string, at: number, signs: WildcardSigns): { wildcard: Wildcard; length: number } | undefined {
  const char = text.charAt(at);
  if (char === signs.counted) {
    const count = COUNT.exec(text.slice(at + 1, at + 4))?.[0];
    if (count !== undefined) return { wildcard: { min: 0, max: Number(count) }, length: 1 + count.length };
  }
  if (char === signs.any || char === signs.alsoAny) return { wildcard: { min: 0 }, length: 1 };
  if (char === signs.optional) return { wildcard: { min: 0, max: 1 }, length: 1 };
  if (char === signs.one) return { wildcard: { min: 1, max: 1 }, length: 1 };
  return undefined;
}

function widened(a: Wildcard, b: Wildcard): Wildcard {
  const min = a.min + b.min;
  return a.max === undefined || b.max === undefined ? { min } : { min, max: a.max + b.max };
}

/** The one writing of a pattern: no empty pieces, neighbours of one kind run together. */
export function mergedParts(parts: readonly PatternPart[]): PatternPart[] {
  const merged: PatternPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part === '' || (typeof part !== 'string' && part.max === 0)) continue;
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (typeof part !== 'string' && last !== undefined && typeof last !== 'string') {
      merged[merged.length - 1] = widened(last, part);
    } else merged.push(typeof part === 'string' ? part : widened(part, { min: 0, max: 0 }));
  }
  return merged;
}

/** Cuts a word at its wildcards. */
export function readPattern(text: string, signs: WildcardSigns): PatternPart[] {
  const parts: PatternPart[] = [];
  let piece = '';
  for (let at = 0; at < text.length; ) {
    const sign = signAt(text, at, signs);
    if (sign) {
      parts.push(piece, sign.wildcard);
      piece = '';
      at += sign.length;
    } else {
      if (signs.escaped && text.charAt(at) === '\\' && at + 1 < text.length) at++;
      piece += text.charAt(at);
      at++;
    }
  }
  parts.push(piece);
  return mergedParts(parts);
}

/** The word, the beginning of a word or the pattern that the parts mean. */
export function patternNode(field: string, parts: readonly PatternPart[]): QueryNode {
  const [first, second] = parts;
  if (parts.length === 1 && typeof first === 'string') return { op: 'term', field, text: first };
  const isOpen = typeof second === 'object' && second.min === 0 && second.max === undefined;
  if (parts.length === 2 && typeof first === 'string' && isOpen) return { op: 'prefix', field, text: first };
  return { op: 'pattern', field, parts: [...parts] };
}

function printWildcard({ min, max }: Wildcard, signs: WildcardSigns): string | undefined {
  if (min > 0 && signs.one === undefined) return undefined;
  const sure = (signs.one ?? '').repeat(min);
  if (max === undefined) return signs.any === undefined ? undefined : sure + signs.any;
  const open = max - min;
  if (open === 0) return sure;
  if (signs.counted !== undefined) return `${sure}${signs.counted}${open}`;
  return signs.optional === undefined ? undefined : sure + signs.optional.repeat(open);
}

/** The pattern in a language's signs; `literal` writes the pieces between. Undefined when a stretch has no sign there. */
export function printPattern(
  parts: readonly PatternPart[],
  signs: WildcardSigns,
  literal: (piece: string) => string | undefined,
): string | undefined {
  let text = '';
  for (const part of parts) {
    const piece = typeof part === 'string' ? literal(part) : printWildcard(part, signs);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}
