import type { Sort } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { type Bits, countBits, forEachBit, setBit } from '../storage/bits.js';
import type { Meter } from './meter.js';
import type { Scores } from './scoring.js';
import { docValues } from './values.js';

/** What a family takes while the first of each is looked for. */
const BYTES_A_FAMILY = 200;

/** What the order of hits depends on; also what a cursor remembers. `score` is 0 unless the sort is relevance. */
export interface SortKey {
  readonly score: number;
  /** YYYYMMDD, 0 for none. */
  readonly day: number;
  readonly id: string;
}

/** A hit in its place; its id is read only when two hits tie. */
export interface Candidate extends SortKey {
  readonly segment: number;
  readonly doc: number;
}

const compareIds = (a: SortKey, b: SortKey): number => {
  const [x, y] = [a.id, b.id];
  return x < y ? -1 : x > y ? 1 : 0;
};
const lastWhenUndated = (day: number): number => (day === NO_DATE ? Number.POSITIVE_INFINITY : day);

function compareDays(a: SortKey, b: SortKey, sort: Sort): number {
  if (a.day === b.day) return 0;
  return sort === 'oldest' ? lastWhenUndated(a.day) - lastWhenUndated(b.day) : b.day - a.day;
}

/** Best first: by score where asked for, then by date (newest first unless oldest is asked; undated last), then by id. */
export function compareKeys(a: SortKey, b: SortKey, sort: Sort): number {
  return (sort === 'relevance' ? b.score - a.score : 0) || compareDays(a, b, sort) || compareIds(a, b);
}

export class Hit implements Candidate {
  #id: string | undefined;

  constructor(
    readonly snapshot: Snapshot,
    readonly segment: number,
    readonly doc: number,
    readonly score: number,
    readonly day: number,
  ) {}

  get id(): string {
    this.#id ??= this.snapshot.segments[this.segment].segment.id(this.doc);
    return this.#id;
  }
}

/** A heap that keeps the best of what it is offered, the worst of them on top. */
class Best {
  readonly #heap: Candidate[] = [];

  constructor(
    readonly size: number,
    readonly sort: Sort,
  ) {}

  #worse(a: number, b: number): boolean {
    return compareKeys(this.#heap[a], this.#heap[b], this.sort) > 0;
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b], this.#heap[a]];
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#worse(child, worst)) worst = child;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  /** Hits with a lower score need not be offered. */
  get leastScore(): number {
    return this.#heap.length < this.size ? Number.NEGATIVE_INFINITY : this.#heap[0].score;
  }

  offer(candidate: Candidate): void {
    if (this.#heap.length < this.size) {
      this.#heap.push(candidate);
      let at = this.#heap.length - 1;
      while (at > 0 && this.#worse(at, (at - 1) >> 1)) {
        this.#swap(at, (at - 1) >> 1);
        at = (at - 1) >> 1;
      }
    } else if (this.size > 0 && compareKeys(candidate, this.#heap[0], this.sort) < 0) {
      this.#heap[0] = candidate;
      this.#sink();
    }
  }

  sorted(): Candidate[] {
    return this.#heap.sort((a, b) => compareKeys(a, b, this.sort));
  }
}

export interface Page {
  readonly hits: Candidate[];
  /** Hits after the last one of the page. */
  readonly left: number;
}

export interface PageRequest {
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
  /** Only hits after this one. */
  readonly after: SortKey | undefined;
}

/** Offers what may be among the first of a segment by date: documents stand newest first. */
function offerNewest(best: Best, bits: Bits, size: number, make: (doc: number) => Hit): void {
  let taken = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      if (taken++ === size) return;
      best.offer(make((word << 5) + 31 - Math.clz32(left & -left)));
    }
  }
}

/** The hits that pages are made of. */
export interface Shown {
  readonly bits: readonly Bits[];
  readonly hits: number;
  hitsAt(index: number): number;
  /** Undefined where the hits of a segment are a short list, which is scored as it is. */
  setAt(index: number): Bits | undefined;
}

/** The hits of sets. */
export function shownOf(bits: readonly Bits[]): Shown {
  const counts = bits.map(countBits);
  return {
    bits,
    hits: counts.reduce((sum, count) => sum + count, 0),
    hitsAt: (index) => counts[index],
    setAt: (index) => bits[index],
  };
}

/** The first hits in order; what cannot be among them is passed by. */
function selectFirst(
  snapshot: Snapshot,
  shown: Shown,
  scores: Scores | undefined,
  { sort, offset, limit }: PageRequest,
): Candidate[] {
  const best = new Best(offset + limit, sort);
  snapshot.segments.forEach(({ segment }, index) => {
    const days = segment.column('date');
    const make = (doc: number, score = 0): Hit => new Hit(snapshot, index, doc, score, days[doc]);
    if (scores) {
      const sink = {
        size: offset + limit,
        least: () => best.leastScore,
        offer: (doc: number, score: number) => best.offer(make(doc, score)),
      };
      const set = shown.setAt(index);
      if (set) scores.offerBest(index, set, shown.hitsAt(index), sink);
      else scores.offerListed(index, sink);
    } else if (sort === 'newest') offerNewest(best, shown.bits[index], offset + limit, make);
    else forEachBit(shown.bits[index], (doc) => best.offer(make(doc)));
  });
  return best.sorted().slice(offset);
}

/** The hits that come after one in order. */
function selectAfter(
  snapshot: Snapshot,
  bits: readonly Bits[],
  scores: Scores | undefined,
  { sort, limit }: PageRequest,
  after: SortKey,
): { hits: Candidate[]; passed: number } {
  const best = new Best(limit, sort);
  let passed = 0;
  snapshot.segments.forEach(({ segment }, index) => {
    const days = segment.column('date');
    const own = scores?.all(index);
    let taken = 0;
    forEachBit(bits[index], (doc) => {
      if (own !== undefined && own[doc] < best.leastScore) return;
      if (sort === 'newest' && taken === limit) return;
      const hit = new Hit(snapshot, index, doc, own ? own[doc] : 0, days[doc]);
      if (compareKeys(hit, after, sort) <= 0) {
        passed++;
        return;
      }
      taken++;
      best.offer(hit);
    });
  });
  return { hits: best.sorted(), passed };
}

/** One page of the hits in order. */
export function selectPage(snapshot: Snapshot, shown: Shown, scores: Scores | undefined, request: PageRequest): Page {
  const { offset, limit, after } = request;
  if (limit === 0) return { hits: [], left: 0 };
  const { hits, passed } =
    after === undefined
      ? { hits: selectFirst(snapshot, shown, scores, request), passed: offset }
      : selectAfter(snapshot, shown.bits, scores, request, after);
  return { hits, left: Math.max(0, shown.hits - passed - hits.length) };
}

/** Of the hits of each family only the first in order; a document of no family stands for itself. */
export function firstOfFamilies(
  snapshot: Snapshot,
  bits: readonly Bits[],
  scores: Scores | undefined,
  { sort, day, meter }: { sort: Sort; day: number; meter: Meter },
): Bits[] {
  const firsts = new Map<string, Hit>();
  const kept = bits.map((set) => new Uint32Array(set.length));
  snapshot.segments.forEach(({ segment }, index) => {
    const days = segment.column('date');
    const own = scores?.all(index);
    const families = docValues(snapshot, segment, 'family', day);
    forEachBit(bits[index], (doc) => {
      let family: string | undefined;
      families.visit(doc, (number) => {
        family ??= families.valueOf(number);
      });
      if (family === undefined) {
        setBit(kept[index], doc);
        return;
      }
      const hit = new Hit(snapshot, index, doc, own ? own[doc] : 0, days[doc]);
      const first = firsts.get(family);
      if (first === undefined) meter.take(BYTES_A_FAMILY);
      if (first === undefined || compareKeys(hit, first, sort) < 0) firsts.set(family, hit);
    });
  });
  for (const { segment, doc } of firsts.values()) setBit(kept[segment], doc);
  return kept;
}
