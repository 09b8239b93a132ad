import { createHash } from 'node:crypto';
import { type LoadFailure, QuanlianError } from '@quanlian/contract';
import type { Input, InputFile } from '../input/types.js';
import { INNER_ROOTS, JSON_READERS, rootsOf } from '../readers.js';
import { detectContent, holdsRoot, imageTypeOfName, isDefinition, isIgnoredName } from '../split/detect.js';
import { byteOrderMark, decodeChunks } from '../split/encoding.js';
import { whyIgnored } from '../split/ignored.js';
import { createLineSplitter } from '../split/lines.js';
import { otherSplitter } from '../split/other.js';
import type { RawRecord, Split, Splitter } from '../split/record.js';
import { createXmlSplitter } from '../split/xml.js';
import { createTableSplitter } from '../table/csv.js';
import type { TableMapping } from '../table/mapping.js';
import type { AssetItem, FailureItem, Place } from './items.js';
import { failureOf } from './read-record.js';

/** A record to be read, an item that is ready, or a file without records. */
export type Slot =
  | ({ readonly type: 'record'; readonly raw: RawRecord; readonly fileDate: string | undefined } & Place)
  | FailureItem
  | AssetItem
  | { readonly type: 'ignored'; readonly file: string; readonly record: number; readonly why: string };

export interface SlotOptions {
  /** What the columns of a table mean; every text file is then read as a table. */
  readonly mapping?: TableMapping | undefined;
  readonly format: string | undefined;
  readonly maxRecordBytes: number | undefined;
}

/** Largest image kept in memory on its way to the caller. */
const MAX_ASSET_BYTES = 256 * 1024 * 1024;

/** What one input holds, in order. Errors while reading it become a failure at its end. */
export async function* slotsOf(input: Input, options: SlotOptions): AsyncGenerator<Slot> {
  if (input.kind === 'failure') {
    yield failureSlot(input.failure, 0);
    return;
  }
  const counter = { next: 0 };
  try {
    yield* readFile(input, options, counter);
  } catch (error) {
    const failure = failureOf(error, { file: input.name, offset: 0 });
    const code = failure.code === 'record.reader_failed' ? 'load.archive_refused' : failure.code;
    yield failureSlot({ ...failure, code }, counter.next);
  }
}

function failureSlot(failure: LoadFailure, record: number, bytes = 0): FailureItem {
  return { type: 'failure', failure, file: failure.file, record, offset: failure.offset, bytes };
}

async function* readFile(file: InputFile, options: SlotOptions, counter: { next: number }): AsyncGenerator<Slot> {
  if (isDefinition(file.name)) {
    yield { type: 'ignored', file: file.name, record: 0, why: whyIgnored(file.name, file.head) };
    return;
  }
  const mark = byteOrderMark(file.head);
  const head = await decodedHead(file.head);
  const content = detectContent(head);
  if (content.kind === 'image') {
    yield imageTypeOfName(file.name) === content.mediaType
      ? await asset(file, content.mediaType)
      : unknown(file.name, `it is ${content.mediaType} under another name`);
    return;
  }
  const roots = rootsOf(options.format);
  const splitterOptions = {
    start: mark.length,
    ...(options.maxRecordBytes === undefined ? {} : { maxRecordBytes: options.maxRecordBytes }),
  };
  if (options.mapping && content.kind !== 'xml') {
    yield* splitFile(file, mark, createTableSplitter(options.mapping, splitterOptions), counter);
    return;
  }
  const other = otherSplitter(head, { format: options.format, ...splitterOptions });
  if (other) {
    yield* splitFile(file, mark, other, counter);
    return;
  }
  const isXml = content.kind === 'xml' || (content.kind === 'unknown' && holdsRoot(head, roots));
  if (isXml && !(isIgnoredName(file.name) && !holdsRoot(head, roots))) {
    const splitter = createXmlSplitter({ roots, inner: INNER_ROOTS, encoding: mark.encoding, ...splitterOptions });
    yield* splitFile(file, mark, splitter, counter);
  } else if (content.kind === 'json' && isJsonLines(head, options.format)) {
    yield* splitFile(file, mark, createLineSplitter(splitterOptions), counter);
  } else if (isIgnoredName(file.name))
    yield { type: 'ignored', file: file.name, record: 0, why: whyIgnored(file.name, head) };
  else yield unknown(file.name, content.kind === 'empty' ? 'it is empty' : 'no reader recognizes its content');
}

async function decodedHead(head: Uint8Array): Promise<Uint8Array> {
  const mark = byteOrderMark(head);
  if (mark.encoding === 'bytes') return head.subarray(mark.length);
  const parts: Uint8Array[] = [];
  for await (const part of decodeChunks(one(head), mark.encoding, mark.length)) parts.push(part);
  return Buffer.concat(parts);
}

async function* one(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  yield chunk;
}

function unknown(file: string, why: string): FailureItem {
  return failureSlot({ code: 'load.unknown_format', message: `${file} was not loaded: ${why}.`, file, offset: 0 }, 0);
}

/** The first line decides: an object that a reader recognizes, or a line too long to see whole. */
function isJsonLines(head: Uint8Array, format: string | undefined): boolean {
  const text = Buffer.from(head).toString('utf8').trimStart();
  const end = text.indexOf('\n');
  if (end < 0 && head.length >= 60_000) return true;
  try {
    const value = JSON.parse(end < 0 ? text : text.slice(0, end)) as Record<string, unknown>;
    return format !== undefined || JSON_READERS.some((reader) => reader.recognizes(value));
  } catch {
    // A first line that is broken while the next ones may not be: told from pretty-printed JSON by its length.
    return (end < 0 ? text.length : end) > 40;
  }
}

async function* splitFile(
  file: InputFile,
  mark: ReturnType<typeof byteOrderMark>,
  splitter: Splitter,
  counter: { next: number },
): AsyncGenerator<Slot> {
  // Documents of foreign formats are held back: a file of nothing else is one failure, not thousands.
  const held: FailureItem[] = [];
  let foreign = 0;
  let first: FailureItem | undefined;
  let found = false;
  const slots = function* (splits: readonly Split[]): Generator<Slot> {
    for (const split of splits) {
      if (split.kind === 'refused' && split.code === 'record.unknown_format' && !found) {
        foreign += 1;
        if (held.length < 1000) held.push(refusedSlot(file.name, split, counter.next++));
        first ??= held[0];
        continue;
      }
      if (split.kind === 'record' && !found) {
        found = true;
        yield* held.splice(0);
      }
      const record = counter.next++;
      yield split.kind === 'record'
        ? { type: 'record', raw: split, file: file.name, fileDate: file.fileDate, record }
        : refusedSlot(file.name, split, record);
    }
  };
  let failed: unknown;
  try {
    for await (const chunk of decodeChunks(file.chunks, mark.encoding, mark.length)) yield* slots(splitter.push(chunk));
  } catch (error) {
    failed = error;
  }
  yield* slots(splitter.end());
  if (!found && first && foreign > 0) yield unknown(file.name, first.failure.message.replace(/\.$/, ''));
  else if (counter.next === 0 && failed === undefined) yield unknown(file.name, 'it holds no record');
  if (failed !== undefined) throw failed;
}

function refusedSlot(
  file: string,
  { code, message, offset, length }: Extract<Split, { kind: 'refused' }>,
  record: number,
): FailureItem {
  return failureSlot({ code, message, file, offset }, record, length);
}

async function asset(file: InputFile, mediaType: string): Promise<AssetItem> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file.chunks) {
    size += chunk.length;
    if (size > MAX_ASSET_BYTES)
      throw new QuanlianError('record.too_large', `The image ${file.name} is larger than ${MAX_ASSET_BYTES} bytes.`);
    parts.push(chunk);
  }
  const bytes = Buffer.concat(parts);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = file.name.slice(
    Math.max(file.name.lastIndexOf('/'), file.name.lastIndexOf('!'), file.name.lastIndexOf('\\')) + 1,
  );
  return { type: 'asset', file: file.name, record: 0, name, mediaType, bytes, sha256 };
}
