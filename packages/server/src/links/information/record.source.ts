import { createHash } from 'node:crypto';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import {
  type OpenedInputs,
  openInputs,
  type ReadItem,
  type RecordReader,
  readRecords,
  type TableMapping,
} from '@quanlian/formats';
import { absolute, STDIN } from './load.key.js';
import type { LoadItem, LoadPosition, LoadSource } from './load.source.js';

/** Items between two looks at how far the reader is. */
const PROGRESS_EVERY = 100;

interface FileIdentity {
  readonly path: string;
  readonly identity: string;
}

/** Every file at or below a path in the order the readers take them: folders entered where their name sorts. */
async function identify(path: string): Promise<FileIdentity[]> {
  if (path === STDIN) return [{ path, identity: `stdin of process ${process.pid} at ${Date.now()}` }];
  const info = await stat(path);
  if (!info.isDirectory()) return [{ path, identity: `${info.size}:${info.mtimeMs}` }];
  const found: FileIdentity[] = [];
  for (const name of (await readdir(path)).sort()) {
    const below = join(path, name);
    const entry = await lstat(below);
    if (entry.isDirectory()) found.push(...(await identify(below)));
    else if (entry.isFile()) found.push({ path: below, identity: `${entry.size}:${entry.mtimeMs}` });
  }
  return found;
}

/** A digest of all files up to the one a position lies in. */
function fingerprintAt(files: readonly FileIdentity[], position: LoadPosition): string {
  const hash = createHash('sha256');
  for (const { path, identity } of files) {
    hash.update(path).update('\0').update(identity).update('\0');
    if (position.file === path || position.file.startsWith(`${path}!`)) return hash.digest('hex');
  }
  return 'nowhere';
}

/** Files as they are called in the corpus and in reports: from what was asked for on, without the way to it. */
function createRenaming(paths: readonly string[]) {
  const prefixes = paths.filter((path) => path !== STDIN).map((path) => dirname(path).replace(/[/\\]?$/, sep));
  const name = (file: string): string => {
    const prefix = prefixes.find((candidate) => file.startsWith(candidate));
    return prefix === undefined ? file : file.slice(prefix.length).split(sep).join('/');
  };
  return {
    name,
    document: (document: PatentDocument): PatentDocument => ({
      ...document,
      sources: document.sources.map((source) => ({ ...source, file: name(source.file) })),
    }),
    text: (text: string): string => prefixes.reduce((rest, prefix) => rest.replaceAll(prefix, ''), text),
  };
}
type Renaming = ReturnType<typeof createRenaming>;

function toLoadItem(item: ReadItem, renaming: Renaming, anchor: string): LoadItem {
  const at = { file: item.file.slice(anchor.length), record: item.record };
  switch (item.type) {
    case 'document':
      return { kind: 'document', document: renaming.document(item.document), at };
    case 'failure': {
      const { failure } = item;
      const renamed = { file: renaming.name(failure.file), message: renaming.text(failure.message) };
      return { kind: 'failure', failure: { ...failure, ...renamed }, at };
    }
    case 'asset':
      return { kind: 'asset', path: renaming.name(item.file), content: item.bytes, at };
  }
}

/** What a reader has counted since it was last asked. */
function createElementCounts(reader: RecordReader): () => LoadItem {
  let told: Readonly<Record<string, number>> = {};
  return () => {
    const now = reader.report().unknownElements;
    const unknown: Record<string, number> = {};
    for (const [path, times] of Object.entries(now)) {
      const more = times - (told[path] ?? 0);
      if (more > 0) unknown[path] = more;
    }
    told = { ...now };
    return { kind: 'elements', unknown };
  };
}

async function* readItems(reader: RecordReader, renaming: Renaming, anchor: string): AsyncGenerator<LoadItem> {
  const elements = createElementCounts(reader);
  let count = 0;
  for await (const item of reader) {
    yield toLoadItem(item, renaming, anchor);
    count += 1;
    if (count % PROGRESS_EVERY !== 0) continue;
    yield { kind: 'progress', bytesDone: reader.progress().done };
    yield elements();
  }
  yield { kind: 'progress', bytesDone: reader.progress().done };
  yield elements();
}

/** How a source is opened beside its paths. */
interface Opening {
  readonly format: string;
  readonly fingerprint: (position: LoadPosition) => string;
  /** The start of file names that positions leave out, because it may differ the next time. */
  readonly anchor: string;
  /** What the columns of tables mean. */
  readonly mapping: TableMapping | undefined;
}

function createSource(inputs: OpenedInputs, paths: readonly string[], opening: Opening): LoadSource {
  const { format, fingerprint, anchor, mapping } = opening;
  const renaming = createRenaming(paths);
  return {
    bytesTotal: inputs.progress.total,
    fingerprint,
    read(after, signal) {
      const from = after === undefined ? {} : { after: { file: anchor + after.file, record: after.record } };
      const options = { format, signal, ...(mapping ? { mapping } : {}), ...from };
      return readItems(readRecords(inputs, options), renaming, anchor);
    },
  };
}

/**
 * Opens files, folders and archives of this machine, `-` for standard input. Throws `load.not_found`; refuses an
 * unknown format when the reading begins.
 */
export async function openPathSource(
  paths: readonly string[],
  format = 'auto',
  mapping?: TableMapping,
): Promise<LoadSource> {
  const found = absolute(paths);
  const inputs = await openInputs(found, { workbooks: mapping !== undefined });
  const files = (await Promise.all(found.map(identify))).flat();
  const fingerprint = (position: LoadPosition) => fingerprintAt(files, position);
  return createSource(inputs, found, { format, fingerprint, anchor: '', mapping });
}

/** Opens an uploaded file, known by its name and the hash of its content wherever it lies. */
export async function openUploadSource(file: string, sha256: string, mapping?: TableMapping): Promise<LoadSource> {
  const inputs = await openInputs([file], { workbooks: mapping !== undefined });
  const fingerprint = () => `${basename(file)}:${sha256}`;
  return createSource(inputs, [file], { format: 'auto', fingerprint, anchor: dirname(file) + sep, mapping });
}
