import { printQuery } from '@quanlian/kernel';
import type { Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { type Bits, countBits, hasBit, keepCommon, removeAll } from '../storage/bits.js';
import { type LeafResult, type Matches, matchLeaf, unionBits } from './leaf.js';
import type { Plan, ScoredLeaf } from './plan.js';

/** BM25 as usual: how fast more occurrences stop counting, and how much length counts. */
const K1 = 1.2;
const B = 0.75;

/** A node of the query with the live documents it matches, segment by segment. */
export interface Evaluated {
  readonly plan: Plan;
  readonly children: readonly Evaluated[];
  readonly bits: readonly Bits[];
  readonly hits: number;
  /** Of a scored leaf, segment by segment. */
  readonly matches: readonly Matches[] | undefined;
}

const sumHits = (bits: readonly Bits[]): number => bits.reduce((sum, set) => sum + countBits(set), 0);

function combine(snapshot: Snapshot, plan: Plan, children: readonly Evaluated[]): Bits[] {
  return snapshot.segments.map(({ segment, live }, index) => {
    const sets = children.map((child) => child.bits[index]);
    if (plan.kind === 'or') return unionBits(segment.docs, sets);
    if (plan.kind === 'filter' || plan.kind === 'boost') return sets[0];
    const result = live.slice();
    for (const set of sets) {
      if (plan.kind === 'not') removeAll(result, set);
      else keepCommon(result, set);
    }
    return result;
  });
}

function childrenOf(plan: Exclude<Plan, { kind: 'leaf' }>): readonly Plan[] {
  switch (plan.kind) {
    case 'and':
    case 'or':
      return plan.children;
    default:
      return [plan.child];
  }
}

/** Finds what every node of a query matches. */
export function evaluate(snapshot: Snapshot, plan: Plan): Evaluated {
  if (plan.kind === 'leaf') {
    const found = snapshot.segments.map((live): LeafResult => matchLeaf(live, plan.leaf));
    const bits = found.map((result) => result.bits);
    const matches = found.flatMap((result) => result.matches ?? []);
    return { plan, children: [], bits, hits: sumHits(bits), matches: matches.length > 0 ? matches : undefined };
  }
  const children = childrenOf(plan).map((part) => evaluate(snapshot, part));
  const bits = combine(snapshot, plan, children);
  return { plan, children, bits, hits: sumHits(bits), matches: undefined };
}

/** The hits of each leaf and each combination, outermost first. */
export function explain(result: Evaluated): { clause: string; hits: number }[] {
  return [{ clause: printQuery(result.plan.source), hits: result.hits }, ...result.children.flatMap(explain)];
}

/** How much one occurrence weighs: rare matches weigh more. All counts are over live documents. */
function rarity(holders: number, matching: number): number {
  return Math.log(1 + (holders - matching + 0.5) / (matching + 0.5));
}

function addLeafScores(
  snapshot: Snapshot,
  { matches = [], hits }: Evaluated,
  leaf: ScoredLeaf,
  within: readonly Bits[],
  weight: number,
  scores: readonly Float64Array[],
): void {
  const column = LENGTH_COLUMNS.indexOf(leaf.column);
  const holders = snapshot.holders[column];
  const average = snapshot.lengths[column] / holders;
  const factor = weight * rarity(holders, hits);
  matches.forEach(({ docs, counts }, index) => {
    const lengths = snapshot.segments[index].segment.column(`length.${leaf.column}`);
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i];
      if (!hasBit(within[index], doc)) continue;
      const count = counts[i];
      scores[index][doc] += factor * (count / (count + K1 * (1 - B + (B * lengths[doc]) / average)));
    }
  });
}

function addScores(
  snapshot: Snapshot,
  result: Evaluated,
  within: readonly Bits[],
  weight: number,
  scores: readonly Float64Array[],
): void {
  const { plan, children } = result;
  if (plan.kind === 'not' || plan.kind === 'filter') return;
  if (plan.kind === 'leaf') {
    const { leaf } = plan;
    if (leaf.kind === 'text' || leaf.kind === 'near') addLeafScores(snapshot, result, leaf, within, weight, scores);
    return;
  }
  // A part of an alternative weighs only where the whole alternative matches.
  const matching = within.map((bits, index) => {
    const both = bits.slice();
    keepCommon(both, result.bits[index]);
    return both;
  });
  const childWeight = plan.kind === 'boost' ? weight * plan.factor : weight;
  for (const child of children) addScores(snapshot, child, matching, childWeight, scores);
}

/**
 * BM25 scores of all hits, by segment and document. A text leaf is weighed like one term: `count` is how often it
 * occurs in its field, its rarity comes from the documents it matches. Values, classes, dates, filters and
 * negations weigh nothing.
 */
export function scoreHits(snapshot: Snapshot, result: Evaluated): Float64Array[] {
  const scores = snapshot.segments.map(({ segment }) => new Float64Array(segment.docs));
  addScores(snapshot, result, result.bits, 1, scores);
  return scores;
}
