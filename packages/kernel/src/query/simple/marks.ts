import type { QueryModifier } from '@quanlian/contract';
import { type PatternPart, printPattern, type WildcardSigns } from '../shared/wildcards.js';

/** The wildcards of `@like("…")`; a backslash takes a sign as the character it is. */
export const PATTERN_SIGNS: WildcardSigns = { any: '*', optional: '?', one: '#', escaped: true };

/** A pattern as `@like` takes it. */
export function likeText(parts: readonly PatternPart[]): string {
  const text = printPattern(parts, PATTERN_SIGNS, (piece) => piece.replace(/[*?#\\]/gu, '\\$&'));
  // Every stretch has a sign here, so there is always a text.
  return text ?? '';
}

const MODIFIER = /\/([^/<>=]+)(?:(<=|>=|<>|==|=|<|>)([^/]*))?/gu;

/** `/rel.algorithm=CORI/stem`: names with, maybe, a comparison and a value. */
export function readModifiers(text: string): QueryModifier[] {
  return [...text.matchAll(MODIFIER)].map(([, name = '', comparison, value = '']) => ({
    name,
    ...(comparison === undefined ? {} : { comparison, value }),
  }));
}

export function printModifiers(modifiers: readonly QueryModifier[]): string {
  return modifiers
    .map(({ name, comparison, value }) => `/${name}${comparison ?? ''}${comparison ? (value ?? '') : ''}`)
    .join('');
}

/** `date/sort.descending`: an index and its modifiers. */
export function readSortKey(text: string): { index: string; modifiers?: QueryModifier[] } {
  const stroke = text.indexOf('/');
  if (stroke < 0) return { index: text };
  return { index: text.slice(0, stroke), modifiers: readModifiers(text.slice(stroke)) };
}
