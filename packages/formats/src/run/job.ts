import type { LoadFailure, PatentDocument } from '@quanlian/contract';
import type { RawRecord } from '../split/record.js';
import { failureOf, readRecord } from './read-record.js';
import { addRecord, type BatchReport, emptyBatchReport } from './report.js';

/** A record on its way to a worker: its bytes are a stretch of the job's block. */
export interface PackedRecord extends Omit<RawRecord, 'bytes' | 'kind'> {
  readonly file: string;
  readonly fileDate: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** Records read together; one message each way keeps threads worth their while. */
export interface Job {
  readonly block: Uint8Array;
  readonly records: readonly PackedRecord[];
  readonly format: string | undefined;
  /** Give documents as JSON text instead of objects. */
  readonly asJson: boolean;
  /** Records that broke a worker before, with what is reported for them. */
  readonly broken: Readonly<Record<number, LoadFailure>>;
}

/**
 * What became of a record; `sent` is the number of messages in which a document (or its JSON) went to another thread.
 * Objects cross threads at half the cost of their JSON, which is made only where it is wanted.
 */
export type Outcome =
  | { readonly sent: number }
  | { readonly document: PatentDocument }
  | { readonly json: string }
  | { readonly failure: LoadFailure };

export interface JobResult {
  readonly outcomes: readonly Outcome[];
  readonly report: BatchReport;
}

export interface RunOptions {
  /** Hears the index of each record before it is begun. */
  readonly onRecord?: (index: number) => void;
  /** Sends a document or its JSON to another thread; gives the number of messages. */
  readonly send?: (value: PatentDocument | string) => number;
}

/** Reads the records of a job in order. */
export function runJob(job: Job, options: RunOptions = {}): JobResult {
  const report = emptyBatchReport();
  const outcomes = job.records.map((packed, index): Outcome => {
    const broken = job.broken[index];
    if (broken) return { failure: broken };
    options.onRecord?.(index);
    const { from, to, file, fileDate, ...rest } = packed;
    try {
      const record: RawRecord = { kind: 'record', bytes: job.block.subarray(from, to), ...rest };
      const read = readRecord(record, { file, fileDate, format: job.format });
      addRecord(report, read);
      return outcomeOf(job.asJson ? JSON.stringify(read.document) : read.document, options);
    } catch (error) {
      return { failure: failureOf(error, { file, offset: packed.offset }) };
    }
  });
  return { outcomes, report };
}

function outcomeOf(value: PatentDocument | string, { send }: RunOptions): Outcome {
  if (send) return { sent: send(value) };
  return typeof value === 'string' ? { json: value } : { document: value };
}
