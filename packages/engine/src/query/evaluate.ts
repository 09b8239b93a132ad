import type { FieldWeights } from '@quanlian/contract';
import { printQuery } from '@quanlian/kernel';
import type { Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { WORD_FIELDS } from '../segment/postings.js';
import { addDifference, type Bits, countBits, forEachBit, hasBit, keepCommon, removeAll } from '../storage/bits.js';
import { type LeafResult, matchLeaf, unionBits, type Weigher } from './leaf.js';
import type { Counts } from './matches.js';
import type { Meter } from './meter.js';
import { childrenOf, isScored, type Plan, type ScoredLeaf } from './plan.js';

/** BM25 as usual: how fast more occurrences stop counting, and how much length counts. */
const K1 = 1.2;
const B = 0.75;

/** What a query is answered with besides the snapshot. */
export interface QueryContext {
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
  readonly meter: Meter;
  /** Weights of the fields of `text`; without them the fields are one. */
  readonly weights?: FieldWeights | undefined;
}

/** A node of the query with the live documents it matches, segment by segment. */
export interface Evaluated {
  readonly plan: Plan;
  readonly children: readonly Evaluated[];
  readonly bits: readonly Bits[];
  readonly hits: number;
  /** Of a scored leaf, segment by segment: one for each document it matches. */
  readonly counts: readonly Counts[] | undefined;
}

const sumHits = (bits: readonly Bits[]): number => bits.reduce((sum, set) => sum + countBits(set), 0);

function combine(snapshot: Snapshot, plan: Plan, children: readonly Evaluated[]): Bits[] {
  return snapshot.segments.map(({ segment, live }, index) => {
    const sets = children.map((child) => child.bits[index]);
    if (plan.kind === 'or') return unionBits(segment.docs, sets);
    if (plan.kind === 'filter' || plan.kind === 'boost') return sets[0];
    if (plan.kind === 'xor') {
      const odd = unionBits(segment.docs, []);
      for (const set of sets) addDifference(odd, set);
      return odd;
    }
    const result = live.slice();
    for (const set of sets) {
      if (plan.kind === 'not') removeAll(result, set);
      else keepCommon(result, set);
    }
    return result;
  });
}

const averageLength = (snapshot: Snapshot, column: number): number =>
  snapshot.lengths[column] / snapshot.holders[column];

/** What an occurrence counts in a document with a field of such length, before it is set against others. */
const lengthFactor = (length: number, average: number): number => 1 - B + (B * length) / average;

/** Weighs occurrences by their field and its length in the document (BM25F, the plain form). */
function openWeigher(snapshot: Snapshot, weights: FieldWeights, index: number): Weigher {
  const { segment } = snapshot.segments[index];
  const fields = WORD_FIELDS.map((name, field) => ({
    weight: name === 'agent' ? 1 : (weights[name] ?? 1),
    lengths: segment.column(`length.${name}`),
    average: averageLength(snapshot, field),
  }));
  return (doc, field, count) => {
    const { weight, lengths, average } = fields[field];
    return (weight * count) / lengthFactor(lengths[doc], average);
  };
}

const isWeighed = (leaf: ScoredLeaf, { weights }: QueryContext): boolean =>
  weights !== undefined && leaf.column === 'text';

function evaluateLeaf(snapshot: Snapshot, plan: Extract<Plan, { kind: 'leaf' }>, context: QueryContext): Evaluated {
  const { leaf } = plan;
  const weights = isScored(leaf) && isWeighed(leaf, context) ? context.weights : undefined;
  const found = snapshot.segments.map((live, index): LeafResult => {
    const weigher = weights && openWeigher(snapshot, weights, index);
    const result = matchLeaf(live, leaf, { snapshot, day: context.day, weigher });
    context.meter.take(result.bits.byteLength + (result.counts?.byteLength ?? 0));
    return result;
  });
  const bits = found.map((result) => result.bits);
  const counts = found.flatMap((result) => result.counts ?? []);
  return { plan, children: [], bits, hits: sumHits(bits), counts: isScored(leaf) ? counts : undefined };
}

/** Finds what every node of a query matches. */
export function evaluate(snapshot: Snapshot, plan: Plan, context: QueryContext): Evaluated {
  if (plan.kind === 'leaf') return evaluateLeaf(snapshot, plan, context);
  const children = childrenOf(plan).map((part) => evaluate(snapshot, part, context));
  const bits = combine(snapshot, plan, children);
  context.meter.take(bits.reduce((sum, set) => sum + set.byteLength, 0));
  return { plan, children, bits, hits: sumHits(bits), counts: undefined };
}

/** The hits of each leaf and each combination, outermost first. */
export function explain(result: Evaluated): { clause: string; hits: number }[] {
  return [{ clause: printQuery(result.plan.source), hits: result.hits }, ...result.children.flatMap(explain)];
}

/** How much one occurrence weighs: rare matches weigh more. All counts are over live documents. */
export function rarity(holders: number, matching: number): number {
  return Math.log(1 + (holders - matching + 0.5) / (matching + 0.5));
}

interface Scoring {
  readonly snapshot: Snapshot;
  readonly context: QueryContext;
  readonly index: number;
  readonly scores: Float64Array;
}

/** Visits what every document of a segment that matches a scored leaf has of its score. */
export function visitLeafScores(
  { snapshot, context, index }: Omit<Scoring, 'scores'>,
  result: Evaluated,
  leaf: ScoredLeaf,
  visit: (doc: number, score: number) => void,
): void {
  const column = LENGTH_COLUMNS.indexOf(leaf.column);
  const average = averageLength(snapshot, column);
  const factor = rarity(snapshot.holders[column], result.hits);
  const lengths = snapshot.segments[index].segment.column(`length.${leaf.column}`);
  const counts = result.counts?.[index] ?? new Uint8Array(0);
  const weighed = isWeighed(leaf, context);
  let i = 0;
  forEachBit(result.bits[index], (doc) => {
    const count = counts[i++];
    visit(doc, factor * (count / (count + K1 * (weighed ? 1 : lengthFactor(lengths[doc], average)))));
  });
}

function addScores(scoring: Scoring, result: Evaluated, within: Bits, weight: number): void {
  const { plan, children } = result;
  if (plan.kind === 'not' || plan.kind === 'filter') return;
  if (plan.kind === 'leaf') {
    const { scores } = scoring;
    if (!isScored(plan.leaf)) return;
    visitLeafScores(scoring, result, plan.leaf, (doc, score) => {
      if (hasBit(within, doc)) scores[doc] += weight * score;
    });
    return;
  }
  // A part of an alternative weighs only where the whole alternative matches.
  const matching = within.slice();
  keepCommon(matching, result.bits[scoring.index]);
  const childWeight = plan.kind === 'boost' ? weight * plan.factor : weight;
  for (const child of children) addScores(scoring, child, matching, childWeight);
}

/** Scores of the hits of one segment, by document. */
export type ScoresOf = (index: number) => Float64Array;

/**
 * BM25 scores of the hits, a segment at a time. A text leaf is weighed like one term: `count` is how often it occurs
 * in its field, its rarity comes from the documents it matches. With weights its occurrences in `text` are weighed
 * by field first. Values, classes, dates, filters and negations weigh nothing.
 */
export function scoresOf(snapshot: Snapshot, result: Evaluated, context: QueryContext): ScoresOf {
  context.meter.take(8 * Math.max(0, ...snapshot.segments.map(({ segment }) => segment.docs)));
  return (index) => {
    const scores = new Float64Array(snapshot.segments[index].segment.docs);
    addScores({ snapshot, context, index, scores }, result, result.bits[index], 1);
    return scores;
  };
}
