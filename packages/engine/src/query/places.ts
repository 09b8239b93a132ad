import type { TermEntry } from '../segment/dictionary.js';
import { type Frequencies, type PositionCursor, SKIP_INTERVAL } from '../segment/postings.js';
import type { PlacedList, Segment } from '../segment/segment.js';
import { type Bits, emptyBits, hasBit, setBit } from '../storage/bits.js';

/** Places of one document, a list for each field bit. */
export type FieldPlaces = readonly (readonly number[])[];

/** Where a term (or any of several) stands; documents must be asked for in ascending order. */
export interface Places {
  /** Documents that have it, live or not. */
  readonly docs: Bits;
  at(doc: number): FieldPlaces | undefined;
}

function docBits(size: number, docs: Uint32Array): Bits {
  const bits = emptyBits(size);
  for (let i = 0; i < docs.length; i++) setBit(bits, docs[i]);
  return bits;
}

/** The places of one term. */
export class TermPlaces implements Places {
  readonly #list: Uint32Array;
  #docs: Bits | undefined;
  #frequencies: Frequencies | undefined;
  #cursor: PositionCursor | undefined;
  #item = 0;
  #last: { doc: number; places: FieldPlaces } | undefined;

  constructor(
    readonly segment: Segment,
    readonly list: PlacedList,
    readonly entry: TermEntry,
  ) {
    this.#list = segment.docsOf(list, entry);
  }

  get docs(): Bits {
    this.#docs ??= docBits(this.segment.docs, this.#list);
    return this.#docs;
  }

  /** The documents in ascending order. */
  get sorted(): Uint32Array {
    return this.#list;
  }

  at(doc: number): FieldPlaces | undefined {
    if (this.#last?.doc === doc) return this.#last.places;
    this.#item = seek(this.#list, this.#item, doc);
    if (this.#list[this.#item] !== doc) return undefined;
    const places = this.#read(this.#item);
    this.#last = { doc, places };
    return places;
  }

  #read(item: number): FieldPlaces {
    this.#frequencies ??= this.segment.frequencies(this.list, this.entry);
    const block = item - (item % SKIP_INTERVAL);
    if (this.#cursor?.first !== block) {
      this.#cursor = this.segment.positions(this.list, this.entry, this.#frequencies, item);
    }
    return this.#cursor.read(item);
  }
}

/** The index of `doc` in the ascending list, looked for from `start` on in growing steps. */
function seek(list: Uint32Array, start: number, doc: number): number {
  let step = 1;
  let low = start;
  while (low + step < list.length && list[low + step] < doc) {
    low += step;
    step *= 2;
  }
  let high = Math.min(low + step, list.length - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle] < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}

const mergeSorted = (lists: readonly FieldPlaces[]): FieldPlaces =>
  lists.length === 1
    ? lists[0]
    : lists[0].map((_, field) => [...new Set(lists.flatMap((list) => list[field]))].sort((a, b) => a - b));

/** The places of any of several terms. */
export class AnyPlaces implements Places {
  readonly docs: Bits;
  readonly #terms: readonly TermPlaces[];
  #byDoc: Map<number, TermPlaces[]> | undefined;
  #wanted: Bits | undefined;

  constructor(segment: Segment, list: PlacedList, entries: readonly TermEntry[]) {
    this.#terms = entries.map((entry) => new TermPlaces(segment, list, entry));
    this.docs = emptyBits(segment.docs);
    for (const term of this.#terms) for (const doc of term.sorted) setBit(this.docs, doc);
  }

  /** Tells which documents will be asked for, so that only theirs are gathered. */
  expect(wanted: Bits): void {
    this.#wanted = wanted;
  }

  #gather(): Map<number, TermPlaces[]> {
    const byDoc = new Map<number, TermPlaces[]>();
    for (const term of this.#terms) {
      for (const doc of term.sorted) {
        if (this.#wanted && !hasBit(this.#wanted, doc)) continue;
        const terms = byDoc.get(doc);
        if (terms) terms.push(term);
        else byDoc.set(doc, [term]);
      }
    }
    return byDoc;
  }

  at(doc: number): FieldPlaces | undefined {
    this.#byDoc ??= this.#gather();
    const found = (this.#byDoc.get(doc) ?? []).flatMap((term) => {
      const places = term.at(doc);
      return places ? [places] : [];
    });
    return found.length === 0 ? undefined : mergeSorted(found);
  }
}
