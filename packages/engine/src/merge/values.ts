import { readNumbers, writeNumbers } from '../segment/columns.js';
import type { SectionWriter } from '../segment/container.js';
import { ByteReader, ByteWriter } from '../storage/bytes.js';
import { ByteCache } from '../storage/cache.js';
import { FirstTerms, type TermsInOrder } from './first-terms.js';
import { GONE, type MergeSource } from './order.js';

const noCache = new ByteCache(0);

/** A column of a source: its values in order, those that a row taken over has, and what number each gets. */
class MergedColumn implements TermsInOrder {
  readonly starts: Uint32Array;
  readonly ordinals: Uint32Array;
  readonly map: Uint32Array;
  readonly ranks: Uint32Array;
  readonly #used: Uint8Array;
  readonly #values: ByteReader;
  /** The number of the value it stands at. */
  #ordinal = -1;
  from = 0;
  to = 0;

  constructor({ sections }: MergeSource, name: string, map: Uint32Array) {
    this.starts = readNumbers(sections, `${name}.starts`, noCache);
    this.ordinals = readNumbers(sections, `${name}.ordinals`, noCache);
    this.map = map;
    this.#values = new ByteReader(sections.read(`${name}.values`, 0, sections.length(`${name}.values`)));
    // No value takes less than a byte.
    this.#used = new Uint8Array(this.#values.bytes.length);
    this.ranks = new Uint32Array(this.#values.bytes.length);
    const { starts, ordinals } = this;
    for (let row = 0; row < map.length; row++)
      if (map[row] !== GONE) for (let i = starts[row]; i < starts[row + 1]; i++) this.#used[ordinals[i]] = 1;
  }

  get bytes(): Uint8Array {
    return this.#values.bytes;
  }

  set rank(rank: number) {
    this.ranks[this.#ordinal] = rank;
  }

  next(): boolean {
    const values = this.#values;
    do {
      if (values.at >= values.bytes.length) return false;
      const length = values.varint();
      this.from = values.at;
      this.to = values.at + length;
      values.at = this.to;
    } while (this.#used[++this.#ordinal] === 0);
    return true;
  }
}

/** Every value that a row taken over has, once and in order, as it is written; the columns learn the numbers. */
function unite(columns: readonly MergedColumn[]): ByteWriter {
  const texts = new ByteWriter();
  const values = new FirstTerms(columns);
  for (let rank = 0; values.count > 0; values.next()) {
    const [{ bytes, from, to }] = values.at;
    texts.varint(to - from);
    texts.piece(bytes, from, to);
    for (let i = 0; i < values.count; i++) values.at[i].rank = rank;
    rank++;
  }
  return texts;
}

/** Writes a column of values in the merged order of its rows; each row keeps the order of its values. */
export function mergeValues(
  out: SectionWriter,
  name: string,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  rows: number,
): void {
  const columns = sources.map((source, row) => new MergedColumn(source, name, maps[row]));
  out.begin(`${name}.values`);
  out.write(unite(columns).view());
  const starts = new Uint32Array(rows + 1);
  for (const { map, starts: own } of columns)
    for (let row = 0; row < map.length; row++) if (map[row] !== GONE) starts[map[row] + 1] = own[row + 1] - own[row];
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const merged = new Uint32Array(starts[rows]);
  for (const { map, starts: own, ordinals, ranks } of columns) {
    for (let row = 0; row < map.length; row++) {
      if (map[row] === GONE) continue;
      let to = starts[map[row]];
      for (let i = own[row]; i < own[row + 1]; i++) merged[to++] = ranks[ordinals[i]];
    }
  }
  writeNumbers(out, `${name}.starts`, starts);
  writeNumbers(out, `${name}.ordinals`, merged);
}
