import type { FieldWeights } from '@quanlian/contract';
import { printQuery } from '@quanlian/kernel';
import type { Snapshot } from '../corpus/snapshot.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { lengthFactor, rankedLength } from '../segment/norms.js';
import { WORD_FIELDS } from '../segment/postings.js';
import type { Bits } from '../storage/bits.js';
import { blocks } from './blocks.js';
import { type Evaluated, EvaluatedLeaf, EvaluatedParts, type Told } from './evaluated.js';
import { type LeafContext, type LeafResult, matchLeaf, type Weigher } from './leaf.js';
import type { Amounts } from './matches.js';
import type { Meter } from './meter.js';
import { allOf, anyOf, notIn, type Operand } from './operands.js';
import { childrenOf, isScored, type Leaf, type Plan, type ScoredLeaf } from './plan.js';
import { averageLength, rarity, weightOfPlaces } from './rarity.js';
import type { Room } from './room.js';
import { isOfPlainWords } from './word-places.js';

/** What a query is answered with besides the snapshot. */
export interface QueryContext {
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
  readonly meter: Meter;
  readonly room: Room;
  /** Weights of the fields of `text`; without them the fields are one. */
  readonly weights?: FieldWeights | undefined;
  /** Hits are wanted in the order of their scores. */
  readonly ranked?: boolean | undefined;
  /** The hits of clauses are not asked for: a part may leave out what the rest rules out. */
  readonly onlyHits?: boolean | undefined;
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

/** True when a leaf is weighed by field. */
export const isWeighed = (leaf: ScoredLeaf, { weights }: QueryContext): boolean =>
  weights !== undefined && leaf.column === 'text';

/** What a leaf keeps from being forgotten while the query is answered. */
function bytesOfAmounts(amounts: Amounts | undefined): number {
  if (amounts === undefined) return 0;
  if ('counts' in amounts) return amounts.counts.byteLength;
  if ('list' in amounts) return amounts.list.bytes;
  if ('words' in amounts) return amounts.words.bytes;
  if ('sums' in amounts) return amounts.sums.byteLength;
  return amounts.places.lists.reduce((sum, list) => sum + list.bytes, 0);
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
  within: Within,
): Evaluated {
  const { leaf } = plan;
  const weights = isScored(leaf) && isWeighed(leaf, context) ? context.weights : undefined;
  const average = isScored(leaf) ? averageLength(snapshot, LENGTH_COLUMNS.indexOf(leaf.column)) : 0;
  const plain: LeafContext = {
    snapshot,
    day: context.day,
    weigher: undefined,
    average,
    ranked: context.ranked,
    within: undefined,
  };
  const found = snapshot.segments.map((live, index): LeafResult => {
    const weigher = weights && openWeigher(snapshot, weights, index);
    const result = matchLeaf(
      live,
      leaf,
      weigher || within ? { ...plain, weigher, within: within?.bits[index] } : plain,
    );
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

/** Sets of all segments, and how many are in each. */
interface Sets {
  readonly bits: readonly Bits[];
  readonly hits: readonly number[];
}

/** What a part need not be looked for outside of; each set is made once. */
type Within = Sets | undefined;

/** What parts are found, and what they come to together in each segment where that was told on the way. */
interface Found {
  readonly children: readonly Evaluated[];
  readonly told?: Told | undefined;
}

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

const setOf = (bits: Bits): Operand => ({ kind: 'set', bits, live: true });

/** Makes a set of each segment of what parts come to. */
function setsOf({ segments }: Snapshot, { meter, room }: QueryContext, partsOf: (index: number) => Operand[]): Sets {
  const bits = room.sets();
  meter.take(bits.reduce((sum, { byteLength }) => sum + byteLength, 0));
  return { bits, hits: segments.map((live, index) => blocks.fill(allOf(partsOf(index)), live, bits[index]).hits) };
}

/** The parts of an `and`: those that look at places come last and see what the others left. */
function evaluateAll(snapshot: Snapshot, plans: readonly Plan[], context: QueryContext, within: Within): Found {
  let left: Within;
  const slow: Evaluated[] = [];
  const children = evaluateInTurn(plans, looksAtPlaces, (plan, quick) => {
    if (quick === undefined) return evaluate(snapshot, plan, context, within);
    left ??= setsOf(snapshot, context, (index) => {
      const outer = within ? [setOf(within.bits[index])] : [];
      return [...outer, ...quick.map((part) => part.operand(index))];
    });
    const result = evaluate(snapshot, plan, context, left);
    slow.push(result);
    return result;
  });
  if (left === undefined) return { children };
  const { bits } = left;
  const [only] = slow;
  // What was looked for within the rest and found nowhere else is all of it.
  if (slow.length === 1 && only.isWithin)
    return { children, told: { operand: (index) => only.operand(index), hits: (index) => only.hitsAt(index) } };
  const operand = (index: number): Operand => allOf([setOf(bits[index]), ...slow.map((part) => part.operand(index))]);
  return { children, told: { operand } };
}

/**
 * The parts of an `or`: a phrase that is counted only when it is asked for need not be looked for where others match.
 * What is left after the last one is what none of them has.
 */
function evaluateAny(snapshot: Snapshot, plans: readonly Plan[], context: QueryContext, within: Within): Found {
  const isSlow = (plan: Plan): boolean =>
    plan.kind === 'leaf' && isScored(plan.leaf) && !isWeighed(plan.leaf, context) && isOfPlainWords(plan.leaf);
  const outer = (index: number): Operand[] => (within ? [setOf(within.bits[index])] : []);
  let left: Within;
  let last: Evaluated | undefined;
  const children = evaluateInTurn(plans, isSlow, (plan, quick) => {
    if (quick === undefined) return evaluate(snapshot, plan, context, within);
    const [sets, before] = [left?.bits, last];
    left = setsOf(snapshot, context, (index) =>
      sets && before
        ? [setOf(sets[index]), notIn(before.operand(index))]
        : [...outer(index), notIn(anyOf(quick.map((part) => part.operand(index))))],
    );
    last = evaluate(snapshot, plan, context, left);
    return last;
  });
  if (left === undefined || last === undefined) return { children };
  const [{ bits, hits }, found] = [left, last];
  const operand = (index: number): Operand =>
    allOf([...outer(index), notIn(allOf([setOf(bits[index]), notIn(found.operand(index))]))]);
  const all = within?.hits ?? snapshot.segments.map(({ entry }) => entry.liveDocs);
  const count = (index: number): number => all[index] - (hits[index] - found.hitsAt(index));
  return { children, told: { operand, hits: found.isWithin ? count : undefined } };
}

function evaluateParts(snapshot: Snapshot, plan: Plan, context: QueryContext, within: Within): Found {
  const parts = childrenOf(plan);
  if (plan.kind === 'not' || plan.kind === 'filter')
    return { children: parts.map((part) => evaluate(snapshot, part, { ...context, ranked: false }, within)) };
  if (context.onlyHits && parts.some(looksAtPlaces)) {
    if (plan.kind === 'and') return evaluateAll(snapshot, parts, context, within);
    if (plan.kind === 'or') return evaluateAny(snapshot, parts, context, within);
  }
  return { children: parts.map((part) => evaluate(snapshot, part, context, within)) };
}

/** Finds what every node of a query matches; with `within`, a part need not find what is not in it. */
export function evaluate(snapshot: Snapshot, plan: Plan, context: QueryContext, within?: Within): Evaluated {
  if (plan.kind === 'leaf') return evaluateLeaf(snapshot, plan, context, within);
  const { children, told } = evaluateParts(snapshot, plan, context, within);
  return new EvaluatedParts(snapshot.segments, plan, children, context.meter, told, within !== undefined);
}

/** The hits of each leaf and each combination, outermost first. */
export function explain(result: Evaluated): { clause: string; hits: number }[] {
  return [{ clause: printQuery(result.plan.source), hits: result.hits }, ...result.children.flatMap(explain)];
}
