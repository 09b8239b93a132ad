import { writeNumbers } from '../segment/columns.js';
import type { SectionWriter } from '../segment/container.js';
import { FACTS, type PackedName, PackedWriter, packRecords, readFacts, unpackRecords } from '../segment/stored.js';
import { ByteCache } from '../storage/cache.js';
import { GONE, type MergeSource, numbersOf } from './order.js';

const TWO_32 = 2 ** 32;

interface Kept {
  readonly group: number;
  readonly at: number;
  readonly length: number;
}

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
    this.#groups = new Uint32Array(groups * 3);
    out.begin(name);
  }

  #addBlock(packed: Uint8Array, kept: readonly Kept[]): void {
    const block = this.#blocks.length / 2;
    this.#blocks.push(this.#written % TWO_32, Math.floor(this.#written / TWO_32));
    this.out.write(packed);
    this.#written += packed.length;
    for (const { group, at, length } of kept) this.#groups.set([block, at, length], group * 3);
  }

  #takeBlock(packed: Uint8Array, kept: readonly Kept[], size: number): void {
    const keptBytes = kept.reduce((sum, { length }) => sum + length, 0);
    if (kept.length === 0) return;
    if (keptBytes * 2 >= size) {
      this.#addBlock(packed, kept);
      return;
    }
    const whole = unpackRecords(packed);
    let at = 0;
    const moved = kept.map(({ group, length }) => {
      at += length;
      return { group, at: at - length, length };
    });
    const pieces = kept.map(({ at: from, length }) => whole.subarray(from, from + length));
    this.#addBlock(packRecords(Buffer.concat(pieces)), moved);
  }

  addSource(source: MergeSource, map: Uint32Array): void {
    const blocks = numbersOf(source, `${this.name}.blocks`);
    const groups = numbersOf(source, `${this.name}.groups`);
    const offset = (block: number): number => blocks[block * 2] + blocks[block * 2 + 1] * TWO_32;
    for (let group = 0; group < source.groups; ) {
      const block = groups[group * 3];
      const kept: Kept[] = [];
      let size = 0;
      for (; group < source.groups && groups[group * 3] === block; group++) {
        const [, at, length] = groups.subarray(group * 3, group * 3 + 3);
        size += length;
        if (map[group] !== GONE) kept.push({ group: map[group], at, length });
      }
      if (kept.length === 0) continue;
      const start = offset(block);
      this.#takeBlock(source.sections.read(this.name, start, offset(block + 1) - start), kept, size);
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
