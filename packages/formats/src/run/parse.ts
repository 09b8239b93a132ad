import { openInputs } from '../input/open.js';
import type { ReadItem } from './items.js';
import { type ReadOptions, type RecordReader, readRecords } from './read-records.js';

export interface ParseOptions extends ReadOptions {
  /** What `-` stands for; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** Opens paths and reads their records: what `quanlian parse PATH… --format auto` prints. */
export async function parsePaths(paths: readonly string[], options: ParseOptions = {}): Promise<RecordReader> {
  const { stdin, ...rest } = options;
  const workbooks = rest.mapping !== undefined;
  return readRecords(await openInputs(paths, { workbooks, ...(stdin === undefined ? {} : { stdin }) }), rest);
}

/** Reads the records of bytes at hand, packed or not, on the calling thread. `name` stands for the file. */
export async function parseBytes(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<ReadItem[]> {
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const inputs = await openInputs(['-'], {
    stdin: source(),
    stdinName: name,
    workbooks: options.mapping !== undefined,
  });
  const items: ReadItem[] = [];
  for await (const item of readRecords(inputs, { threads: 0, ...options })) items.push(item);
  return items;
}
