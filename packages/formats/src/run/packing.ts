import type { Slot } from './batches.js';
import type { Blocks } from './blocks.js';
import type { Job, PackedRecord } from './job.js';
import type { RecordPlace } from './read-document.js';

/** An item that is ready, or the place of a record that a thread reads. Its bytes are not held on to. */
export type Entry = Exclude<Slot, { type: 'record' }> | ({ readonly type: 'record' } & RecordPlace);

/** What goes to a thread in one message, and all else that stood between. */
export interface Batch {
  readonly entries: readonly Entry[];
  readonly job: Job;
  /** Packed bytes of the inputs that were read when the batch was closed. */
  readonly done: number;
}

export interface PackOptions {
  readonly blocks: Blocks;
  readonly format: string | undefined;
  readonly asJson: boolean;
}

/** Records and bytes that go to a thread in one message. */
const BATCH_RECORDS = 64;
const BATCH_BYTES = 512 * 1024;

/** Gathers slots until a batch is worth a message. Bytes are copied as they come: what they lie in is used again. */
export class Packer {
  readonly #options: PackOptions;
  #entries: Entry[] = [];
  #records: PackedRecord[] = [];
  #block: SharedArrayBuffer | undefined;
  /** Bytes of records, and of all items together. */
  #size = 0;
  #weight = 0;

  constructor(options: PackOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  get isFull(): boolean {
    return this.#entries.length >= BATCH_RECORDS || this.#weight >= BATCH_BYTES;
  }

  add(slot: Slot): void {
    if (slot.type === 'record') this.#addRecord(slot);
    else {
      this.#entries.push(slot);
      if (slot.type === 'asset') this.#weight += slot.bytes.length;
    }
  }

  /** The batch so far; the next one begins. */
  close(done: number): Batch {
    const { blocks, format, asJson } = this.#options;
    const block = new Uint8Array(this.#block ?? blocks.take(0), 0, this.#size);
    const job: Job = { block, records: this.#records, format, asJson, broken: {} };
    const batch = { entries: this.#entries, job, done };
    this.#entries = [];
    this.#records = [];
    this.#block = undefined;
    this.#size = 0;
    this.#weight = 0;
    return batch;
  }

  #addRecord({ raw, file, fileDate, record }: Extract<Slot, { type: 'record' }>): void {
    const { bytes, kind: _, ...rest } = raw;
    const from = this.#size;
    const to = from + bytes.length;
    new Uint8Array(this.#room(to)).set(bytes, from);
    this.#records.push({ ...rest, file, fileDate, from, to });
    this.#entries.push({ type: 'record', file, record, offset: raw.offset, bytes: bytes.length });
    this.#size = to;
    this.#weight += bytes.length;
  }

  /** A block of so many bytes that begins with what was packed before. */
  #room(size: number): SharedArrayBuffer {
    const before = this.#block;
    if (before && before.byteLength >= size) return before;
    const block = this.#options.blocks.take(Math.max(size, 2 * BATCH_BYTES));
    if (before) {
      new Uint8Array(block).set(new Uint8Array(before, 0, this.#size));
      this.#options.blocks.give(before);
    }
    this.#block = block;
    return block;
  }
}
