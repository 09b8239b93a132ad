import { brotliCompressSync, brotliDecompressSync, constants, inflateRawSync } from 'node:zlib';
import type { PatentDocument } from '@quanlian/contract';
import { FACTS_VERSION, groupKey, mergeGroup, registerText } from '@quanlian/kernel';
import { ByteCache, type Keeper } from '../storage/cache.js';
import { readNumbers, writeNumbers } from './columns.js';
import type { SectionReader, SectionWriter } from './container.js';

/** Sections of texts, one for each group, packed together: the records, and what the register needs of them. */
export type PackedName = 'records' | typeof FACTS;
/** Named with the version, so that facts of another version count as absent. */
export const FACTS = `facts${FACTS_VERSION}` as const;

/** Records are packed together up to this many bytes before compression; a larger group stands alone. */
const BLOCK_BYTES = 16 * 1024;
/** The room for a block that is kept for the next. */
const MOST_KEPT = 1 << 22;
/** The longest a UTF-16 unit gets in UTF-8. */
const UNIT_BYTES = 3;
/**
 * How records are compressed: brotli at its quickest takes less than half the time of the quickest deflate and 6 % more
 * space. Its window holds the most that blocks usually have.
 */
const QUALITY = { [constants.BROTLI_PARAM_QUALITY]: 0, [constants.BROTLI_PARAM_LGWIN]: 16 };
/** Stands before a block of brotli. No block of deflate, which earlier programs wrote, begins with it: it has no such kind. */
const BROTLI_BLOCK = 7;
/** Unpacked at once; a step of its own for every 16 KiB, the default, would cost a fifth more. */
const UNPACKED = { chunkSize: 1 << 16 };
const TWO_32 = 2 ** 32;

/** Takes sections in order; what a `SectionWriter` does too. */
type SectionSink = Pick<SectionWriter, 'begin' | 'write'>;

/** Compresses a block of records. */
export function packRecords(block: Uint8Array): Uint8Array {
  const params = { ...QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: block.length };
  return Buffer.concat([Uint8Array.of(BROTLI_BLOCK), brotliCompressSync(block, { params })]);
}

/** What `packRecords` packed, or an earlier program. */
export const unpackRecords = (packed: Uint8Array): Buffer =>
  packed[0] === BROTLI_BLOCK ? brotliDecompressSync(packed.subarray(1), UNPACKED) : inflateRawSync(packed, UNPACKED);

/** Writes a text for each group, in order, as compressed blocks. Must be finished before another section begins. */
export class PackedWriter {
  #block = Buffer.allocUnsafeSlow(4 * BLOCK_BYTES);
  #length = 0;
  #written = 0;
  readonly #blocks: number[] = [];
  readonly #groups: number[] = [];

  constructor(
    readonly out: SectionSink,
    readonly name: PackedName,
  ) {
    out.begin(name);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#block.length) return;
    const grown = Buffer.allocUnsafeSlow(this.#length + bytes);
    grown.set(this.#block.subarray(0, this.#length));
    this.#block = grown;
  }

  add(text: string): void {
    this.#reserve(text.length * UNIT_BYTES);
    this.#take(this.#block.write(text, this.#length, 'utf8'));
  }

  /** As `add`, with the text in UTF-8. */
  addBytes(text: Uint8Array): void {
    this.#reserve(text.length);
    this.#block.set(text, this.#length);
    this.#take(text.length);
  }

  #take(bytes: number): void {
    this.#groups.push(this.#blocks.length / 2, this.#length, bytes);
    this.#length += bytes;
    if (this.#length >= BLOCK_BYTES) this.#flush();
  }

  #flush(): void {
    if (this.#length === 0) return;
    const packed = packRecords(this.#block.subarray(0, this.#length));
    this.#blocks.push(this.#written % TWO_32, Math.floor(this.#written / TWO_32));
    this.out.write(packed);
    this.#written += packed.length;
    this.#length = 0;
    // A record of many megabytes would hold its room to the end of the segment.
    if (this.#block.length > MOST_KEPT) this.#block = Buffer.allocUnsafeSlow(4 * BLOCK_BYTES);
  }

  finish(): void {
    this.#flush();
    this.#blocks.push(this.#written % TWO_32, Math.floor(this.#written / TWO_32));
    writeNumbers(this.out, `${this.name}.blocks`, Uint32Array.from(this.#blocks));
    writeNumbers(this.out, `${this.name}.groups`, Uint32Array.from(this.#groups));
  }
}

/** Keeps sections until another writer has ended its own. */
export class HeldSections implements SectionSink {
  readonly #sections: { name: string; parts: Uint8Array[] }[] = [];

  begin(name: string): void {
    this.#sections.push({ name, parts: [] });
  }

  write(bytes: Uint8Array): void {
    this.#sections.at(-1)?.parts.push(bytes);
  }

  writeTo(out: SectionSink): void {
    for (const { name, parts } of this.#sections) {
      out.begin(name);
      for (const part of parts) out.write(part);
    }
  }
}

/** The text of one group; the block it is in is kept in `kept`. */
function readPacked(
  sections: SectionReader,
  name: PackedName,
  cache: Keeper,
  group: number,
  kept: Keeper = cache,
): Buffer {
  const groups = readNumbers(sections, `${name}.groups`, cache);
  const blocks = readNumbers(sections, `${name}.blocks`, cache);
  const [block, at, length] = groups.subarray(group * 3, group * 3 + 3);
  const offset = (index: number): number => blocks[index * 2] + blocks[index * 2 + 1] * TWO_32;
  const start = offset(block);
  const unpacked = kept.get(
    `${name}@${block}`,
    () => unpackRecords(sections.read(name, start, offset(block + 1) - start)),
    (bytes) => bytes.length,
  );
  return unpacked.subarray(at, at + length);
}

/** The records of one group of a segment; `blocks` keeps what was unpacked for them. */
export function readRecords(
  sections: SectionReader,
  cache: Keeper,
  group: number,
  blocks: Keeper = cache,
): PatentDocument[] {
  return JSON.parse(readPacked(sections, 'records', cache, group, blocks).toString('utf8')) as PatentDocument[];
}

/** The facts of one group as bytes, made from its records in a segment that has none. */
export function readFacts(sections: SectionReader, cache: Keeper, group: number): Uint8Array {
  if (sections.has(FACTS)) return readPacked(sections, FACTS, cache, group);
  const records = readRecords(sections, cache, group);
  const [first] = records;
  return first === undefined
    ? Buffer.alloc(0)
    : Buffer.from(registerText(groupKey(first), mergeGroup(records)), 'utf8');
}

/** The facts of one group, as `registerText` writes them. Empty when it has no record. */
export interface GroupFacts {
  readonly group: number;
  readonly bytes: Uint8Array;
}

const WALK_CACHE_BYTES = 4 * 1024 * 1024;

/** The facts of the groups that are wanted, block after block; only one block is held. */
export function* walkFacts(
  sections: SectionReader,
  count: number,
  wanted: (group: number) => boolean,
): Generator<GroupFacts> {
  if (!sections.has(FACTS)) {
    const cache = new ByteCache(WALK_CACHE_BYTES);
    for (let group = 0; group < count; group++)
      if (wanted(group)) yield { group, bytes: readFacts(sections, cache, group) };
    return;
  }
  const none = new ByteCache(0);
  const groups = readNumbers(sections, `${FACTS}.groups`, none);
  const blocks = readNumbers(sections, `${FACTS}.blocks`, none);
  const offset = (index: number): number => blocks[index * 2] + blocks[index * 2 + 1] * TWO_32;
  let open = -1;
  let unpacked: Uint8Array = new Uint8Array(0);
  for (let group = 0; group < count; group++) {
    if (!wanted(group)) continue;
    const block = groups[group * 3];
    if (block !== open) {
      const start = offset(block);
      unpacked = unpackRecords(sections.read(FACTS, start, offset(block + 1) - start));
      open = block;
    }
    const at = groups[group * 3 + 1];
    yield { group, bytes: unpacked.subarray(at, at + groups[group * 3 + 2]) };
  }
}
