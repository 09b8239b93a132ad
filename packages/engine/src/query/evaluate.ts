import type { FieldWeights } from '@quanlian/contract';
import { printQuery } from '@quanlian/kernel';
import type { Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { K1, lengthFactor, lengthTables, rankedLength } from '../segment/norms.js';
import { WORD_FIELDS } from '../segment/postings.js';
import { addAll, addDifference, type Bits, countBits, emptyBits, keepCommon, removeAll } from '../storage/bits.js';
import { type CostlySource, limitedCostly, placeSource } from './costly.js';
import { type LeafResult, matchLeaf, type Weigher } from './leaf.js';
import type { Amounts } from './matches.js';
import type { Meter } from './meter.js';
import { childrenOf, isScored, type Leaf, type Plan, type ScoredLeaf } from './plan.js';
import { averageLength, rarity, weightOfPlaces } from './rarity.js';
import { countedSource, limitedSource, termSource, type WindowSource } from './sources.js';
import { allScores, offerBest, type ScoreSink, type Sources } from './windows.js';
import { isOfPlainWords } from './word-places.js';

/** What a query is answered with besides the snapshot. */
export interface QueryContext {
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
  readonly meter: Meter;
  /** Weights of the fields of `text`; without them the fields are one. */
  readonly weights?: FieldWeights | undefined;
  /** The hits of clauses are not asked for: a part may leave out what the rest rules out. */
  readonly onlyHits?: boolean | undefined;
}

/** A node of the query with the live documents it matches, segment by segment. Sets may be shared and are not changed. */
export interface Evaluated {
  readonly plan: Plan;
  readonly children: readonly Evaluated[];
  /** Those of a short list are made when they are first asked for. */
  readonly bits: readonly Bits[];
  /** Counted when it is first asked for. */
  readonly hits: number;
  /** Of a scored leaf what it counts in each document of a segment. */
  amounts(index: number): Amounts | undefined;
  /** What an occurrence of a scored leaf weighs. */
  readonly weight: number;
  /** Adds what it matches in a segment to a set. */
  addTo(index: number, into: Bits): void;
}

/** What a leaf finds, segment by segment. */
class EvaluatedLeaf implements Evaluated {
  readonly children: readonly Evaluated[] = [];
  #bits: readonly Bits[] | undefined;
  #hits: number | undefined;
  #weight: number | undefined;

  constructor(
    readonly plan: Plan,
    readonly found: readonly LeafResult[],
    readonly meter: Meter,
    readonly weigh: ((hits: number) => number) | undefined,
  ) {}

  get bits(): readonly Bits[] {
    if (this.#bits === undefined) {
      this.#bits = this.found.map((result) => result.bits);
      this.meter.take(this.#bits.reduce((sum, set) => sum + set.byteLength, 0));
    }
    return this.#bits;
  }

  get hits(): number {
    this.#hits ??= this.found.reduce((sum, result) => sum + (result.hits ?? countBits(result.bits)), 0);
    return this.#hits;
  }

  get weight(): number {
    this.#weight ??= this.weigh?.(this.hits) ?? 0;
    return this.#weight;
  }

  amounts(index: number): Amounts | undefined {
    return this.found[index].amounts;
  }

  addTo(index: number, into: Bits): void {
    const result = this.found[index];
    if (result.addTo) result.addTo(into);
    else addAll(into, result.bits);
  }
}

/** What a combination of other nodes comes to. */
class EvaluatedParts implements Evaluated {
  readonly weight = 0;
  #hits: number | undefined;

  constructor(
    readonly plan: Plan,
    readonly children: readonly Evaluated[],
    readonly bits: readonly Bits[],
  ) {}

  get hits(): number {
    this.#hits ??= this.bits.reduce((sum, set) => sum + countBits(set), 0);
    return this.#hits;
  }

  amounts(): undefined {
    return undefined;
  }

  addTo(index: number, into: Bits): void {
    addAll(into, this.bits[index]);
  }
}

/** What is in any of the nodes. */
function unionOf(docs: number, nodes: readonly Evaluated[], index: number): Bits {
  const union = emptyBits(docs);
  for (const node of nodes) node.addTo(index, union);
  return union;
}

/** What is in all of the sets that a child adds and in none of those that one takes away. */
function intersect(live: Bits, docs: number, children: readonly Evaluated[], index: number): Bits {
  let result: Bits | undefined;
  for (const child of children) {
    if (child.plan.kind === 'not') continue;
    if (result) keepCommon(result, child.bits[index]);
    else result = unionOf(docs, [child], index);
  }
  result ??= live.slice();
  for (const { plan, children: inner } of children) {
    if (plan.kind === 'not') removeAll(result, inner[0].bits[index]);
  }
  return result;
}

function combine(snapshot: Snapshot, plan: Plan, children: readonly Evaluated[]): Bits[] {
  return snapshot.segments.map(({ segment, live }, index) => {
    if (plan.kind === 'and') return intersect(live, segment.docs, children, index);
    if (plan.kind === 'filter' || plan.kind === 'boost') return children[0].bits[index];
    if (plan.kind === 'or') return unionOf(segment.docs, children, index);
    if (plan.kind === 'xor') {
      const odd = emptyBits(segment.docs);
      for (const child of children) addDifference(odd, child.bits[index]);
      return odd;
    }
    const result = live.slice();
    for (const child of children) removeAll(result, child.bits[index]);
    return result;
  });
}

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
  if ('counts' in amounts) return amounts.counts.byteLength;
  if ('list' in amounts) return amounts.list.bytes;
  const { candidates, lists } = amounts.places;
  return candidates.byteLength + lists.reduce((sum, list) => sum + list.bytes, 0);
}

/** One word or prefix alone weighs by the documents that have it, what looks at places by its words. */
function weigherOf(snapshot: Snapshot, leaf: Leaf): ((hits: number) => number) | undefined {
  if (!isScored(leaf)) return undefined;
  const holders = snapshot.holders[LENGTH_COLUMNS.indexOf(leaf.column)];
  return isOneWord(leaf) ? (hits) => rarity(holders, hits) : () => weightOfPlaces(snapshot, leaf, holders);
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
    context.meter.take(bytesOfAmounts(result.amounts));
    return result;
  });
  return new EvaluatedLeaf(plan, found, context.meter, weigherOf(snapshot, leaf));
}

const isOneWord = (leaf: ScoredLeaf): boolean => leaf.kind === 'text' && !leaf.exact && leaf.query.parts.length <= 1;

/** True when a part looks at the places of words, which is what takes long. */
function looksAtPlaces(plan: Plan): boolean {
  if (plan.kind !== 'leaf') return childrenOf(plan).some(looksAtPlaces);
  return isScored(plan.leaf) && !isOneWord(plan.leaf);
}

/** What a part need not be looked for outside of; each set is made once. */
type Within = readonly Bits[] | undefined;

/** Answers the quick parts first and then the slow ones, within what the quick ones leave; the parts stay in order. */
function evaluateInTurn(
  plans: readonly Plan[],
  isSlow: (plan: Plan) => boolean,
  answer: (plan: Plan, quick: readonly Evaluated[] | undefined) => Evaluated,
): Evaluated[] {
  const results = plans.map((plan) => (isSlow(plan) ? undefined : answer(plan, undefined)));
  const quick = results.flatMap((result) => result ?? []);
  return plans.map((plan, i) => results[i] ?? answer(plan, quick));
}

/** The parts of an `and`: those that look at places come last and see what the others left. */
function evaluateAll(snapshot: Snapshot, plans: readonly Plan[], context: QueryContext, within: Within): Evaluated[] {
  let left: Within;
  const leave = (quick: readonly Evaluated[]): Within =>
    snapshot.segments.map(({ live, segment }, index) => {
      const bits = intersect(live, segment.docs, quick, index);
      if (within) keepCommon(bits, within[index]);
      return bits;
    });
  return evaluateInTurn(plans, looksAtPlaces, (plan, quick) => {
    if (quick === undefined) return evaluate(snapshot, plan, context, within);
    left ??= leave(quick);
    return evaluate(snapshot, plan, context, left);
  });
}

/** The parts of an `or`: a phrase that is counted only when it is asked for need not be looked for where others match. */
function evaluateAny(snapshot: Snapshot, plans: readonly Plan[], context: QueryContext, within: Within): Evaluated[] {
  const isSlow = (plan: Plan): boolean =>
    plan.kind === 'leaf' && isScored(plan.leaf) && !isWeighed(plan.leaf, context) && isOfPlainWords(plan.leaf);
  let rest: Within;
  const leave = (quick: readonly Evaluated[]): Bits[] =>
    snapshot.segments.map(({ live, segment }, index) => {
      const bits = (within?.[index] ?? live).slice();
      removeAll(bits, unionOf(segment.docs, quick, index));
      return bits;
    });
  return evaluateInTurn(plans, isSlow, (plan, quick) => {
    if (quick === undefined) return evaluate(snapshot, plan, context, within);
    const left = rest ?? leave(quick);
    rest = left;
    const result = evaluate(snapshot, plan, context, left);
    left.forEach((bits, index) => {
      removeAll(bits, result.bits[index]);
    });
    return result;
  });
}

function evaluateParts(snapshot: Snapshot, plan: Plan, context: QueryContext, within: Within): Evaluated[] {
  const parts = childrenOf(plan);
  if (context.onlyHits && parts.some(looksAtPlaces)) {
    if (plan.kind === 'and') return evaluateAll(snapshot, parts, context, within);
    if (plan.kind === 'or') return evaluateAny(snapshot, parts, context, within);
  }
  return parts.map((part) => evaluate(snapshot, part, context, within));
}

/** Finds what every node of a query matches; with `within`, a part need not find what is not in it. */
export function evaluate(snapshot: Snapshot, plan: Plan, context: QueryContext, within?: readonly Bits[]): Evaluated {
  if (plan.kind === 'leaf') return evaluateLeaf(snapshot, plan, context, within);
  const children = evaluateParts(snapshot, plan, context, within);
  const bits = combine(snapshot, plan, children);
  context.meter.take(bits.reduce((sum, set) => sum + set.byteLength, 0));
  return new EvaluatedParts(plan, children, bits);
}

/** The hits of each leaf and each combination, outermost first. */
export function explain(result: Evaluated): { clause: string; hits: number }[] {
  return [{ clause: printQuery(result.plan.source), hits: result.hits }, ...result.children.flatMap(explain)];
}

/** How the occurrences of a scored leaf weigh in one segment; undefined where it matches nothing. */
function addSource(
  sources: { quick: WindowSource[]; costly: CostlySource[] },
  snapshot: Snapshot,
  context: QueryContext,
  index: number,
  { result, leaf, boost, within }: { result: Evaluated; leaf: ScoredLeaf; boost: number; within?: Bits | undefined },
): void {
  const amounts = result.amounts(index);
  if (amounts === undefined || ('counts' in amounts && amounts.counts.length === 0)) return;
  const { segment } = snapshot.segments[index];
  const average = averageLength(snapshot, LENGTH_COLUMNS.indexOf(leaf.column));
  const weighing = {
    weight: boost * result.weight,
    tables: lengthTables(average),
    norms: segment.norms(leaf.column),
    average,
  };
  if ('places' in amounts) {
    const source = placeSource(amounts.places, weighing);
    sources.costly.push(within ? limitedCostly(source, within) : source);
    return;
  }
  const below = isWeighed(leaf, context) ? K1 : undefined;
  const source =
    'list' in amounts
      ? termSource(amounts.list, weighing, () => segment.impacts(amounts.list, leaf.column))
      : countedSource(result.bits[index], amounts.counts, weighing, below);
  sources.quick.push(within ? limitedSource(source, within, segment.docs) : source);
}

/** What a scored leaf adds to the scores of one segment; nothing where it matches nothing. */
export function sourcesOfLeaf(
  snapshot: Snapshot,
  context: QueryContext,
  index: number,
  result: Evaluated,
  leaf: ScoredLeaf,
): Sources {
  const sources = { quick: [], costly: [] };
  addSource(sources, snapshot, context, index, { result, leaf, boost: 1 });
  return sources;
}

/** What every part of a query adds to the scores of one segment. */
function sourcesOf(snapshot: Snapshot, root: Evaluated, context: QueryContext, index: number): Sources {
  const sources = { quick: [], costly: [] };
  const visit = (result: Evaluated, boost: number, within: Bits | undefined): void => {
    const { plan, children } = result;
    if (plan.kind === 'not' || plan.kind === 'filter') return;
    if (plan.kind === 'leaf') {
      if (isScored(plan.leaf)) addSource(sources, snapshot, context, index, { result, leaf: plan.leaf, boost, within });
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
 * in its field; the rarity of a word comes from the documents that have it, that of a phrase or of nearness is that of
 * its words together. With weights its occurrences in `text` are weighed by field first. Values, classes, dates,
 * filters and negations weigh nothing.
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
