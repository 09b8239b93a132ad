import { readNumbers, writeNumbers } from '../segment/columns.js';
import type { SectionReader, SectionWriter } from '../segment/container.js';
import { type Bits, hasBit } from '../storage/bits.js';
import { ByteCache } from '../storage/cache.js';
import { FirstTerms, type TermsInOrder } from './first-terms.js';

/** Stands in a map for what is not taken over. */
export const GONE = 0xffffffff;

/** A segment to be merged: its sections and the groups that are gone from it. */
export interface MergeSource {
  readonly sections: SectionReader;
  readonly docs: number;
  readonly groups: number;
  readonly gone: Bits;
}

/** Columns read for a merge are used once and not kept. */
const noCache = new ByteCache(0);

export const numbersOf = ({ sections }: MergeSource, name: string): Uint32Array => readNumbers(sections, name, noCache);

/** Where each group of a source goes; live groups keep their order, source after source. */
export function mapGroups(sources: readonly MergeSource[]): { maps: Uint32Array[]; groups: number } {
  let groups = 0;
  const maps = sources.map((source) =>
    Uint32Array.from({ length: source.groups }, (_, group) => (hasBit(source.gone, group) ? GONE : groups++)),
  );
  return { maps, groups };
}

/** The ids of a source's documents as UTF-8. */
interface Ids {
  readonly bytes: Uint8Array;
  /** Where each begins; one more than documents. */
  readonly starts: Uint32Array;
}

function idsOf(source: MergeSource): Ids {
  const { sections } = source;
  return { bytes: sections.read('id.bytes', 0, sections.length('id.bytes')), starts: numbersOf(source, 'id.starts') };
}

/** Days before a text as digits of seven bits, which stand in order as the bytes of texts do. */
const DAY_DIGITS = 5;
const DIGIT_BITS = 7;
const LAST_DAY = 0xffffffff;

/** Documents of a source that are taken over, in its order: newest first, then by id. What they are put in order by is a term. */
class DocsInOrder implements TermsInOrder {
  bytes = new Uint8Array(64);
  readonly from = 0;
  to = 0;
  doc = -1;
  readonly #ids: Ids;
  readonly #days: Uint32Array;
  readonly #groupOf: Uint32Array;

  constructor(
    source: MergeSource,
    readonly map: Uint32Array,
    readonly groupMap: Uint32Array,
  ) {
    this.#ids = idsOf(source);
    this.#days = numbersOf(source, 'date');
    this.#groupOf = numbersOf(source, 'group');
  }

  next(): boolean {
    const { map, groupMap } = this;
    do this.doc++;
    while (this.doc < map.length && groupMap[this.#groupOf[this.doc]] === GONE);
    if (this.doc === map.length) return false;
    const { bytes: ids, starts } = this.#ids;
    const [from, end] = [starts[this.doc], starts[this.doc + 1]];
    if (DAY_DIGITS + end - from > this.bytes.length) this.bytes = new Uint8Array(2 * (DAY_DIGITS + end - from));
    const { bytes } = this;
    let rest = LAST_DAY - this.#days[this.doc];
    for (let digit = DAY_DIGITS - 1; digit >= 0; digit--) {
      bytes[digit] = rest & 127;
      rest >>>= DIGIT_BITS;
    }
    let to = DAY_DIGITS;
    for (let at = from; at < end; at++) bytes[to++] = ids[at];
    this.to = to;
    return true;
  }
}

/** Where each document goes in the merged order: newest first, then by id. */
export function mapDocs(
  sources: readonly MergeSource[],
  groupMaps: readonly Uint32Array[],
): { maps: Uint32Array[]; docs: number } {
  const maps = sources.map(({ docs }) => new Uint32Array(docs).fill(GONE));
  const first = new FirstTerms(sources.map((source, row) => new DocsInOrder(source, maps[row], groupMaps[row])));
  let docs = 0;
  for (; first.count > 0; first.next()) {
    for (let i = 0; i < first.count; i++) {
      const { map, doc } = first.at[i];
      map[doc] = docs++;
    }
  }
  return { maps, docs };
}

/** A column in the merged order. */
export function mergeNumbers(
  sources: readonly MergeSource[],
  docMaps: readonly Uint32Array[],
  docs: number,
  name: string,
  turned: (row: number, value: number) => number = (_, value) => value,
): Uint32Array {
  const merged = new Uint32Array(docs);
  sources.forEach((source, row) => {
    const numbers = numbersOf(source, name);
    const map = docMaps[row];
    for (let doc = 0; doc < numbers.length; doc++) if (map[doc] !== GONE) merged[map[doc]] = turned(row, numbers[doc]);
  });
  return merged;
}

/** The ids of the documents of a source that are taken over, in their order. */
class IdsInOrder implements TermsInOrder {
  readonly bytes: Uint8Array;
  from = 0;
  to = 0;
  /** Where the document goes. */
  doc = 0;
  readonly #starts: Uint32Array;
  readonly #order: Uint32Array;
  #next = 0;

  constructor(
    source: MergeSource,
    readonly map: Uint32Array,
  ) {
    const { bytes, starts } = idsOf(source);
    this.bytes = bytes;
    this.#starts = starts;
    this.#order = numbersOf(source, 'id.order');
  }

  next(): boolean {
    for (const order = this.#order; this.#next < order.length; ) {
      const doc = order[this.#next++];
      this.doc = this.map[doc];
      if (this.doc === GONE) continue;
      this.from = this.#starts[doc];
      this.to = this.#starts[doc + 1];
      return true;
    }
    return false;
  }
}

/** The merged documents' numbers in the order of their ids. */
export function mergeIdOrder(
  sources: readonly MergeSource[],
  docMaps: readonly Uint32Array[],
  docs: number,
): Uint32Array {
  const order = new Uint32Array(docs);
  const first = new FirstTerms(sources.map((source, row) => new IdsInOrder(source, docMaps[row])));
  let taken = 0;
  for (; first.count > 0; first.next()) for (let i = 0; i < first.count; i++) order[taken++] = first.at[i].doc;
  return order;
}

/** Writes the ids of the merged documents in their order. */
export function mergeIds(
  out: SectionWriter,
  sources: readonly MergeSource[],
  docMaps: readonly Uint32Array[],
  docs: number,
): void {
  const ids = sources.map(idsOf);
  const starts = new Uint32Array(docs + 1);
  docMaps.forEach((map, row) => {
    const own = ids[row].starts;
    for (let doc = 0; doc < map.length; doc++) if (map[doc] !== GONE) starts[map[doc] + 1] = own[doc + 1] - own[doc];
  });
  for (let doc = 0; doc < docs; doc++) starts[doc + 1] += starts[doc];
  const merged = new Uint8Array(starts[docs]);
  docMaps.forEach((map, row) => {
    const { bytes, starts: own } = ids[row];
    for (let doc = 0; doc < map.length; doc++) {
      if (map[doc] === GONE) continue;
      let to = starts[map[doc]];
      for (let at = own[doc]; at < own[doc + 1]; at++) merged[to++] = bytes[at];
    }
  });
  writeNumbers(out, 'id.starts', starts);
  out.begin('id.bytes');
  out.write(merged);
}
