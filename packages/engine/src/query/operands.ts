import type { Bits } from '../storage/bits.js';

/**
 * What a part of a query matches in a segment, as it is at hand: nothing is made for it. With `live` there are no deleted
 * documents among it; in the end all that may have some is cut down to the live ones.
 */
export type Operand =
  | { readonly kind: 'set'; readonly bits: Bits; readonly live: boolean }
  /** A short list, ascending. */
  | { readonly kind: 'list'; readonly docs: Uint32Array; readonly live: boolean }
  /** The documents from `from` on and before `to`. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  /** What is in any of the parts, or in an odd number of them. */
  | { readonly kind: 'any' | 'odd'; readonly parts: readonly Operand[] }
  /** What is in all of the parts (without parts: what lives) and not in any of the others. */
  | { readonly kind: 'all'; readonly parts: readonly Operand[]; readonly without: readonly Operand[] };

type Listed = Extract<Operand, { kind: 'list' }>;
type Simple = Extract<Operand, { kind: 'set' | 'list' | 'range' }>;

const isSimple = (part: Operand): part is Simple =>
  part.kind === 'set' || part.kind === 'list' || part.kind === 'range';
const isList = (part: Operand): part is Listed => part.kind === 'list';

export const NOTHING: Operand = { kind: 'list', docs: new Uint32Array(0), live: true };

/** A list that is held as a set when it is long; deleted documents may be among it. */
export function operandOfList(list: {
  readonly bits?: Bits | undefined;
  readonly docs?: Uint32Array | undefined;
}): Operand {
  if (list.bits) return { kind: 'set', bits: list.bits, live: false };
  return list.docs ? { kind: 'list', docs: list.docs, live: false } : NOTHING;
}

/** True when there are no deleted documents among what it matches. */
export function isLive(part: Operand): boolean {
  if (part.kind === 'set' || part.kind === 'list') return part.live;
  if (part.kind === 'range') return false;
  return part.kind === 'all' ? part.parts.length === 0 || part.parts.some(isLive) : part.parts.every(isLive);
}

/** The first place of an ascending list, from `low` on, whose document is not before `doc`. */
export function placeIn(docs: Uint32Array, doc: number, low = 0): number {
  let from = low;
  let to = docs.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (docs[middle] < doc) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** True when a document is in it; one that does not live may be told to be. */
function has(part: Operand, doc: number): boolean {
  switch (part.kind) {
    case 'set':
      return (part.bits[doc >>> 5] & (1 << (doc & 31))) !== 0;
    case 'list':
      return part.docs[placeIn(part.docs, doc)] === doc;
    case 'range':
      return doc >= part.from && doc < part.to;
    case 'any':
      return part.parts.some((one) => has(one, doc));
    case 'odd':
      return part.parts.filter((one) => has(one, doc)).length % 2 === 1;
    case 'all':
      return part.parts.every((one) => has(one, doc)) && !part.without.some((one) => has(one, doc));
  }
}

/** Keeps of the first `length` documents those that are in a set (or, with `wanted` 0, are not); returns how many. */
function keepBySet(docs: Uint32Array, length: number, bits: Bits, wanted: number): number {
  let kept = 0;
  for (let i = 0; i < length; i++) {
    const doc = docs[i];
    docs[kept] = doc;
    kept += ((bits[doc >>> 5] >>> (doc & 31)) & 1) ^ wanted ^ 1;
  }
  return kept;
}

/** The same by a list. */
function keepByList(docs: Uint32Array, length: number, list: Uint32Array, wanted: boolean): number {
  // Of a list that is much longer a place is searched for, else it is walked along.
  const searched = list.length > 16 * length;
  let kept = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const doc = docs[i];
    if (searched) at = placeIn(list, doc, at);
    else while (at < list.length && list[at] < doc) at++;
    if ((list[at] === doc) === wanted) docs[kept++] = doc;
  }
  return kept;
}

/** The same by anything. */
function keepBy(docs: Uint32Array, length: number, part: Operand, wanted: boolean): number {
  if (part.kind === 'set') return keepBySet(docs, length, part.bits, wanted ? 1 : 0);
  if (part.kind === 'list') return keepByList(docs, length, part.docs, wanted);
  let kept = 0;
  for (let i = 0; i < length; i++) if (has(part, docs[i]) === wanted) docs[kept++] = docs[i];
  return kept;
}

/** So few documents are tested one by one also by what is made of several parts. */
const FEW = 64;

/** Goes along the shortest list and tests its documents by the others; what would take long that way is left as it is. */
function narrowList(lists: readonly Listed[], parts: readonly Operand[], without: readonly Operand[]): Operand {
  const first = lists.reduce((least, list) => (list.docs.length < least.docs.length ? list : least));
  const docs = first.docs.slice();
  let live = first.live;
  let length = docs.length;
  const narrow = (part: Operand): void => {
    length = keepBy(docs, length, part, true);
    live ||= isLive(part);
  };
  // A set is asked soonest, so it goes first.
  for (const part of parts) if (part.kind === 'set' || part.kind === 'range') narrow(part);
  for (const part of lists) if (part !== first) narrow(part);
  for (const part of without) if (isSimple(part)) length = keepBy(docs, length, part, false);
  const manyParts = parts.filter((part) => !isSimple(part));
  const manyWithout = without.filter((part) => !isSimple(part));
  if (length > FEW && manyParts.length + manyWithout.length > 0) {
    const list: Operand = { kind: 'list', docs: docs.subarray(0, length), live };
    return { kind: 'all', parts: [list, ...manyParts], without: manyWithout };
  }
  for (const part of manyParts) length = keepBy(docs, length, part, true);
  for (const part of manyWithout) length = keepBy(docs, length, part, false);
  return { kind: 'list', docs: docs.subarray(0, length), live };
}

/** What is in all of the parts; a part without parts of its own takes away. */
export function allOf(operands: readonly Operand[]): Operand {
  const parts: Operand[] = [];
  const without: Operand[] = [];
  const takeAway = (part: Operand): void => {
    if (part.kind === 'any') part.parts.forEach(takeAway);
    else without.push(part);
  };
  for (const operand of operands) {
    if (operand.kind !== 'all') parts.push(operand);
    else {
      parts.push(...operand.parts);
      operand.without.forEach(takeAway);
    }
  }
  const lists = parts.filter(isList);
  if (lists.length > 0) return narrowList(lists, parts, without);
  return parts.length === 1 && without.length === 0 ? parts[0] : { kind: 'all', parts, without };
}

/** What is in any of the parts. */
export function anyOf(operands: readonly Operand[]): Operand {
  if (operands.length === 1) return operands[0];
  const parts = operands.some(({ kind }) => kind === 'any')
    ? operands.flatMap((part) => (part.kind === 'any' ? part.parts : [part]))
    : operands;
  return { kind: 'any', parts };
}

export const oddOf = (parts: readonly Operand[]): Operand => ({ kind: 'odd', parts });

/** What lives and is not in it. */
export const notIn = (part: Operand): Operand => ({
  kind: 'all',
  parts: [],
  without: part.kind === 'any' ? part.parts : [part],
});
