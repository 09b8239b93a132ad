import type { Snapshot } from '../corpus/snapshot.js';
import {
  addAll,
  addDifference,
  addSets,
  type Bits,
  clearBit,
  countBits,
  emptyBits,
  keepCommon,
  removeAll,
} from '../storage/bits.js';
import type { LeafResult } from './leaf.js';
import type { Amounts } from './matches.js';
import type { Meter } from './meter.js';
import type { Plan } from './plan.js';

/** A node of the query with the live documents it matches, segment by segment. Sets may be shared and are not changed. */
export interface Evaluated {
  readonly plan: Plan;
  readonly children: readonly Evaluated[];
  /** Those of a short list are made when they are first asked for. */
  readonly bits: readonly Bits[];
  /** Counted when it is first asked for. */
  readonly hits: number;
  /** Its hits in a segment, counted when they are first asked for. */
  hitsAt(index: number): number;
  /** What it matches in a segment; undefined where that is a short list of which no set is made yet. */
  setAt(index: number): Bits | undefined;
  /** Of a scored leaf what it counts in each document of a segment. */
  amounts(index: number): Amounts | undefined;
  /** What an occurrence of a scored leaf weighs. */
  readonly weight: number;
  /** Adds what it matches in a segment to a set. */
  addTo(index: number, into: Bits): void;
  /** Takes what it matches in a segment from a set of live documents. */
  removeFrom(index: number, from: Bits): void;
}

/** What a leaf finds, segment by segment. */
export class EvaluatedLeaf implements Evaluated {
  readonly children: readonly Evaluated[] = [];
  #bits: readonly Bits[] | undefined;
  #hits: number | undefined;
  readonly #counts: (number | undefined)[] = [];
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
    this.#hits ??= this.found.reduce((sum, _, index) => sum + this.hitsAt(index), 0);
    return this.#hits;
  }

  hitsAt(index: number): number {
    this.#counts[index] ??= this.found[index].hits ?? countBits(this.found[index].bits);
    return this.#counts[index];
  }

  setAt(index: number): Bits | undefined {
    return this.found[index].listed ? undefined : this.found[index].bits;
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

  removeFrom(index: number, from: Bits): void {
    const result = this.found[index];
    const docs = result.listed && result.amounts && 'list' in result.amounts ? result.amounts.list.docs : undefined;
    if (docs === undefined) removeAll(from, result.bits);
    else for (let i = 0; i < docs.length; i++) clearBit(from, docs[i]);
  }
}

/** What a combination of other nodes comes to. */
export class EvaluatedParts implements Evaluated {
  readonly weight = 0;
  #hits: number | undefined;
  readonly #counts: (number | undefined)[] = [];

  constructor(
    readonly plan: Plan,
    readonly children: readonly Evaluated[],
    readonly bits: readonly Bits[],
  ) {}

  get hits(): number {
    this.#hits ??= this.bits.reduce((sum, _, index) => sum + this.hitsAt(index), 0);
    return this.#hits;
  }

  hitsAt(index: number): number {
    this.#counts[index] ??= countBits(this.bits[index]);
    return this.#counts[index];
  }

  setAt(index: number): Bits {
    return this.bits[index];
  }

  amounts(): undefined {
    return undefined;
  }

  addTo(index: number, into: Bits): void {
    addAll(into, this.bits[index]);
  }

  removeFrom(index: number, from: Bits): void {
    removeAll(from, this.bits[index]);
  }
}

/** What is in any of the nodes. */
export function unionOf(docs: number, nodes: readonly Evaluated[], index: number): Bits {
  const union = emptyBits(docs);
  const sets: Bits[] = [];
  for (const node of nodes) {
    const set = node.setAt(index);
    if (set) sets.push(set);
    else node.addTo(index, union);
  }
  addSets(union, sets);
  return union;
}

/** What is in all of the sets that a child adds and in none of those that one takes away. */
export function intersect(live: Bits, docs: number, children: readonly Evaluated[], index: number): Bits {
  let result: Bits | undefined;
  for (const child of children) {
    if (child.plan.kind === 'not') continue;
    if (result) keepCommon(result, child.bits[index]);
    else result = child.setAt(index)?.slice() ?? unionOf(docs, [child], index);
  }
  result ??= live.slice();
  for (const { plan, children: inner } of children) {
    if (plan.kind === 'not') inner[0].removeFrom(index, result);
  }
  return result;
}

/** What a combination matches, segment by segment. */
export function combine(snapshot: Snapshot, plan: Plan, children: readonly Evaluated[]): Bits[] {
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
    for (const child of children) child.removeFrom(index, result);
    return result;
  });
}
