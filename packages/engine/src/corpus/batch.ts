import { constants } from 'node:buffer';
import { type PatentDocument, QuanlianError } from '@quanlian/contract';
import { groupKey } from '@quanlian/kernel';
import { earliestDay, NO_DATE } from '../content/dates.js';

/**
 * A record of a batch: what puts it in its place is told at once, the rest is read when it is needed. A batch of many
 * thousand records waits as bytes, so that none of their objects outlives the few that are worked on.
 */
export interface BatchRecord {
  /** The group it belongs to. */
  readonly key: string;
  /** Its day, by which the segments of a batch are told apart. */
  readonly day: number;
  /** Bytes of its JSON, about. */
  readonly size: number;
  /** The JSON of an array with this record alone, as it is stored. */
  readonly json?: Uint8Array | undefined;
  read(): PatentDocument;
}

/** Records on their way between threads: one JSON after another in `block`, each that of an array with one record. */
export interface PackedRecords {
  readonly block: SharedArrayBuffer;
  /** Where each ends. */
  readonly ends: Uint32Array;
  readonly keys: readonly string[];
  readonly days: Uint32Array;
}

const JSON_AROUND = 4;

/** Characters a value has as JSON, about: its texts with a few around each, and as many for a number. */
export function jsonLength(value: unknown): number {
  if (typeof value === 'string') return value.length + JSON_AROUND;
  if (typeof value !== 'object' || value === null) return 2 * JSON_AROUND;
  let length = JSON_AROUND;
  if (Array.isArray(value)) for (const item of value) length += jsonLength(item);
  else
    for (const name in value)
      length += name.length + JSON_AROUND + jsonLength((value as Readonly<Record<string, unknown>>)[name]);
  return length;
}

const dayOf = ({ date, deleted }: PatentDocument): number => (deleted === true ? NO_DATE : earliestDay(date));

/** Refuses `request.invalid` for a record that names no source. */
function checkRecord({ id, sources }: PatentDocument): void {
  if (sources.length > 0) return;
  throw new QuanlianError(
    'request.invalid',
    `The record ${id} names no source; the last one a record names is the one that brings it.`,
  );
}

/** The records of a batch in the thread they are applied in. Refuses `request.invalid` for one that names no source. */
export function recordsOf(batch: readonly PatentDocument[]): BatchRecord[] {
  for (const record of batch) checkRecord(record);
  return batch.map((record) => ({
    key: groupKey(record),
    day: dayOf(record),
    size: jsonLength(record),
    read: () => record,
  }));
}

/** Bytes of JSON that cross between threads at once: making more of them would hold up the caller's event loop. */
const BLOCK_BYTES = 1 << 19;
/**
 * Blocks kept for the next batch, 256 MiB at most: shared memory that is let go stays until both threads have cleared up,
 * which nothing makes them do soon.
 */
const MOST_KEPT = 512;
/** The longest a UTF-16 unit gets in UTF-8. */
const UNIT_BYTES = 3;

/** Memory that records cross in, used again and again. */
export interface Blocks {
  /** A block of at least so many bytes. */
  take(bytes: number): SharedArrayBuffer;
  /** Takes blocks back that nobody reads any more. */
  giveBack(blocks: readonly SharedArrayBuffer[]): void;
}

/**
 * Shared memory and not memory handed over: the latter counts as the receiver's own and brings the collection of its
 * whole heap near, every few thousand records.
 */
export function createBlocks(): Blocks {
  const free: SharedArrayBuffer[] = [];
  return {
    take: (bytes) => (bytes <= BLOCK_BYTES && free.pop()) || new SharedArrayBuffer(Math.max(bytes, BLOCK_BYTES)),
    giveBack(blocks) {
      for (const block of blocks) if (block.byteLength === BLOCK_BYTES && free.length < MOST_KEPT) free.push(block);
    },
  };
}

/** The JSON of an array with one record. Refuses `request.invalid` for one that is longer or deeper than JSON can be here. */
function jsonOf(record: PatentDocument): string {
  try {
    return JSON.stringify([record]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new QuanlianError(
      'request.invalid',
      `The record ${record.id} cannot be kept: as JSON it has more than ${constants.MAX_STRING_LENGTH} characters or is nested too deeply.`,
      { cause: error },
    );
  }
}

/** Packs records a block at a time. Refuses `request.invalid` for one that names no source, before the first block. */
export function* packInParts(batch: readonly PatentDocument[], blocks: Blocks): Generator<PackedRecords> {
  for (const record of batch) checkRecord(record);
  let json = batch.length > 0 ? jsonOf(batch[0]) : '';
  for (let next = 0; next < batch.length; ) {
    const block = blocks.take(json.length * UNIT_BYTES);
    const room = Buffer.from(block);
    const ends: number[] = [];
    const first = next;
    for (let length = 0; next < batch.length && length + json.length * UNIT_BYTES <= room.length; ) {
      length += room.write(json, length, 'utf8');
      ends.push(length);
      next++;
      json = next < batch.length ? jsonOf(batch[next]) : '';
    }
    const records = batch.slice(first, next);
    yield { block, ends: Uint32Array.from(ends), keys: records.map(groupKey), days: Uint32Array.from(records, dayOf) };
  }
}

/** A record in its block. A class, as there are many at once and each should be small. */
class PackedRecord implements BatchRecord {
  constructor(
    readonly part: PackedRecords,
    readonly index: number,
  ) {}

  get key(): string {
    return this.part.keys[this.index];
  }

  get day(): number {
    return this.part.days[this.index];
  }

  get #start(): number {
    return this.index === 0 ? 0 : this.part.ends[this.index - 1];
  }

  get size(): number {
    return this.part.ends[this.index] - this.#start;
  }

  get json(): Buffer {
    return Buffer.from(this.part.block, this.#start, this.size);
  }

  read(): PatentDocument {
    return (JSON.parse(this.json.toString('utf8')) as [PatentDocument])[0];
  }
}

/** What `packInParts` packed, record by record; each is parsed when it is read. */
export const unpackPart = (part: PackedRecords): BatchRecord[] =>
  part.keys.map((_, index) => new PackedRecord(part, index));
