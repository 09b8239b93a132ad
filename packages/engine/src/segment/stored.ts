import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { PatentDocument } from '@quanlian/contract';
import type { ByteCache } from '../storage/cache.js';
import { readNumbers, writeNumbers } from './columns.js';
import type { SectionReader, SectionWriter } from './container.js';

/** Records are packed together up to this many bytes before compression; a larger group stands alone. */
const BLOCK_BYTES = 16 * 1024;
/** How hard records are compressed: most of the gain for little of the time. */
export const RECORD_LEVEL = 3;
const TWO_32 = 2 ** 32;

/** Writes the records of groups, in order, as compressed blocks of JSON. Must be finished before another section begins. */
export class RecordWriter {
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #written = 0;
  readonly #blocks: number[] = [];
  readonly #groups: number[] = [];

  constructor(readonly out: SectionWriter) {
    out.begin('records');
  }

  add(records: readonly PatentDocument[]): void {
    const bytes = Buffer.from(JSON.stringify(records), 'utf8');
    this.#groups.push(this.#blocks.length / 2, this.#pendingBytes, bytes.length);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= BLOCK_BYTES) this.#flush();
  }

  #flush(): void {
    if (this.#pendingBytes === 0) return;
    const packed = deflateRawSync(Buffer.concat(this.#pending), { level: RECORD_LEVEL });
    this.#blocks.push(this.#written % TWO_32, Math.floor(this.#written / TWO_32));
    this.out.write(packed);
    this.#written += packed.length;
    this.#pending = [];
    this.#pendingBytes = 0;
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
