import { addCounts, addCoverage, type Coverage, emptyCoverage } from '../common/coverage.js';
import type { ReadRecord } from './read-record.js';

/** What a reading run did so far. */
export interface ReadReport {
  /** Records read into documents. */
  read: number;
  /** Records and files that could not be taken, by error code. */
  failed: number;
  failures: Record<string, number>;
  /** Files without records that come with loads: DTDs, texts, pages, indexes. */
  ignored: number;
  /** The first of them, and why each holds no records. */
  passedOver: { readonly file: string; readonly why: string }[];
  assets: number;
  /** Element paths that no reader takes, with how often each occurred. */
  unknownElements: Record<string, number>;
  /** Entity names that nothing defines, with how often each occurred; their references stay in the text. */
  unresolvedEntities: Record<string, number>;
  /** Rules that made broken records readable, with how many records each mended. */
  repairs: Record<string, number>;
  /** What became of the characters of the sources, by format. */
  coverage: Record<string, Coverage>;
}

export function emptyReport(): ReadReport {
  return {
    read: 0,
    failed: 0,
    failures: {},
    ignored: 0,
    passedOver: [],
    assets: 0,
    unknownElements: {},
    unresolvedEntities: {},
    repairs: {},
    coverage: {},
  };
}

/** What a batch of records adds to the report. */
export interface BatchReport {
  readonly coverage: Record<string, Coverage>;
  readonly unknownElements: Record<string, number>;
  readonly unresolvedEntities: Record<string, number>;
  readonly repairs: Record<string, number>;
}

export function emptyBatchReport(): BatchReport {
  return { coverage: {}, unknownElements: {}, unresolvedEntities: {}, repairs: {} };
}

export function addRecord(sum: BatchReport, { format, coverage, unresolved, repairs }: ReadRecord): void {
  // Some records are sources of their own, named behind a colon; their account is that of their format.
  const end = format.indexOf(':');
  const name = end < 0 ? format : format.slice(0, end);
  sum.coverage[name] ??= emptyCoverage();
  addCoverage(sum.coverage[name], coverage);
  addCounts(sum.unknownElements, coverage.unknownElements);
  addCounts(sum.unresolvedEntities, unresolved);
  for (const rule of repairs) sum.repairs[rule] = (sum.repairs[rule] ?? 0) + 1;
}

export function addBatch(sum: BatchReport, more: BatchReport): void {
  for (const [format, coverage] of Object.entries(more.coverage)) {
    sum.coverage[format] ??= emptyCoverage();
    addCoverage(sum.coverage[format], coverage);
  }
  addCounts(sum.unknownElements, more.unknownElements);
  addCounts(sum.unresolvedEntities, more.unresolvedEntities);
  addCounts(sum.repairs, more.repairs);
}
