import type { Sort } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { type Bits, countBits, forEachBit } from '../storage/bits.js';

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
function compareKeys(a: SortKey, b: SortKey, sort: Sort): number {
  return (sort === 'relevance' ? b.score - a.score : 0) || compareDays(a, b, sort) || compareIds(a, b);
}

class Hit implements Candidate {
  constructor(
    readonly snapshot: Snapshot,
    readonly segment: number,
    readonly doc: number,
    readonly score: number,
    readonly day: number,
  ) {}

  get id(): string {
    return this.snapshot.segments[this.segment].segment.id(this.doc);
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

/** Visits every hit, segment by segment. */
function forEachHit(
  snapshot: Snapshot,
  bits: readonly Bits[],
  scores: readonly Float64Array[] | undefined,
  visit: (candidate: Candidate) => void,
): void {
  snapshot.segments.forEach(({ segment }, index) => {
    const days = segment.column('date');
    const own = scores?.[index];
    forEachBit(bits[index], (doc) => {
      visit(new Hit(snapshot, index, doc, own ? own[doc] : 0, days[doc]));
    });
  });
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

/** One page of the hits in order. */
export function selectPage(
  snapshot: Snapshot,
  bits: readonly Bits[],
  scores: readonly Float64Array[] | undefined,
  { sort, offset, limit, after }: PageRequest,
): Page {
  const size = offset + limit;
  if (limit === 0) return { hits: [], left: 0 };
  const best = new Best(size, sort);
  let passed = 0;
  snapshot.segments.forEach(({ segment }, index) => {
    const days = segment.column('date');
    const own = scores?.[index];
    let taken = 0;
    forEachBit(bits[index], (doc) => {
      // What is skipped comes after the page: its score is too low, or it is older than a page of its own segment.
      if (own !== undefined && own[doc] < best.leastScore) return;
      if (sort === 'newest' && taken === size) return;
      const hit = new Hit(snapshot, index, doc, own ? own[doc] : 0, days[doc]);
      if (after !== undefined && compareKeys(hit, after, sort) <= 0) {
        passed++;
        return;
      }
      taken++;
      best.offer(hit);
    });
  });
  const hits = best.sorted().slice(offset);
  const total = bits.reduce((sum, set) => sum + countBits(set), 0);
  return { hits, left: Math.max(0, total - passed - offset - hits.length) };
}

/** The places of all hits in order, as pairs of segment and document. */
export function orderAll(
  snapshot: Snapshot,
  bits: readonly Bits[],
  scores: readonly Float64Array[] | undefined,
  sort: Sort,
): { segments: Uint32Array; docs: Uint32Array } {
  const all: Candidate[] = [];
  forEachHit(snapshot, bits, scores, (candidate) => all.push(candidate));
  all.sort((a, b) => compareKeys(a, b, sort));
  return {
    segments: Uint32Array.from(all, ({ segment }) => segment),
    docs: Uint32Array.from(all, ({ doc }) => doc),
  };
}
