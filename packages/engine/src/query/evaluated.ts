import type { LiveSegment } from '../corpus/snapshot.js';
import { type Bits, countBits, emptySets } from '../storage/bits.js';
import { blocks } from './blocks.js';
import type { LeafResult } from './leaf.js';
import type { Amounts } from './matches.js';
import type { Meter } from './meter.js';
import { allOf, anyOf, notIn, type Operand, oddOf } from './operands.js';
import type { Plan } from './plan.js';

/** A node of the query with the live documents it matches, segment by segment. Sets may be shared and are not changed. */
export interface Evaluated {
  readonly plan: Plan;
  readonly children: readonly Evaluated[];
  /** Made when they are first asked for. */
  readonly bits: readonly Bits[];
  /** Counted when it is first asked for. */
  readonly hits: number;
  /** Its hits in a segment, counted when they are first asked for: no set is made for that. */
  hitsAt(index: number): number;
  /** What it matches in a segment; undefined where that is the short list of a word of which no set is made yet. */
  setAt(index: number): Bits | undefined;
  /** The same as it is at hand, to be joined with others; deleted documents may be among it. */
  operand(index: number): Operand;
  /** Of a scored leaf what it counts in each document of a segment. */
  amounts(index: number): Amounts | undefined;
  /** What an occurrence of a scored leaf weighs. */
  readonly weight: number;
  /** Nothing of it is outside of what it was looked for within. */
  readonly isWithin: boolean;
}

/** What parts come to together, where that was told while they were looked for. */
export interface Told {
  operand(index: number): Operand;
  /** The live documents in it; undefined where that is not told. */
  readonly hits?: ((index: number) => number) | undefined;
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

  operand(index: number): Operand {
    const result = this.found[index];
    return result.operand ?? { kind: 'set', bits: result.bits, live: true };
  }

  get weight(): number {
    this.#weight ??= this.weigh?.(this.hits) ?? 0;
    return this.#weight;
  }

  get isWithin(): boolean {
    return this.found.every(({ isWithin }) => isWithin === true);
  }

  amounts(index: number): Amounts | undefined {
    return this.found[index].amounts;
  }
}

/** What a combination of other nodes comes to in a segment. */
function combine({ kind }: Plan, children: readonly Evaluated[], index: number): Operand {
  if (kind === 'filter' || kind === 'boost') return children[0].operand(index);
  if (kind === 'not') return notIn(children[0].operand(index));
  const operands = children.map((child) => child.operand(index));
  if (kind === 'and') return allOf(operands);
  return kind === 'or' ? anyOf(operands) : oddOf(operands);
}

/** What a combination of other nodes comes to: neither joined nor counted before that is asked for. */
export class EvaluatedParts implements Evaluated {
  readonly weight = 0;
  #bits: readonly Bits[] | undefined;
  #hits: number | undefined;
  readonly #operands: (Operand | undefined)[] = [];
  #room: readonly Bits[] | undefined;
  readonly #sets: (Bits | undefined)[] = [];
  readonly #counts: (number | undefined)[] = [];

  /** With `within` it was looked for within something; `told` then holds for what is in that. */
  constructor(
    readonly segments: readonly LiveSegment[],
    readonly plan: Plan,
    readonly children: readonly Evaluated[],
    readonly meter: Meter,
    readonly told: Told | undefined,
    readonly within: boolean,
  ) {}

  get isWithin(): boolean {
    return this.within && this.told !== undefined;
  }

  get bits(): readonly Bits[] {
    this.#bits ??= this.segments.map((_, index) => this.setAt(index));
    return this.#bits;
  }

  get hits(): number {
    this.#hits ??= this.segments.reduce((sum, _, index) => sum + this.hitsAt(index), 0);
    return this.#hits;
  }

  hitsAt(index: number): number {
    this.#counts[index] ??= this.told?.hits?.(index) ?? blocks.count(this.operand(index), this.segments[index]);
    return this.#counts[index];
  }

  setAt(index: number): Bits {
    const known = this.#sets[index];
    if (known) return known;
    this.#room ??= emptySets(this.segments.map(({ segment }) => segment.docs));
    const { bits, hits } = blocks.fill(this.operand(index), this.segments[index], this.#room[index]);
    this.meter.take(bits.byteLength);
    this.#sets[index] = bits;
    this.#counts[index] = hits;
    return bits;
  }

  operand(index: number): Operand {
    const made = this.#sets[index];
    if (made) return { kind: 'set', bits: made, live: true };
    this.#operands[index] ??= this.told?.operand(index) ?? combine(this.plan, this.children, index);
    return this.#operands[index];
  }

  amounts(): undefined {
    return undefined;
  }
}
