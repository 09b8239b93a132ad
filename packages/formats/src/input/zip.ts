import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { pipeline as finished } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { type ArchiveLimits, type ExpansionBudget, refused } from './limits.js';
import { free } from './memory.js';
import { DEFLATE, openSmallMembers, type SmallMembers } from './zip-small.js';

/** A member of an archive, or why it is not opened. Its bytes are valid until the next member is asked for. */
export type Member =
  | { readonly name: string; readonly chunks: AsyncIterable<Uint8Array>; readonly packed: number }
  | { readonly name: string; readonly refusal: Error };

/**
 * The members of a zip archive in its own order. The whole directory is looked at first: names that point
 * outside, links, encrypted members, too many members and members that share their bytes are refused.
 */
export async function* zipMembers(
  name: string,
  path: string,
  budget: ExpansionBudget,
  limits: ArchiveLimits,
): AsyncGenerator<Member> {
  const zip = await open(name, path);
  const small = await openSmallMembers(path);
  try {
    const entries = await readDirectory(name, zip, limits);
    refuseOverlap(name, entries);
    const seen = new Set<string>();
    for (const entry of entries) {
      if (entry.fileName.endsWith('/')) continue;
      const why = whyNot(entry, seen);
      seen.add(entry.fileName);
      if (why) yield { name: entry.fileName, refusal: refused(`${name}!${entry.fileName}`, why) };
      else {
        const used: Uint8Array[] = [];
        yield {
          name: entry.fileName,
          chunks: memberChunks({ archive: name, zip, small, budget }, entry, used),
          packed: entry.compressedSize,
        };
        for (const bytes of used) free(bytes);
      }
    }
  } finally {
    zip.close();
    await small.close();
  }
}

function open(name: string, path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(
      path,
      { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true },
      (error, zip) => {
        if (error) reject(refused(name, `it is no sound zip archive (${error.message})`, error));
        else resolve(zip);
      },
    );
  });
}

function readDirectory(name: string, zip: ZipFile, limits: ArchiveLimits): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    if (zip.entryCount > limits.entries) {
      reject(refused(name, `it has more than ${limits.entries} members`));
      return;
    }
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > limits.entries) reject(refused(name, `it has more than ${limits.entries} members`));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (error: Error) => reject(refused(name, `its directory is not sound (${error.message})`, error)));
    zip.readEntry();
  });
}

const LOCAL_HEADER = 30;

/** Members whose stored bytes overlap are how small archives unpack to terabytes. */
function refuseOverlap(name: string, entries: readonly Entry[]): void {
  const spans = entries
    .map((entry) => ({
      from: entry.relativeOffsetOfLocalHeader,
      to: entry.relativeOffsetOfLocalHeader + LOCAL_HEADER + entry.compressedSize,
    }))
    .sort((a, b) => a.from - b.from);
  for (const [index, span] of spans.entries()) {
    const next = spans[index + 1];
    if (next && next.from < span.to) throw refused(name, 'its members overlap');
  }
}

const FILE_TYPE = 0xf000;
const LINK = 0xa000;

function whyNot(entry: Entry, seen: ReadonlySet<string>): string | undefined {
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === LINK) return 'it is a link, and links are not followed';
  if (entry.isEncrypted()) return 'it is encrypted';
  return seen.has(entry.fileName) ? 'an earlier member of the archive has the same name' : undefined;
}

/** Unpacked bytes that come at once: small steps cost more than the unpacking. */
const MAX_STEP = 256 * 1024;
const MIN_STEP = 4 * 1024;

function openMember(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const opened = (error: Error | null, readable: Readable): void => {
      if (error) reject(error);
      else resolve(readable);
    };
    if (entry.compressionMethod !== DEFLATE) zip.openReadStream(entry, opened);
    else zip.openReadStream(entry, { decompress: false, decrypt: null, start: null, end: null }, opened);
  });
}

interface Archive {
  readonly archive: string;
  readonly zip: ZipFile;
  readonly small: SmallMembers;
  readonly budget: ExpansionBudget;
}

async function* memberChunks(archive: Archive, entry: Entry, used: Uint8Array[]): AsyncGenerator<Uint8Array> {
  const whole = await archive.small.unpack(entry);
  if (whole === undefined) yield* streamedChunks(archive, entry);
  else {
    archive.budget.add(whole.length);
    used.push(whole);
    yield whole;
  }
}

async function* streamedChunks({ archive, zip, budget }: Archive, entry: Entry): AsyncGenerator<Uint8Array> {
  const member = `${archive}!${entry.fileName}`;
  const packed = await openMember(zip, entry).catch((error: unknown) => {
    throw refused(member, `it cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
  });
  const size = entry.uncompressedSize;
  const step = Math.min(MAX_STEP, Math.max(MIN_STEP, size));
  // Errors reach the reader through the iterator below.
  const stream =
    entry.compressionMethod === DEFLATE
      ? pipeline(packed, createInflateRaw({ chunkSize: step }), () => undefined)
      : packed;
  let left = size;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      left -= chunk.length;
      if (left < 0) throw new Error('it is longer than the directory says');
      budget.add(chunk.length);
      yield chunk;
    }
    if (left > 0) throw new Error('it is shorter than the directory says');
  } catch (error) {
    if (error instanceof Error && error.name === 'QuanlianError') throw error;
    throw refused(member, 'its compressed data is damaged', error);
  } finally {
    stream.destroy();
    packed.destroy();
  }
}

/** Writes a stream to a file of its own outside the data folder, for formats that must be read from the end. */
export async function spool(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ path: string; size: number; remove: () => Promise<void> }> {
  const path = join(tmpdir(), `quanlian-${randomUUID()}.zip`);
  const remove = (): Promise<void> => rm(path, { force: true });
  let size = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw refused(name, `it is an archive inside another and larger than ${limit} bytes`);
      yield chunk;
    }
  };
  try {
    await finished(Readable.from(counted()), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, size, remove };
}
