import { availableParallelism } from 'node:os';
import { QuanlianError } from '@quanlian/contract';
import type { OpenedInputs } from '../input/open.js';
import type { InputProgress } from '../input/types.js';
import { FORMATS } from '../readers.js';
import type { TableMapping } from '../table/mapping.js';
import { type Slot, slotsOf } from './batches.js';
import { type Blocks, createBlocks } from './blocks.js';
import type { ReadItem } from './items.js';
import { type Batch, type Entry, Packer } from './packing.js';
import { createPool, type Done, type Pool } from './pool.js';
import { ReadDocument, type RecordPlace } from './read-document.js';
import { addBatch, emptyReport, type ReadReport } from './report.js';

export interface ReadOptions {
  /** A name of `FORMATS`, or `auto` (the default) to tell by content. */
  readonly format?: string;
  /** What the columns of a table mean; files that are not XML are then read as tables. */
  readonly mapping?: TableMapping;
  /** Reading threads; 0 reads on the calling thread. By default as many as processors, at most 8: the calling thread does little. */
  readonly threads?: number;
  /** Ends the reading with `load.stopped`. */
  readonly signal?: AbortSignal;
  /** The last record an earlier run committed; reading goes on after it. The inputs must be the same. */
  readonly after?: { readonly file: string; readonly record: number };
  /** Milliseconds one record may take; 60 000 by default. */
  readonly recordTimeout?: number;
  readonly maxRecordBytes?: number;
  /** The caller asks for the JSON of documents rather than for objects: the threads make it. */
  readonly asJson?: boolean;
}

/** Items in input order; `progress` and `report` stand for the items given out so far. */
export interface RecordReader extends AsyncIterable<ReadItem> {
  progress(): InputProgress;
  report(): ReadReport;
}

/** Files without records that a report names. */
const PASSED_OVER_NAMED = 5000;

/**
 * Reads every record of the inputs on threads, in input order and no faster than the caller takes them.
 * A record that fails, or breaks its thread, becomes a failure; the others are read. Can be iterated once.
 */
export function readRecords(inputs: OpenedInputs, options: ReadOptions = {}): RecordReader {
  const format = options.format === undefined || options.format === 'auto' ? undefined : options.format;
  if (format !== undefined && !FORMATS.includes(format)) {
    throw new QuanlianError(
      'usage.invalid',
      `There is no format "${format}"; the formats are auto, ${FORMATS.join(', ')}.`,
    );
  }
  const report = emptyReport();
  const progress = { done: 0, total: inputs.progress.total };
  return {
    progress: () => ({ ...progress }),
    report: () => report,
    [Symbol.asyncIterator]: () => iterate(inputs, { ...options, format }, report, progress),
  };
}

type Options = Omit<ReadOptions, 'format'> & { readonly format: string | undefined };

async function* iterate(
  inputs: OpenedInputs,
  options: Options,
  report: ReadReport,
  progress: InputProgress,
): AsyncGenerator<ReadItem> {
  const threads = options.threads ?? Math.max(1, Math.min(8, availableParallelism()));
  const pool = createPool({ threads, recordTimeout: options.recordTimeout ?? 60_000 });
  const blocks = createBlocks();
  const packer = new Packer({ blocks, format: options.format, asJson: options.asJson ?? false });
  const pending: Promise<Finished>[] = [];
  try {
    for await (const batch of batches(inputs, packer, options)) {
      refuseIfStopped(options.signal);
      pending.push(finish(batch, pool, blocks));
      if (pending.length > pool.width) yield* give(await (pending.shift() as Promise<Finished>), report, progress);
    }
    while (pending.length > 0) {
      refuseIfStopped(options.signal);
      yield* give(await (pending.shift() as Promise<Finished>), report, progress);
    }
    progress.done = inputs.progress.done;
  } finally {
    for (const one of pending) one.catch(() => undefined);
    await pool.close();
  }
}

function refuseIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new QuanlianError('load.stopped', 'The load was stopped; run it again to go on where it ended.');
}

/** Gathers slots until a batch is worth a message. */
async function* batches(inputs: OpenedInputs, packer: Packer, options: Options): AsyncGenerator<Batch> {
  for await (const slot of slotsAfter(inputs, options)) {
    packer.add(slot);
    if (packer.isFull) yield packer.close(inputs.progress.done);
  }
  if (!packer.isEmpty) yield packer.close(inputs.progress.done);
}

async function* slotsAfter(inputs: OpenedInputs, options: Options): AsyncGenerator<Slot> {
  const { after } = options;
  let reached = after === undefined;
  for await (const input of inputs) {
    const name = input.kind === 'file' ? input.name : input.failure.file;
    const isLast = !reached && name === after?.file;
    if (!reached && !isLast) continue;
    reached = true;
    for await (const slot of slotsOf(input, {
      format: options.format,
      maxRecordBytes: options.maxRecordBytes,
      mapping: options.mapping,
    })) {
      refuseIfStopped(options.signal);
      if (!isLast || slot.record > (after?.record ?? -1)) yield slot;
    }
  }
  if (!reached) {
    throw new QuanlianError(
      'load.not_found',
      `The load cannot go on: ${after?.file} is no longer among its files. Start it anew.`,
    );
  }
}

interface Finished {
  readonly entries: readonly Entry[];
  readonly done: number;
  readonly result: Done;
}

async function finish({ entries, job, done }: Batch, pool: Pool, blocks: Blocks): Promise<Finished> {
  const result = await pool.run(job);
  blocks.give(job.block.buffer as SharedArrayBuffer);
  return { entries, done, result };
}

/** Gives the items of a batch out in order, counting each as it goes. */
function* give({ entries, done, result }: Finished, report: ReadReport, progress: InputProgress): Generator<ReadItem> {
  addBatch(report, result.report);
  progress.done = done;
  let next = 0;
  for (const entry of entries) {
    const { item, leave } = entry.type === 'record' ? itemOf(entry, result, next++) : { item: entry };
    if (item.type === 'ignored') {
      report.ignored += 1;
      if (report.passedOver.length < PASSED_OVER_NAMED) report.passedOver.push({ file: item.file, why: item.why });
    } else {
      count(report, item);
      try {
        yield item;
      } finally {
        // Also when the caller takes no more: the item is its own, and the thread ends.
        leave?.();
      }
    }
  }
  result.port?.close();
}

/** An item, and what is to be done before the next one is taken. */
interface Handed {
  readonly item: ReadItem;
  readonly leave?: () => void;
}

function itemOf({ type: _, ...place }: RecordPlace & { type: 'record' }, result: Done, index: number): Handed {
  const outcome = result.outcomes[index];
  if (outcome === undefined) throw new Error(`the reader gave ${result.outcomes.length} results, too few`);
  if ('failure' in outcome) return { item: { type: 'failure', failure: outcome.failure, ...place } };
  const item = new ReadDocument(outcome, result.port, place);
  return { item, leave: () => item.take() };
}

function count(report: ReadReport, item: ReadItem): void {
  if (item.type === 'document') report.read += 1;
  else if (item.type === 'asset') report.assets += 1;
  else {
    report.failed += 1;
    report.failures[item.failure.code] = (report.failures[item.failure.code] ?? 0) + 1;
  }
}
