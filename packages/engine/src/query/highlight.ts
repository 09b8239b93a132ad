import type { Passage, PatentDocument } from '@quanlian/contract';
import { type TextValue, textValues } from '../content/document.js';
import { countWord } from '../storage/bits.js';
import { findLeaves, type LeafRange, type Range } from './find.js';
import type { ScoredLeaf } from './plan.js';

/** Passages besides titles that a hit shows. */
const MOST_PASSAGES = 3;
/** UTF-16 units a passage is cut to, and how many of them stand before its first match. */
const PASSAGE_LENGTH = 300;
const LEAD = 60;
/** How far a cut moves to fall between words. */
const CUT_SLACK = 20;

/** Overlapping ranges become one. */
function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged[merged.length - 1];
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** A cut-out of a value: where it begins, how far what it shows may reach, which ranges those are, and how much that is. */
interface Cut {
  readonly from: number;
  readonly reach: number;
  readonly first: number;
  readonly end: number;
  readonly leaves: number;
  readonly highlights: number;
}

/** What a synonym brought and nothing else did, with the text that was asked for. */
function synonymsOf(ranges: readonly LeafRange[]): (Range & { of: string })[] {
  if (ranges.every(({ of }) => of === undefined)) return [];
  const plain = new Set(ranges.flatMap(({ from, to, of }) => (of === undefined ? [`${from} ${to}`] : [])));
  const seen = new Set<string>();
  return ranges.flatMap(({ from, to, of }) => {
    const key = `${from} ${to} ${of}`;
    if (of === undefined || plain.has(`${from} ${to}`) || seen.has(key)) return [];
    seen.add(key);
    return [{ from, to, of }];
  });
}

const isSpace = (text: string, at: number): boolean => /\s/u.test(text.charAt(at));
const isInsidePair = (text: string, at: number): boolean => /[\udc00-\udfff]/.test(text.charAt(at));

/** The best place to cut at or after `at`, before `limit`: after a blank if one is near, never inside a character. */
function cutStart(text: string, at: number, limit: number): number {
  if (at <= 0) return 0;
  for (let i = at; i < Math.min(at + CUT_SLACK, limit); i++) if (isSpace(text, i)) return i + 1;
  return isInsidePair(text, at) ? at + 1 : at;
}

function cutEnd(text: string, at: number, limit: number): number {
  if (at >= text.length) return text.length;
  for (let i = at; i > Math.max(at - CUT_SLACK, limit); i--) if (isSpace(text, i)) return i;
  return isInsidePair(text, at) ? at - 1 : at;
}

/** Leaves that a cut tells apart; a query seldom has more. */
const MOST_LEAVES = 30;

/**
 * The cut around a range, of ranges in order. How much it shows is counted without putting it together, because most cuts
 * are only compared.
 */
function cutAround(text: string, ranges: readonly LeafRange[], around: number): Cut {
  const { from: start, to: least } = ranges[around];
  const from = text.length <= PASSAGE_LENGTH ? 0 : cutStart(text, start - LEAD, start);
  const reach = Math.max(from + PASSAGE_LENGTH, least);
  let first = around;
  while (first > 0 && ranges[first - 1].from >= from) first--;
  let end = first;
  let highlights = 0;
  let lastTo = -1;
  let few = 0;
  let many: Set<number> | undefined;
  for (; end < ranges.length && ranges[end].from <= reach; end++) {
    const { from: own, to, leaf } = ranges[end];
    if (to > reach) continue;
    if (own >= lastTo) highlights++;
    lastTo = Math.max(lastTo, to);
    if (leaf < MOST_LEAVES) few |= 1 << leaf;
    else many = (many ?? new Set()).add(leaf);
  }
  return { from, reach, first, end, leaves: countWord(few) + (many?.size ?? 0), highlights };
}

const better = (a: Cut, b: Cut): boolean =>
  a.leaves > b.leaves || (a.leaves === b.leaves && a.highlights > b.highlights);

/** What is shown of a cut. */
function passageOf({ field, lang, text }: TextValue, ranges: readonly LeafRange[], cut: Cut): Passage {
  const { from, reach } = cut;
  const inside = ranges.slice(cut.first, cut.end).filter((range) => range.to <= reach);
  const to = cutEnd(text, reach, Math.max(...inside.map((range) => range.to)));
  const shift = <T extends Range>(range: T): T => ({ ...range, from: range.from - from, to: range.to - from });
  const synonyms = synonymsOf(inside).map(shift);
  return {
    field,
    ...(lang === undefined ? {} : { lang }),
    text: text.slice(from, to),
    highlights: mergeRanges(inside).map(shift),
    ...(synonyms.length === 0 ? {} : { synonyms }),
  };
}

/** A value with matches, and the best of its cuts. */
interface Scored {
  readonly value: TextValue;
  readonly ranges: readonly LeafRange[];
  readonly cut: Cut;
  readonly order: number;
}

function bestCut(value: TextValue, ranges: readonly LeafRange[], order: number): Scored | undefined {
  let best: Cut | undefined;
  for (let around = 0; around < ranges.length; around++) {
    const cut = cutAround(value.text, ranges, around);
    if (best === undefined || better(cut, best)) best = cut;
    if (cut.from === 0 && cut.reach >= value.text.length) break;
  }
  return best === undefined ? undefined : { value, ranges, cut: best, order };
}

/**
 * Passages of a document that show where the query matches: every title with a match, and the few other pieces
 * that show most of the query, in the order of the document.
 */
export function makePassages(doc: PatentDocument, leaves: readonly ScoredLeaf[]): Passage[] {
  if (leaves.length === 0) return [];
  const values = textValues(doc);
  const ranges = findLeaves(values, leaves);
  const found = values.flatMap((value, order) => bestCut(value, ranges[order], order) ?? []);
  const isTitle = ({ value }: Scored): boolean => value.field === 'title';
  const others = found
    .filter((scored) => !isTitle(scored))
    .sort((a, b) => b.cut.leaves - a.cut.leaves || b.cut.highlights - a.cut.highlights || a.order - b.order)
    .slice(0, MOST_PASSAGES)
    .sort((a, b) => a.order - b.order);
  return [...found.filter(isTitle), ...others].map((shown) => passageOf(shown.value, shown.ranges, shown.cut));
}
