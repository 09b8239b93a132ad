import { writeNumbers } from '../segment/columns.js';
import type { SectionWriter } from '../segment/container.js';
import { FACTS, type PackedName, PackedWriter, packRecords, readFacts, unpackRecords } from '../segment/stored.js';
import { SectionStream } from '../segment/streams.js';
import { ByteCache } from '../storage/cache.js';
import { GONE, type MergeSource, numbersOf } from './order.js';

const TWO_32 = 2 ** 32;

/** Numbers of a group in the table: its block, and where its text begins there and how long it is. */
const ENTRY = 3;

/** Copies the compressed blocks of records or facts; a block that is mostly of groups gone is packed anew without them. */
class RecordMerge {
  readonly #blocks: number[] = [];
  readonly #groups: Uint32Array;
  #written = 0;

  constructor(
    readonly out: SectionWriter,
    readonly name: PackedName,
    groups: number,
  ) {
    this.#groups = new Uint32Array(groups * ENTRY);
    out.begin(name);
  }

  #addBlock(packed: Uint8Array): void {
    this.#blocks.push(this.#written % TWO_32, Math.floor(this.#written / TWO_32));
    this.out.write(packed);
    this.#written += packed.length;
  }

  /** Notes where the text of a group stands in the block that is added next. */
  #note(group: number, at: number, length: number): void {
    this.#groups[group * ENTRY] = this.#blocks.length / 2;
    this.#groups[group * ENTRY + 1] = at;
    this.#groups[group * ENTRY + 2] = length;
  }

  /** Takes a block, packed, with the groups `from..to` over as it is. */
  #takeWhole(packed: Uint8Array, groups: Uint32Array, map: Uint32Array, from: number, to: number): void {
    for (let group = from; group < to; group++)
      if (map[group] !== GONE) this.#note(map[group], groups[group * ENTRY + 1], groups[group * ENTRY + 2]);
    this.#addBlock(packed);
  }

  /** Takes over what is not gone of a block. */
  #takeKept(packed: Uint8Array, groups: Uint32Array, map: Uint32Array, from: number, to: number): void {
    const whole = unpackRecords(packed);
    const pieces: Uint8Array[] = [];
    let at = 0;
    for (let group = from; group < to; group++) {
      if (map[group] === GONE) continue;
      const [start, length] = [groups[group * ENTRY + 1], groups[group * ENTRY + 2]];
      this.#note(map[group], at, length);
      pieces.push(whole.subarray(start, start + length));
      at += length;
    }
    this.#addBlock(packRecords(Buffer.concat(pieces)));
  }

  addSource(source: MergeSource, map: Uint32Array): void {
    const blocks = numbersOf(source, `${this.name}.blocks`);
    const groups = numbersOf(source, `${this.name}.groups`);
    const offset = (block: number): number => blocks[block * 2] + blocks[block * 2 + 1] * TWO_32;
    const stream = new SectionStream(source.sections, this.name);
    let passed = 0;
    for (let from = 0; from < source.groups; ) {
      const block = groups[from * ENTRY];
      let to = from;
      let [size, kept, count] = [0, 0, 0];
      for (; to < source.groups && groups[to * ENTRY] === block; to++) {
        const length = groups[to * ENTRY + 2];
        size += length;
        if (map[to] === GONE) continue;
        kept += length;
        count++;
      }
      if (count > 0) {
        stream.skip(offset(block) - passed);
        const packed = stream.take(offset(block + 1) - offset(block));
        passed = offset(block + 1);
        if (kept * 2 >= size) this.#takeWhole(packed, groups, map, from, to);
        else this.#takeKept(packed, groups, map, from, to);
      }
      from = to;
    }
  }

  finish(): void {
    this.#blocks.push(this.#written % TWO_32, Math.floor(this.#written / TWO_32));
    writeNumbers(this.out, `${this.name}.blocks`, Uint32Array.from(this.#blocks));
    writeNumbers(this.out, `${this.name}.groups`, this.#groups);
  }
}

/** Copies the blocks of a section that every source has. */
function copyBlocks(
  out: SectionWriter,
  name: PackedName,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  groups: number,
): void {
  const merge = new RecordMerge(out, name, groups);
  sources.forEach((source, row) => {
    merge.addSource(source, maps[row]);
  });
  merge.finish();
}

/** Bytes kept of what is read to make facts anew: a block of records and its table. */
const CACHE_BYTES = 4 * 1024 * 1024;

/** Writes the records of all groups taken over, and what the register needs of them. */
export function mergeRecords(
  out: SectionWriter,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  groups: number,
): void {
  copyBlocks(out, 'records', sources, maps, groups);
  if (sources.every(({ sections }) => sections.has(FACTS))) {
    copyBlocks(out, FACTS, sources, maps, groups);
    return;
  }
  // Segments of an earlier program have no facts; live groups keep their order, source after source.
  const facts = new PackedWriter(out, FACTS);
  sources.forEach(({ sections, groups: count }, row) => {
    const cache = new ByteCache(CACHE_BYTES);
    for (let group = 0; group < count; group++)
      if (maps[row][group] !== GONE) facts.add(Buffer.from(readFacts(sections, cache, group)).toString('utf8'));
  });
  facts.finish();
}
