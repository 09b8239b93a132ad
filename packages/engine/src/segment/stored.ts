import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PatentDocument } from '@quanlian/contract';
import type { ByteCache } from '../storage/cache.js';
import { readNumbers, writeNumbers } from './columns.js';
import type { SectionReader, SectionWriter } from './container.js';

/** Records are packed together up to this many bytes before compression; a larger group stands alone. */
const BLOCK_BYTES = 16 * 1024;
/** The room for a block that is kept for the next. */
const MOST_KEPT = 1 << 22;
/** The longest a UTF-16 unit gets in UTF-8. */
const UNIT_BYTES = 3;
/** How records are compressed: in most of the space that more time would save, and with room for quicker tables. */
const PACKING = { level: 1, memLevel: 9 };
const TWO_32 = 2 ** 32;

/** Compresses a block of records. */
export const packRecords = (block: Uint8Array): Uint8Array => deflateRawSync(block, PACKING);

/** Writes the records of groups, in order, as compressed blocks of JSON. Must be finished before another section begins. */
export class RecordWriter {
  #block = Buffer.allocUnsafeSlow(4 * BLOCK_BYTES);
  #length = 0;
  #written = 0;
  readonly #blocks: number[] = [];
  readonly #groups: number[] = [];

  constructor(readonly out: SectionWriter) {
    out.begin('records');
  }

  add(records: readonly PatentDocument[]): void {
    const text = JSON.stringify(records);
    const room = this.#length + text.length * UNIT_BYTES;
    if (room > this.#block.length) {
      const grown = Buffer.allocUnsafeSlow(room);
      grown.set(this.#block.subarray(0, this.#length));
      this.#block = grown;
    }
    const bytes = this.#block.write(text, this.#length, 'utf8');
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
    writeNumbers(this.out, 'records.blocks', Uint32Array.from(this.#blocks));
    writeNumbers(this.out, 'records.groups', Uint32Array.from(this.#groups));
  }
}

/** The records of one group of a segment. */
export function readRecords(sections: SectionReader, cache: ByteCache, group: number): PatentDocument[] {
  const groups = readNumbers(sections, 'records.groups', cache);
  const blocks = readNumbers(sections, 'records.blocks', cache);
  const [block, at, length] = groups.subarray(group * 3, group * 3 + 3);
  const offset = (index: number): number => blocks[index * 2] + blocks[index * 2 + 1] * TWO_32;
  const start = offset(block);
  const unpacked = cache.get(
    `${sections.path}#records@${block}`,
    () => inflateRawSync(sections.read('records', start, offset(block + 1) - start)),
    (bytes) => bytes.length,
  );
  return JSON.parse(unpacked.toString('utf8', at, at + length)) as PatentDocument[];
}
