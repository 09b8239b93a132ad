import { readNumbers } from '../segment/columns.js';
import type { SectionReader } from '../segment/container.js';
import { type Bits, hasBit } from '../storage/bits.js';
import { ByteCache } from '../storage/cache.js';

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

/** The ids of a source's documents, decoded one by one. */
function idReader(source: MergeSource): (doc: number) => string {
  const starts = numbersOf(source, 'id.starts');
  const { sections } = source;
  const bytes = Buffer.from(sections.read('id.bytes', 0, sections.length('id.bytes')).buffer);
  return (doc) => bytes.toString('utf8', starts[doc], starts[doc + 1]);
}

/** Takes the first of several ascending rows again and again; `compare` tells which of two heads comes first. */
function* mergeRows<T>(
  rows: readonly Iterator<T>[],
  compare: (a: T, b: T) => number,
): Generator<{ row: number; item: T }> {
  const heads = rows.map((row) => row.next());
  for (;;) {
    let first = -1;
    for (let row = 0; row < heads.length; row++) {
      const head = heads[row];
      if (head.done) continue;
      if (first < 0 || compare(head.value, (heads[first] as IteratorYieldResult<T>).value) < 0) first = row;
    }
    if (first < 0) return;
    yield { row: first, item: (heads[first] as IteratorYieldResult<T>).value };
    heads[first] = rows[first].next();
  }
}

interface OrderedDoc {
  readonly doc: number;
  readonly day: number;
  readonly id: string;
}

function* docsInOrder(source: MergeSource, groupMap: Uint32Array): Generator<OrderedDoc> {
  const idOf = idReader(source);
  const days = numbersOf(source, 'date');
  const groupOf = numbersOf(source, 'group');
  for (let doc = 0; doc < source.docs; doc++) {
    if (groupMap[groupOf[doc]] !== GONE) yield { doc, day: days[doc], id: idOf(doc) };
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Where each document goes in the merged order: newest first, then by id. */
export function mapDocs(
  sources: readonly MergeSource[],
  groupMaps: readonly Uint32Array[],
): { maps: Uint32Array[]; docs: number } {
  const maps = sources.map(({ docs }) => new Uint32Array(docs).fill(GONE));
  const rows = sources.map((source, row) => docsInOrder(source, groupMaps[row]));
  let docs = 0;
  for (const { row, item } of mergeRows(rows, (a, b) => b.day - a.day || compareTexts(a.id, b.id))) {
    maps[row][item.doc] = docs++;
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

/** The merged documents' numbers in the order of their ids. */
export function mergeIdOrder(
  sources: readonly MergeSource[],
  docMaps: readonly Uint32Array[],
  docs: number,
): Uint32Array {
  const order = new Uint32Array(docs);
  const rows = sources.map(function* (source, row): Generator<{ id: string; doc: number }> {
    const idOf = idReader(source);
    for (const doc of numbersOf(source, 'id.order'))
      if (docMaps[row][doc] !== GONE) yield { id: idOf(doc), doc: docMaps[row][doc] };
  });
  let taken = 0;
  for (const { item } of mergeRows(rows, (a, b) => compareTexts(a.id, b.id))) order[taken++] = item.doc;
  return order;
}

/** The ids of the merged documents in their order. */
export function mergeIds(
  sources: readonly MergeSource[],
  docMaps: readonly Uint32Array[],
  docs: number,
): Iterable<string> {
  const from = new Uint16Array(docs);
  const at = new Uint32Array(docs);
  docMaps.forEach((map, row) => {
    map.forEach((to, doc) => {
      if (to === GONE) return;
      from[to] = row;
      at[to] = doc;
    });
  });
  const readers = sources.map(idReader);
  return (function* (): Generator<string> {
    for (let doc = 0; doc < docs; doc++) yield readers[from[doc]](at[doc]);
  })();
}
