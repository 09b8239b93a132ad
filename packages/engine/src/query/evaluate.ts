import type { FieldWeights } from '@quanlian/contract';
import { printQuery } from '@quanlian/kernel';
import type { Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { K1, lengthFactor, lengthFactors, rankedLength } from '../segment/norms.js';
import { WORD_FIELDS } from '../segment/postings.js';
import { bytesOfList } from '../segment/term-list.js';
import { addDifference, type Bits, countBits, keepCommon, removeAll } from '../storage/bits.js';
import { type LeafResult, matchLeaf, unionBits, type Weigher } from './leaf.js';
import type { Amounts } from './matches.js';
import type { Meter } from './meter.js';
import { childrenOf, isScored, type Plan, type ScoredLeaf } from './plan.js';
import {
  allScores,
  countedSource,
  limitedSource,
  offerBest,
  type ScoreSink,
  termSource,
  type WindowSource,
} from './windows.js';

/** What a query is answered with besides the snapshot. */
export interface QueryContext {
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
  readonly meter: Meter;
  /** Weights of the fields of `text`; without them the fields are one. */
  readonly weights?: FieldWeights | undefined;
  /** Only the hits of the whole query are asked for: a part may leave out what the rest rules out. */
  readonly onlyHits?: boolean | undefined;
}

/** A node of the query with the live documents it matches, segment by segment. Sets may be shared and are not changed. */
export interface Evaluated {
  readonly plan: Plan;
  readonly children: readonly Evaluated[];
  readonly bits: readonly Bits[];
  /** Counted when it is first asked for. */
  readonly hits: number;
  /** Of a scored leaf what it counts in each document, segment by segment. */
  readonly amounts: readonly Amounts[];
}

function makeEvaluated(
  plan: Plan,
  children: readonly Evaluated[],
  bits: readonly Bits[],
  amounts: readonly Amounts[] = [],
): Evaluated {
  let counted: number | undefined;
  return {
    plan,
    children,
    bits,
    amounts,
    get hits() {
      counted ??= bits.reduce((sum, set) => sum + countBits(set), 0);
      return counted;
    },
  };
}

/** What is in all of the sets that a child adds and in none of those that one takes away. */
function intersect(live: Bits, children: readonly Evaluated[], index: number): Bits {
  const added = children.filter(({ plan }) => plan.kind !== 'not');
  const result = (added[0]?.bits[index] ?? live).slice();
  for (const child of added.slice(1)) keepCommon(result, child.bits[index]);
  for (const { plan, children: inner } of children) {
    if (plan.kind === 'not') removeAll(result, inner[0].bits[index]);
  }
  return result;
}

function combine(snapshot: Snapshot, plan: Plan, children: readonly Evaluated[]): Bits[] {
  return snapshot.segments.map(({ segment, live }, index) => {
    if (plan.kind === 'and') return intersect(live, children, index);
    const sets = children.map((child) => child.bits[index]);
    if (plan.kind === 'filter' || plan.kind === 'boost') return sets[0];
    if (plan.kind === 'or') return unionBits(segment.docs, sets);
    if (plan.kind === 'xor') {
      const odd = unionBits(segment.docs, []);
      for (const set of sets) addDifference(odd, set);
      return odd;
    }
    const result = live.slice();
    for (const set of sets) removeAll(result, set);
    return result;
  });
}

const averageLength = (snapshot: Snapshot, column: number): number =>
  snapshot.lengths[column] / snapshot.holders[column];

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
    return (weight * count) / lengthFactor(rankedLength(lengths[doc]), average);
  };
}

const isWeighed = (leaf: ScoredLeaf, { weights }: QueryContext): boolean =>
  weights !== undefined && leaf.column === 'text';

/** What a leaf keeps from being forgotten while the query is answered. */
function bytesOfAmounts(amounts: Amounts | undefined): number {
  if (amounts === undefined) return 0;
  return 'list' in amounts ? bytesOfList(amounts.list) : amounts.counts.byteLength;
}

function evaluateLeaf(
  snapshot: Snapshot,
  plan: Extract<Plan, { kind: 'leaf' }>,
  context: QueryContext,
  within: readonly Bits[] | undefined,
): Evaluated {
  const { leaf } = plan;
  const weights = isScored(leaf) && isWeighed(leaf, context) ? context.weights : undefined;
  const average = isScored(leaf) ? averageLength(snapshot, LENGTH_COLUMNS.indexOf(leaf.column)) : 0;
  const found = snapshot.segments.map((live, index): LeafResult => {
    const weigher = weights && openWeigher(snapshot, weights, index);
    const result = matchLeaf(live, leaf, {
      snapshot,
      day: context.day,
      weigher,
      average,
      within: within?.[index],
    });
    context.meter.take(result.bits.byteLength + bytesOfAmounts(result.amounts));
    return result;
  });
  const bits = found.map((result) => result.bits);
  return makeEvaluated(
    plan,
    [],
    bits,
    found.flatMap(({ amounts }) => amounts ?? []),
  );
}

/** True when a part looks at the places of words, which is what takes long. */
function looksAtPlaces(plan: Plan): boolean {
  if (plan.kind !== 'leaf') return childrenOf(plan).some(looksAtPlaces);
  const { leaf } = plan;
  return isScored(leaf) && (leaf.kind !== 'text' || leaf.exact || leaf.query.parts.length > 1);
}

/** The parts of an `and`: where only hits count, those that look at places come last and see what the others left. */
function evaluateAll(
  snapshot: Snapshot,
  plans: readonly Plan[],
  context: QueryContext,
  within: readonly Bits[] | undefined,
): Evaluated[] {
  const quick = plans.filter((plan) => !looksAtPlaces(plan)).map((plan) => evaluate(snapshot, plan, context, within));
  const left = snapshot.segments.map(({ live }, index) => {
    const bits = intersect(live, quick, index);
    if (within) keepCommon(bits, within[index]);
    return bits;
  });
  const slow = plans.filter(looksAtPlaces).map((plan) => evaluate(snapshot, plan, context, left));
  return [...quick, ...slow];
}

/** Finds what every node of a query matches; with `within`, a part need not find what is not in it. */
export function evaluate(snapshot: Snapshot, plan: Plan, context: QueryContext, within?: readonly Bits[]): Evaluated {
  if (plan.kind === 'leaf') return evaluateLeaf(snapshot, plan, context, within);
  const parts = childrenOf(plan);
  const children =
    plan.kind === 'and' && context.onlyHits && parts.some(looksAtPlaces)
      ? evaluateAll(snapshot, parts, context, within)
      : parts.map((part) => evaluate(snapshot, part, context, within));
  const bits = combine(snapshot, plan, children);
  context.meter.take(bits.reduce((sum, set) => sum + set.byteLength, 0));
  return makeEvaluated(plan, children, bits);
}

/** The hits of each leaf and each combination, outermost first. */
export function explain(result: Evaluated): { clause: string; hits: number }[] {
  return [{ clause: printQuery(result.plan.source), hits: result.hits }, ...result.children.flatMap(explain)];
}

/** How much one occurrence weighs: rare matches weigh more. All counts are over live documents. */
export function rarity(holders: number, matching: number): number {
  return Math.log(1 + (holders - matching + 0.5) / (matching + 0.5));
}

/** How the occurrences of a scored leaf weigh in one segment; undefined where it matches nothing. */
function leafSource(
  snapshot: Snapshot,
  context: QueryContext,
  index: number,
  { result, leaf, boost }: { result: Evaluated; leaf: ScoredLeaf; boost: number },
): WindowSource | undefined {
  const amounts = result.amounts[index];
  if (amounts === undefined || result.hits === 0) return undefined;
  const column = LENGTH_COLUMNS.indexOf(leaf.column);
  const average = averageLength(snapshot, column);
  const weighing = {
    weight: boost * rarity(snapshot.holders[column], result.hits),
    factors: lengthFactors(average),
    norms: snapshot.segments[index].segment.norms(leaf.column),
    average,
  };
  if ('list' in amounts) return termSource(amounts.list, weighing);
  const below = isWeighed(leaf, context) ? K1 : undefined;
  return countedSource(result.bits[index], amounts.counts, weighing, below);
}

/** What a scored leaf adds to the scores of one segment; nothing where it matches nothing. */
export function sourcesOfLeaf(
  snapshot: Snapshot,
  context: QueryContext,
  index: number,
  result: Evaluated,
  leaf: ScoredLeaf,
): readonly WindowSource[] {
  const source = leafSource(snapshot, context, index, { result, leaf, boost: 1 });
  return source === undefined ? [] : [source];
}

/** What every part of a query adds to the scores of one segment. */
function sourcesOf(snapshot: Snapshot, root: Evaluated, context: QueryContext, index: number): readonly WindowSource[] {
  const { docs } = snapshot.segments[index].segment;
  const sources: WindowSource[] = [];
  const visit = (result: Evaluated, boost: number, within: Bits | undefined): void => {
    const { plan, children } = result;
    if (plan.kind === 'not' || plan.kind === 'filter') return;
    if (plan.kind === 'leaf') {
      if (!isScored(plan.leaf)) return;
      const source = leafSource(snapshot, context, index, { result, leaf: plan.leaf, boost });
      if (source) sources.push(within ? limitedSource(source, within, docs) : source);
      return;
    }
    // A part of an alternative weighs only where the whole alternative matches; the hits themselves are looked at anyway.
    const narrows = (plan.kind === 'and' || plan.kind === 'xor') && result !== root;
    const own = narrows ? result.bits[index].slice() : within;
    if (narrows && own && within) keepCommon(own, within);
    for (const child of children) visit(child, plan.kind === 'boost' ? boost * plan.factor : boost, own);
  };
  visit(root, 1, undefined);
  return sources;
}

/** Scores of the hits of a segment: of all of them, or of those of some hits that may be among the best. */
export interface Scores {
  all(index: number): Float64Array;
  offerBest(index: number, hits: Bits, sink: ScoreSink): void;
}

/**
 * BM25 scores of the hits, a segment at a time. A text leaf is weighed like one term: `count` is how often it occurs
 * in its field, its rarity comes from the documents it matches. With weights its occurrences in `text` are weighed
 * by field first. Values, classes, dates, filters and negations weigh nothing.
 */
export function scoresOf(snapshot: Snapshot, result: Evaluated, context: QueryContext): Scores {
  const docsOf = (index: number): number => snapshot.segments[index].segment.docs;
  return {
    all(index) {
      context.meter.take(8 * docsOf(index));
      return allScores(sourcesOf(snapshot, result, context, index), result.bits[index], docsOf(index));
    },
    offerBest: (index, hits, sink) => offerBest(sourcesOf(snapshot, result, context, index), hits, docsOf(index), sink),
  };
}
