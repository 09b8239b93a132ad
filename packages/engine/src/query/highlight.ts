import type { Passage, PatentDocument } from '@quanlian/contract';
import { analyse, type ExactPart, type PhrasePart, type TextQuery, type Token } from '@quanlian/kernel';
import { type TextValue, textValues } from '../content/document.js';
import { WORD_FIELDS } from '../segment/postings.js';
import { findNear } from './near.js';
import type { ScoredLeaf } from './plan.js';

/** Passages besides titles that a hit shows. */
const MOST_PASSAGES = 3;
/** UTF-16 units a passage is cut to, and how many of them stand before its first match. */
const PASSAGE_LENGTH = 300;
const LEAD = 60;
/** How far a cut moves to fall between words. */
const CUT_SLACK = 20;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** An occurrence of a query text: its places as positions and in the text. */
interface Found extends Range {
  readonly start: number;
  readonly end: number;
}

type TokensAt = ReadonlyMap<number, readonly Token[]>;

function byPosition(tokens: readonly Token[]): TokensAt {
  const map = new Map<number, Token[]>();
  for (const token of tokens) {
    const list = map.get(token.position);
    if (list) list.push(token);
    else map.set(token.position, [token]);
  }
  return map;
}

const fits = (token: Token, { term, open }: PhrasePart): boolean =>
  open ? token.term.startsWith(term) : token.term === term;

/** Where the phrase stands when its first position is `start`; undefined when it does not. */
function findAt(at: TokensAt, { parts, exact, length }: TextQuery, isExact: boolean, start: number): Found | undefined {
  const isWritten = (token: Token, { unit, original }: ExactPart): boolean =>
    token.unit === unit && token.original === original;
  const isThere = (part: ExactPart): boolean =>
    (at.get(start + part.offset) ?? []).some((token) => isWritten(token, part));
  if (isExact && !exact.every(isThere)) return undefined;
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const part of parts) {
    const written = isExact ? exact[part.offset] : undefined;
    const matching = (at.get(start + part.offset) ?? []).filter(
      (token) => fits(token, part) && (written === undefined || isWritten(token, written)),
    );
    if (matching.length === 0) return undefined;
    // Of a divided word the whole and its parts may all begin with the same letters; the longest is shown.
    from = Math.min(from, ...matching.map((token) => token.from));
    to = Math.max(to, ...matching.map((token) => (part.open ? token.unitTo : token.to)));
  }
  return { from, to, start, end: start + length - 1 };
}

function findPhrase(at: TokensAt, query: TextQuery, isExact: boolean): Found[] {
  if (query.parts.length === 0) return [];
  return [...at.keys()].flatMap((start) => findAt(at, query, isExact, start) ?? []);
}

function findLeaf(at: TokensAt, leaf: ScoredLeaf): Found[] {
  if (leaf.kind === 'text') return findPhrase(at, leaf.query, leaf.exact);
  const lists = leaf.queries.map((query) => findPhrase(at, query, false));
  return lists.some((list) => list.length === 0) ? [] : findNear(lists, leaf.distance, leaf.ordered);
}

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

interface LeafRange extends Range {
  readonly leaf: number;
}

/** A cut-out of a value and what it shows of the query. */
interface Cut extends Range {
  readonly leaves: number;
  readonly highlights: readonly Range[];
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
  const highlights = mergeRanges(inside).map((range) => ({ from: range.from - from, to: range.to - from }));
  return { from, to, leaves, highlights };
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
  return { passage: { ...passage, highlights: [...best.highlights] }, leaves: best.leaves, order };
}

/** Tells the units that any of the leaves looks for. */
function unitsOf(leaves: readonly ScoredLeaf[]): (unit: string) => boolean {
  const queries = leaves.flatMap((leaf) => (leaf.kind === 'text' ? [leaf.query] : leaf.queries));
  const units = new Set(queries.flatMap(({ exact }) => exact.map(({ unit }) => unit)));
  const prefixes = queries.flatMap(({ parts }) => parts.filter(({ open }) => open).map(({ term }) => term));
  return (unit) => units.has(unit) || prefixes.some((prefix) => unit.startsWith(prefix));
}

function rangesIn(value: TextValue, leaves: readonly ScoredLeaf[], wants: (unit: string) => boolean): LeafRange[] {
  const bit = 1 << WORD_FIELDS.indexOf(value.field);
  if (!leaves.some(({ mask }) => (mask & bit) !== 0)) return [];
  const at = byPosition(analyse(value.text, wants));
  return leaves
    .flatMap((own, leaf) =>
      (own.mask & bit) === 0 ? [] : findLeaf(at, own).map(({ from, to }) => ({ from, to, leaf })),
    )
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

/**
 * Passages of a document that show where the query matches: every title with a match, and the few other pieces
 * that show most of the query, in the order of the document.
 */
export function makePassages(doc: PatentDocument, leaves: readonly ScoredLeaf[]): Passage[] {
  if (leaves.length === 0) return [];
  const wants = unitsOf(leaves);
  const found = textValues(doc).flatMap(
    (value, order) => bestPassage(value, rangesIn(value, leaves, wants), order) ?? [],
  );
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
