import type { ProximityUnit } from '@quanlian/contract';
import { PARAGRAPH_TERM, SENTENCE_TERM, WORD_FIELDS } from '../segment/postings.js';
import type { Segment } from '../segment/segment.js';
import { addAll, type Bits, emptyBits, keepCommon } from '../storage/bits.js';
import { countChainEnds, findChains, type Spacing, type Span } from './chain.js';
import { openPhrase } from './phrase.js';
import { TermPlaces } from './places.js';
import type { ChainRule, SpanNode } from './plan.js';

/** Where something with places stands in a segment; documents must be asked for in ascending order. */
interface SpanMatcher {
  /** Documents that may have it. */
  readonly candidates: Bits;
  /** Its different stretches in a field of a document, in order. */
  at(doc: number, field: number): readonly Span[];
}

/** The positions at which units begin in each field of a document. */
type UnitStarts = (doc: number, field: number) => readonly number[];

const sorted = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);

/** Opens the borders of sentences or paragraphs; a paragraph's border is a sentence's too. */
function openBorders(segment: Segment, unit: ProximityUnit): UnitStarts {
  const terms = unit === 'sentence' ? [SENTENCE_TERM, PARAGRAPH_TERM] : [PARAGRAPH_TERM];
  const places = terms.flatMap((term) => {
    const entry = segment.words.find(term);
    return entry ? [new TermPlaces(segment, 'words', entry)] : [];
  });
  return (doc, field) => sorted(places.flatMap((list) => list.at(doc)?.[field] ?? []));
}

/** How many of ascending starts are not after a position. */
function unitAt(starts: readonly number[], position: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How a rule measures distances where units begin at the given positions. */
export function spacingOf({ unit, least, most }: ChainRule, starts: () => readonly number[]): Spacing {
  if (unit === 'word') return { least, most, unitOf: (position) => position };
  if (unit === 'field') return { least, most, unitOf: () => 0 };
  const known = starts();
  return { least, most, unitOf: (position) => unitAt(known, position) };
}

/** Stretches in order, each once. */
export function distinctSpans<T extends Span>(spans: readonly T[]): T[] {
  const byPlace = new Map(spans.map((span) => [`${span.start} ${span.end}`, span]));
  return [...byPlace.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

function openText(segment: Segment, { query, exact, mask }: Extract<SpanNode, { kind: 'text' }>): SpanMatcher {
  const { candidates, starts } = openPhrase(segment, query, exact);
  let last: { doc: number; starts: ReturnType<typeof starts> } | undefined;
  return {
    candidates,
    at(doc, field) {
      if ((mask & (1 << field)) === 0 || query.length === 0) return [];
      if (last?.doc !== doc) last = { doc, starts: starts(doc) };
      return last.starts[field].map((start) => ({ start, end: start + query.length - 1 }));
    },
  };
}

function openOr(segment: Segment, nodes: readonly SpanNode[]): SpanMatcher {
  const opened = nodes.map((node) => openSpans(segment, node));
  const candidates = emptyBits(segment.docs);
  for (const matcher of opened) addAll(candidates, matcher.candidates);
  return { candidates, at: (doc, field) => distinctSpans(opened.flatMap((matcher) => matcher.at(doc, field))) };
}

const joinSpans = (before: Span, after: Span): Span => ({ start: before.start, end: after.end });

interface OpenChain {
  readonly candidates: Bits;
  lists(doc: number, field: number): readonly (readonly Span[])[];
  spacing(doc: number, field: number): Spacing;
}

function openChain(segment: Segment, { nodes, rule }: Extract<SpanNode, { kind: 'chain' }>): OpenChain {
  const opened = nodes.map((node) => openSpans(segment, node));
  const candidates = opened[0]?.candidates.slice() ?? emptyBits(segment.docs);
  for (const matcher of opened) keepCommon(candidates, matcher.candidates);
  const borders = openBorders(segment, rule.unit);
  return {
    candidates,
    lists: (doc, field) => opened.map((matcher) => matcher.at(doc, field)),
    spacing: (doc, field) => spacingOf(rule, () => borders(doc, field)),
  };
}

function openSpans(segment: Segment, node: SpanNode): SpanMatcher {
  if (node.kind === 'text') return openText(segment, node);
  if (node.kind === 'or') return openOr(segment, node.nodes);
  const { candidates, lists, spacing } = openChain(segment, node);
  return {
    candidates,
    at: (doc, field) => distinctSpans(findChains(lists(doc, field), node.rule.ordered, spacing(doc, field), joinSpans)),
  };
}

/** A chain in one segment: how many of its ends each document has in each field. */
export function openChainCounts(
  segment: Segment,
  node: Extract<SpanNode, { kind: 'chain' }>,
): { candidates: Bits; count(doc: number, field: number): number } {
  const { candidates, lists, spacing } = openChain(segment, node);
  return {
    candidates,
    count: (doc, field) => {
      const found = lists(doc, field);
      if (found.some((list) => list.length === 0)) return 0;
      return countChainEnds(found, node.rule.ordered, spacing(doc, field));
    },
  };
}

/** The fields, a bit each, in which a node can stand. */
export function maskOf(node: SpanNode): number {
  if (node.kind === 'text') return node.mask;
  const masks = node.nodes.map(maskOf);
  return node.kind === 'or'
    ? masks.reduce((all, mask) => all | mask, 0)
    : masks.reduce((all, mask) => all & mask, (1 << WORD_FIELDS.length) - 1);
}
