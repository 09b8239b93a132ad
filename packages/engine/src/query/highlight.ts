import type { Passage, PatentDocument } from '@quanlian/contract';
import { type TextValue, textValues } from '../content/document.js';
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

/** A cut-out of a value and what it shows of the query. */
interface Cut extends Range {
  readonly leaves: number;
  readonly highlights: readonly Range[];
  readonly synonyms: readonly (Range & { readonly of: string })[];
}

/** What a synonym brought and nothing else did, with the text that was asked for. */
function synonymsOf(ranges: readonly LeafRange[]): (Range & { of: string })[] {
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

function cutAround(text: string, ranges: readonly LeafRange[], first: LeafRange): Cut {
  const from = text.length <= PASSAGE_LENGTH ? 0 : cutStart(text, first.from - LEAD, first.from);
  const reach = Math.max(from + PASSAGE_LENGTH, first.to);
  const inside = ranges.filter((range) => range.from >= from && range.to <= reach);
  const to = cutEnd(text, reach, Math.max(...inside.map((range) => range.to)));
  const leaves = new Set(inside.map(({ leaf }) => leaf)).size;
  const shift = <T extends Range>(range: T): T => ({ ...range, from: range.from - from, to: range.to - from });
  return { from, to, leaves, highlights: mergeRanges(inside).map(shift), synonyms: synonymsOf(inside).map(shift) };
}

const better = (a: Cut, b: Cut): boolean =>
  a.leaves > b.leaves || (a.leaves === b.leaves && a.highlights.length > b.highlights.length);

interface Scored {
  readonly passage: Passage;
  readonly leaves: number;
  readonly order: number;
}

function bestPassage(value: TextValue, ranges: readonly LeafRange[], order: number): Scored | undefined {
  let best: Cut | undefined;
  for (const range of ranges) {
    const cut = cutAround(value.text, ranges, range);
    if (best === undefined || better(cut, best)) best = cut;
    if (cut.to === value.text.length && cut.from === 0) break;
  }
  if (best === undefined) return undefined;
  const { field, lang, text } = value;
  const passage = { field, ...(lang === undefined ? {} : { lang }), text: text.slice(best.from, best.to) };
  const synonyms = best.synonyms.length === 0 ? {} : { synonyms: [...best.synonyms] };
  return { passage: { ...passage, highlights: [...best.highlights], ...synonyms }, leaves: best.leaves, order };
}

/**
 * Passages of a document that show where the query matches: every title with a match, and the few other pieces
 * that show most of the query, in the order of the document.
 */
export function makePassages(doc: PatentDocument, leaves: readonly ScoredLeaf[]): Passage[] {
  if (leaves.length === 0) return [];
  const values = textValues(doc);
  const ranges = findLeaves(values, leaves);
  const found = values.flatMap((value, order) => bestPassage(value, ranges[order], order) ?? []);
  const isTitle = ({ passage }: Scored): boolean => passage.field === 'title';
  const others = found
    .filter((scored) => !isTitle(scored))
    .sort(
      (a, b) => b.leaves - a.leaves || b.passage.highlights.length - a.passage.highlights.length || a.order - b.order,
    )
    .slice(0, MOST_PASSAGES)
    .sort((a, b) => a.order - b.order);
  return [...found.filter(isTitle), ...others].map(({ passage }) => passage);
}
