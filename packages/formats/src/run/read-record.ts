import { hash } from 'node:crypto';
import { type LoadFailure, type PatentDocument, PatentDocumentSchema, QuanlianError } from '@quanlian/contract';
import { emptyCoverage, measure, type RecordCoverage } from '../common/coverage.js';
import type { JsonReader, XmlReader } from '../common/reader.js';
import { compact } from '../common/values.js';
import { JSON_READERS, readerOfRoot } from '../readers.js';
import { decodeRecord, isUtf8Label } from '../split/encoding.js';
import { isUtf8AfterAll, undoDoubleEncoding } from '../split/misread.js';
import type { RawRecord } from '../split/record.js';
import { charactersOf } from '../xml/characters.js';
import { parseRecord, type RepairedXml } from '../xml/repair.js';
import { createChecker } from './checker.js';
import { withoutEmptyClasses } from './empty-classes.js';

export interface ReadRecord {
  readonly document: PatentDocument;
  readonly format: string;
  readonly coverage: RecordCoverage;
  /** Entity names that nothing defines, with how often each occurred. */
  readonly unresolved: Readonly<Record<string, number>>;
  /** Names of the rules that made the record readable. */
  readonly repairs: readonly string[];
}

/** Where a record came from. */
export interface Origin {
  readonly file: string;
  readonly fileDate?: string | undefined;
  /** Take only this format; undefined takes any. */
  readonly format?: string | undefined;
}

/** Reads one record into a document. Throws a `QuanlianError` with a `record.*` code that says what is wrong. */
export function readRecord(given: RawRecord, origin: Origin): ReadRecord {
  const { record, rule } = trueEncoding(given);
  const read = named(record.root === '' ? readJson(record, origin) : readXml(record), rule);
  const sha256 = hash('sha256', given.bytes);
  const source = compact({
    format: read.format,
    file: origin.file,
    offset: record.offset,
    sha256,
    sourceDate: read.sourceDate,
    fileDate: origin.fileDate,
  });
  const sources = [...(read.sources ?? []), source];
  const document = { ...withoutEmptyClasses(read.document), sources };
  if (!isDocument(document)) refuseInvalid(document);
  return {
    document,
    format: read.format,
    coverage: read.coverage,
    unresolved: read.unresolved,
    repairs: read.repairs,
  };
}

/**
 * The record under the encoding it truly has, where that is beyond doubt, and the rule by which it was mended: UTF-8
 * under another label, or UTF-8 that was taken for Latin-1 and written as UTF-8 once more.
 */
function trueEncoding(record: RawRecord): { record: RawRecord; rule?: string } {
  const { bytes, encoding } = record;
  if (!isUtf8Label(encoding)) {
    return isUtf8AfterAll(bytes)
      ? { record: { ...record, encoding: undefined }, rule: 'declared-encoding' }
      : { record };
  }
  const before = undoDoubleEncoding(bytes);
  return before ? { record: { ...record, bytes: before }, rule: 'double-encoding' } : { record };
}

/** Notes a rule among the repairs of a record. */
function named(read: Read, rule: string | undefined): Read {
  if (rule === undefined) return read;
  const repairs = [rule, ...read.repairs];
  return { ...read, repairs, document: { ...read.document, extra: { ...read.document.extra, repairs } } };
}

const isDocument = createChecker(PatentDocumentSchema);

/** Says where a document does not fit its schema. */
function refuseInvalid(document: Partial<PatentDocument>): void {
  if (!document.number) {
    throw new QuanlianError('record.no_number', 'The record has a publication number without a letter or digit.');
  }
  const issue = PatentDocumentSchema.safeParse(document).error?.issues[0];
  if (!issue) return;
  throw new QuanlianError(
    'record.invalid',
    `The record has a wrong value at ${issue.path.join('.') || '?'}: ${issue.message}.`,
  );
}

interface Read {
  readonly document: Omit<PatentDocument, 'sources'>;
  readonly sources?: PatentDocument['sources'] | undefined;
  readonly sourceDate?: string | undefined;
  readonly format: string;
  readonly coverage: RecordCoverage;
  readonly unresolved: Readonly<Record<string, number>>;
  readonly repairs: readonly string[];
}

function readXml(record: RawRecord): Read {
  const reader = readerOfRoot(record.root);
  if (!reader) throw new QuanlianError('record.unknown_format', `No reader takes <${record.root}>.`);
  const { root, unresolved, repairs } = treeOf(reader, record);
  const { document, sourceDate, part } = reader.read(root, record.context);
  const coverage = measure(root, reader.leftOut);
  const named = repairs.length === 0 ? document : { ...document, extra: { ...document.extra, repairs } };
  const format = part ?? reader.format;
  return { document: named, sourceDate, format, coverage, unresolved: Object.fromEntries(unresolved), repairs };
}

function treeOf(reader: XmlReader, { bytes, encoding, context }: RawRecord): RepairedXml {
  if (!reader.parse) return parseRecord(bytes, encoding, reader.repairs);
  return { root: reader.parse(decodeRecord(bytes, encoding), context), unresolved: new Map(), repairs: [] };
}

function readJson(record: RawRecord, origin: Origin): Read {
  const value = parseObject(decodeRecord(record.bytes, undefined));
  const reader = jsonReader(value, origin.format);
  if (!reader)
    throw new QuanlianError('record.unknown_format', 'The line is JSON, but of no format that a reader takes.');
  const { document, sourceDate, sources, part } = reader.read(value);
  const total = characters(value);
  const coverage = { ...emptyCoverage(), records: 1, total, taken: total, unknownElements: {} };
  return { document, sourceDate, sources, format: part ?? reader.format, coverage, unresolved: {}, repairs: [] };
}

function jsonReader(value: Readonly<Record<string, unknown>>, format: string | undefined): JsonReader | undefined {
  return JSON_READERS.find((reader) => (format === undefined ? reader.recognizes(value) : reader.format === format));
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new QuanlianError('record.malformed', `The line is not JSON: ${why}.`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new QuanlianError('record.malformed', 'The line is JSON but not an object.');
}

/** Characters of all strings and numbers in a JSON value. */
function characters(value: unknown): number {
  if (typeof value === 'string') return charactersOf(value);
  if (typeof value === 'number') return String(value).length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, one) => sum + characters(one), 0);
}

/** The failure that an error stands for; errors that are no refusal count as a fault of the reader. */
export function failureOf(error: unknown, place: { file: string; offset: number }): LoadFailure {
  if (error instanceof QuanlianError) return { code: error.code, message: error.message, ...place };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'record.reader_failed', message: `The reader failed on this record: ${message}.`, ...place };
}
