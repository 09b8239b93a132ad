import type { PhrasePart, TextQuery } from '@quanlian/kernel';
import type { LiveSegment, Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { countBits } from '../storage/bits.js';
import { expandPart } from './expand.js';
import { columnOfMask } from './fields.js';
import { termHits } from './live-lists.js';
import { anyOfWords } from './merged-words.js';
import type { ScoredLeaf, SpanNode } from './plan.js';

/** How much one occurrence weighs: rare matches weigh more. All counts are over live documents. */
export function rarity(holders: number, matching: number): number {
  return Math.log(1 + (holders - matching + 0.5) / (matching + 0.5));
}

export const averageLength = (snapshot: Snapshot, column: number): number =>
  snapshot.lengths[column] / snapshot.holders[column];

/** The live documents of a segment that have what a part of a text stands for in the fields of a mask. */
function holding(live: LiveSegment, part: PhrasePart, mask: number, average: number): number {
  const { segment } = live;
  const column = columnOfMask(mask);
  if (part.open || part.pattern) {
    return countBits(anyOfWords(live, expandPart(segment, part), { mask, column, average }));
  }
  const entry = segment.words.find(part.term);
  return entry === undefined ? 0 : termHits(live, entry, { mask, column, average });
}

/** What the words of a text weigh together. */
function weightOfText(snapshot: Snapshot, { parts }: TextQuery, mask: number, holders: number): number {
  const average = averageLength(snapshot, LENGTH_COLUMNS.indexOf(columnOfMask(mask)));
  const weightOf = (part: PhrasePart): number => {
    const matching = snapshot.segments.reduce((sum, live) => sum + holding(live, part, mask, average), 0);
    return rarity(holders, Math.min(holders, matching));
  };
  return parts.reduce((sum, part) => sum + weightOf(part), 0);
}

function weightOfSpans(snapshot: Snapshot, node: SpanNode, holders: number): number {
  if (node.kind === 'text') return weightOfText(snapshot, node.query, node.mask, holders);
  const weights = node.nodes.map((part) => weightOfSpans(snapshot, part, holders));
  return node.kind === 'chain' ? weights.reduce((sum, weight) => sum + weight, 0) : Math.min(...weights);
}

/**
 * What an occurrence of a leaf with places weighs: as much as its words together (of alternatives the least), so that
 * nothing need be known of the documents that have it.
 */
export function weightOfPlaces(snapshot: Snapshot, leaf: ScoredLeaf, holders: number): number {
  if (leaf.kind === 'chain') return weightOfSpans(snapshot, leaf.node, holders);
  const queries = leaf.kind === 'text' ? [leaf.query] : leaf.queries;
  return queries.reduce((sum, query) => sum + weightOfText(snapshot, query, leaf.mask, holders), 0);
}
