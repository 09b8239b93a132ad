import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { QuanlianError } from '@quanlian/contract';
import { connect, firstFilled, MIGRATIONS, readTableFiles, readTables, type WorkDatabase } from '@quanlian/db';
import tar from 'tar-stream';
import {
  type BackupHead,
  type BackupTail,
  FILES,
  FOLDERS,
  HEAD_NAME,
  HeadSchema,
  measure,
  TABLE_FOLDER,
  TAIL_NAME,
  TailSchema,
} from './archive.js';

export interface RestoreOptions {
  readonly archive: string;
  /** The data folder to be; nothing of an installation may be in it. */
  readonly root: string;
  /** The operator's own PostgreSQL, if that is to hold the work. */
  readonly url?: string | undefined;
}

function refuse(sentence: string, cause?: unknown): never {
  throw new QuanlianError('backup.refused', sentence, cause === undefined ? {} : { cause });
}

const NAME = /^[\p{L}\p{N}._+-]+(?:\/[\p{L}\p{N}._+-]+)*$/u;

/** Whether an entry's name is one that a backup writes: no way out of the folder, nothing unknown. */
function isExpected(name: string): boolean {
  if (!NAME.test(name) || name.split('/').some((part) => part === '.' || part === '..')) return false;
  if ([HEAD_NAME, TAIL_NAME, ...FILES].includes(name)) return true;
  return name.startsWith(TABLE_FOLDER) || FOLDERS.some((folder) => name.startsWith(`${folder}/`));
}

/** Unpacks every entry beside the data folder; tells what came. */
async function unpack(archive: string, into: string): Promise<BackupTail['entries']> {
  const found: BackupTail['entries'] = [];
  const extract = tar.extract();
  const unpacking = (async () => {
    for await (const entry of extract) {
      const { name, type } = entry.header;
      if (type !== 'file' || !isExpected(name)) refuse(`The archive holds “${name}”, which no backup does.`);
      await mkdir(dirname(join(into, name)), { recursive: true, mode: 0o700 });
      const measured = measure();
      await pipeline(
        entry as unknown as Readable,
        measured.stream,
        createWriteStream(join(into, name), { mode: 0o600 }),
      );
      found.push({ name, ...measured.result() });
    }
  })();
  await Promise.all([
    pipeline(createReadStream(archive), createGunzip(), extract as unknown as NodeJS.WritableStream),
    unpacking,
  ]);
  return found;
}

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'));

/** Unpacks and checks the archive against its own contents. */
async function open(archive: string, into: string): Promise<{ head: BackupHead; entries: BackupTail['entries'] }> {
  try {
    const entries = await unpack(archive, into);
    const head = HeadSchema.parse(await readJson(join(into, HEAD_NAME)));
    const tail = TailSchema.parse(await readJson(join(into, TAIL_NAME)));
    const came = entries.filter(({ name }) => name !== TAIL_NAME);
    if (JSON.stringify(came) !== JSON.stringify(tail.entries)) refuse('The archive is not as it was written.');
    return { head, entries: came };
  } catch (error) {
    if (error instanceof QuanlianError) throw error;
    return refuse(`${archive} is no backup, or it is damaged or cut.`, error);
  }
}

/** Throws unless the folder has nothing that a restore would write over. */
async function requireEmptyFolder(root: string): Promise<void> {
  const names = await readdir(root).catch(() => [] as string[]);
  const taken = names.filter((name) => [...FOLDERS, ...FILES, 'db', 'uploads'].includes(name));
  if (taken.length > 0)
    refuse(`${root} is not empty (${taken.join(', ')}). Name a folder with --data that holds no installation.`);
}

async function fillTables(work: WorkDatabase, head: BackupHead, from: string): Promise<void> {
  const client = await work.ownerClient();
  try {
    const filled = await firstFilled(client);
    if (filled) refuse(`The database is not empty (${filled}). Name a new one in DATABASE_URL.`);
    const known = new Set((await readTables(client)).map(({ name }) => name));
    const strange = head.tables.find(({ name }) => !known.has(name));
    if (strange) refuse(`The backup has a table “${strange.name}” that this version does not know.`);
    await readTableFiles(client, head.tables, join(from, TABLE_FOLDER));
  } finally {
    await client.end();
  }
}

async function placeFiles(from: string, root: string): Promise<void> {
  for (const name of [...FOLDERS, ...FILES]) {
    await rename(join(from, name), join(root, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

/** An older version's backup comes back into the schema it was made with; what came since runs at the next start. */
function requireKnown({ migrations, program }: BackupHead): void {
  const isKnown = migrations.length > 0 && migrations.every((name) => name in MIGRATIONS);
  if (!isKnown) refuse(`The backup was made by version ${program}, which this version cannot read.`);
}

/** Files of an embedded server that was made for a restore which did not come to its end. */
const EMBEDDED = ['db', 'db.new', 'db.password', 'db.log', 'db.lock', 'runtime'];

async function fillDatabase(
  { root, url }: Omit<RestoreOptions, 'archive'>,
  head: BackupHead,
  from: string,
): Promise<void> {
  requireKnown(head);
  try {
    const work = await connect({ dataDir: root, url, onlyMigrations: head.migrations });
    try {
      await fillTables(work, head, from);
    } finally {
      await work.close();
    }
  } catch (error) {
    if (!url) for (const name of EMBEDDED) await rm(join(root, name), { recursive: true, force: true });
    throw error;
  }
}

/**
 * Puts a backup back into an empty data folder and an empty database, the embedded one or an operator's own. Throws
 * `backup.refused` when the target is not empty or the archive is not whole; files appear only once the database is in.
 */
export async function restoreBackup({
  archive,
  root,
  url,
}: RestoreOptions): Promise<{ head: BackupHead; files: number }> {
  await requireEmptyFolder(root);
  await mkdir(root, { recursive: true });
  const from = await mkdtemp(join(root, 'restoring-'));
  try {
    const { head, entries } = await open(archive, from);
    await fillDatabase({ root, url }, head, from);
    await placeFiles(from, root);
    return { head, files: entries.length - head.tables.length - 1 };
  } finally {
    await rm(from, { recursive: true, force: true });
  }
}
