import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readMigrations, readTables, type WorkDatabase, writeTableFile } from '@quanlian/db';
import tar from 'tar-stream';
import {
  type BackupHead,
  type BackupTail,
  FILES,
  FOLDERS,
  HEAD_NAME,
  measure,
  TABLE_FOLDER,
  TAIL_NAME,
} from './archive.js';
import { filesIn, type HeldFile, hold, holdCorpus, letGo } from './folder.js';

export interface BackupOptions {
  /** The data folder. */
  readonly root: string;
  readonly work: WorkDatabase;
  readonly program: string;
  readonly now: Date;
}

/** Writes entries one after another and remembers what they were. */
function createPacker(pack: tar.Pack) {
  const entries: BackupTail['entries'] = [];
  return {
    entries,
    async add(name: string, size: number, content: Readable): Promise<void> {
      const measured = measure();
      await pipeline(content, measured.stream, pack.entry({ name, size, mode: 0o600 }));
      entries.push({ name, ...measured.result() });
    },
    async addText(name: string, text: string): Promise<void> {
      const bytes = Buffer.from(text);
      await this.add(name, bytes.length, Readable.from([bytes]));
    },
  };
}
type Packer = ReturnType<typeof createPacker>;

/** Tables go through a file first: an entry's size stands before its bytes. */
async function addTables(
  packer: Packer,
  client: Awaited<ReturnType<WorkDatabase['ownerClient']>>,
  tables: BackupHead['tables'],
) {
  const spool = await mkdtemp(join(tmpdir(), 'quanlian-backup-'));
  try {
    for (const table of tables) {
      const file = join(spool, table.name);
      const size = await writeTableFile(client, table, file);
      await packer.add(`${TABLE_FOLDER}${table.name}`, size, createReadStream(file));
      await rm(file);
    }
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}

async function addHeld(packer: Packer, files: readonly HeldFile[]): Promise<void> {
  for (const { name, size, handle } of files) {
    const end = Math.max(0, size - 1);
    const content = size === 0 ? [] : handle.createReadStream({ autoClose: false, start: 0, end });
    await packer.add(name, size, Readable.from(content));
  }
}

/** Files of these folders are only ever added, so what the database names is there. */
async function addFolders(packer: Packer, root: string): Promise<void> {
  const names = [...FILES];
  const found: string[] = [];
  for (const folder of FOLDERS) if (folder !== 'corpus') found.push(...(await filesIn(root, folder)));
  for (const name of [...names, ...found]) {
    const held = await hold(root, name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!held) continue;
    await addHeld(packer, [held]).finally(() => letGo([held]));
  }
}

async function fillArchive(packer: Packer, options: BackupOptions, corpus: readonly HeldFile[]): Promise<void> {
  const { work, root, program, now } = options;
  const client = await work.ownerClient();
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = await readTables(client);
    const { rows } = await client.query<{ id: string }>('select id from installation');
    const head: BackupHead = {
      format: 1,
      program,
      installation: rows[0]?.id ?? '',
      createdAt: now.toISOString(),
      migrations: await readMigrations(client),
      tables,
    };
    await packer.addText(HEAD_NAME, JSON.stringify(head));
    await addTables(packer, client, tables);
    await client.query('commit');
  } finally {
    await client.end();
  }
  await addHeld(packer, corpus);
  await addFolders(packer, root);
  await packer.addText(TAIL_NAME, JSON.stringify({ entries: packer.entries }));
}

/**
 * Writes one archive (tar, gzip) with the corpus at one commit, the work database at one moment after it, and the
 * files both name. The server may go on working. It holds the installation's secret: keep it as safe as the data folder.
 */
export async function writeBackup(options: BackupOptions, sink: Writable): Promise<BackupTail['entries']> {
  const pack = tar.pack();
  const packer = createPacker(pack);
  const corpus = await holdCorpus(options.root);
  const writing = pipeline(pack as unknown as Readable, createGzip({ level: 3 }), sink);
  try {
    await Promise.all([
      writing,
      fillArchive(packer, options, corpus).then(
        () => pack.finalize(),
        (error: Error) => pack.destroy(error),
      ),
    ]);
  } finally {
    await letGo(corpus);
  }
  return packer.entries;
}
