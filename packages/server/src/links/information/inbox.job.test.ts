import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type LoadJob, QuanlianError } from '@quanlian/contract';
import { openCorpusInline, type SearchBackend } from '@quanlian/engine';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDocument } from '../../app.fixture.js';
import { createAssetStore } from './asset.store.js';
import { type Inbox, readInbox, retryFromInbox, watchInbox } from './inbox.job.js';
import { openJournal } from './load.journal.js';
import { createLoadService, type LoadService } from './load.service.js';
import type { LoadSource } from './load.source.js';

const EVERY_MS = 30;

let root: string;
let dir: string;
let backend: SearchBackend;
let loads: LoadService;
let inbox: Inbox;
const errors: unknown[] = [];

/** Stands for the readers: a file holds the numbers of its documents, `bad` is a record that is broken. */
async function openFiles([path = '']: readonly string[]): Promise<LoadSource> {
  const text = await readFile(path, 'utf8');
  if (text === '') throw new QuanlianError('load.unknown_format', 'No reader recognizes the file.');
  return {
    fingerprint: () => path,
    bytesTotal: text.length,
    async *read() {
      for (const [i, id] of text.split(' ').entries()) {
        const at = { file: path, record: i };
        const failure = { code: 'record.malformed', message: 'Broken.', file: basename(path), offset: i };
        yield id === 'bad' ? { kind: 'failure', failure, at } : { kind: 'document', document: testDocument(id), at };
      }
    },
  };
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quanlian-inbox-'));
  dir = join(root, 'inbox');
  backend = await openCorpusInline({ dir: join(root, 'corpus'), write: true });
  const journal = await openJournal(join(root, 'loads'));
  loads = await createLoadService({ backend, assets: createAssetStore(join(root, 'files')), journal });
  errors.length = 0;
  inbox = watchInbox({ dir, loads, openFiles, onError: (error) => errors.push(error), everyMs: EVERY_MS });
  await expect.poll(() => readdir(dir).catch(() => [])).toEqual(['done', 'failed']);
});
afterEach(async () => {
  inbox.stop();
  await loads.close();
  await backend.close();
  await rm(root, { recursive: true, force: true });
  expect(errors).toEqual([]);
});

const listed = (folder: 'done' | 'failed') => () => readdir(join(dir, folder));
const report = async (name: string): Promise<LoadJob> => JSON.parse(await readFile(join(dir, name), 'utf8')) as LoadJob;

it('loads a file and moves it to done with a report', async () => {
  await writeFile(join(dir, 'a.xml'), 'EP1000001A1 bad EP1000002A1');
  await expect.poll(listed('done')).toEqual(['a.xml', 'a.xml.report.json']);
  expect(await report('done/a.xml.report.json')).toMatchObject({
    origin: 'inbox',
    state: 'done',
    summary: { read: 3, added: 2, failed: 1 },
  });
  expect((await backend.refresh()).documents).toBe(2);
});

it('moves what cannot be read, or gives nothing, to failed with the reason', async () => {
  await writeFile(join(dir, 'empty.xml'), '');
  await writeFile(join(dir, 'broken.xml'), 'bad bad');
  await expect.poll(listed('failed')).toHaveLength(4);
  expect(await report('failed/empty.xml.report.json')).toMatchObject({ error: { code: 'load.unknown_format' } });
  expect(await report('failed/broken.xml.report.json')).toMatchObject({ summary: { failed: 2 } });
});

it('numbers names that are taken and loses neither file', async () => {
  await mkdir(join(dir, 'done'), { recursive: true });
  await writeFile(join(dir, 'done', 'a.xml'), 'an older file');
  await writeFile(join(dir, 'a.xml'), 'EP1000001A1');
  await expect.poll(listed('done')).toEqual(['a (2).xml', 'a (2).xml.report.json', 'a.xml']);
  expect(await readFile(join(dir, 'done', 'a.xml'), 'utf8')).toBe('an older file');
});

it('waits until a file has come to rest', async () => {
  const file = join(dir, 'slow.xml');
  for (let n = 1; n <= 8; n += 1) {
    await writeFile(file, Array.from({ length: n }, (_, i) => `EP100000${i}A1`).join(' '));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS / 2));
  }
  await expect.poll(listed('done')).toContain('slow.xml');
  expect(loads.list()).toHaveLength(1);
  expect((await backend.refresh()).documents).toBe(8);
});

it('leaves unfinished downloads and hidden files alone', async () => {
  for (const name of ['.hidden', 'a.zip.part', 'b.zip.crdownload']) await writeFile(join(dir, name), 'EP1000001A1');
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS * 6));
  expect(loads.list()).toEqual([]);
  expect(await readdir(dir)).toHaveLength(5);
});

it('takes files that wait together by the date in their names', async () => {
  inbox.stop();
  const taken: string[] = [];
  for (const name of ['ipg180626.zip', 'ipg180619.zip', 'ipg180703.zip']) {
    await writeFile(join(dir, name), `EP${1000000 + Number(name.slice(3, 9))}A1`);
  }
  const remember = async (paths: readonly string[]): Promise<LoadSource> => {
    taken.push(basename(paths[0] ?? ''));
    return openFiles(paths);
  };
  inbox = watchInbox({ dir, loads, openFiles: remember, onError: (error) => errors.push(error), everyMs: EVERY_MS });
  await expect.poll(() => taken, { timeout: 20_000 }).toEqual(['ipg180619.zip', 'ipg180626.zip', 'ipg180703.zip']);
  await expect.poll(listed('done'), { timeout: 20_000 }).toHaveLength(6);
});

it('reads files with failures again after an update, and names them and the missing weeks', async () => {
  await writeFile(join(dir, 'ipg180619.zip'), 'EP1000001A1 bad');
  await writeFile(join(dir, 'ipg180703.zip'), '');
  await expect.poll(listed('done'), { timeout: 20_000 }).toHaveLength(2);
  await expect.poll(listed('failed'), { timeout: 20_000 }).toHaveLength(2);
  expect(await readInbox(dir)).toMatchObject({
    waiting: [],
    gaps: [],
    failed: [
      { name: 'ipg180619.zip', folder: 'done', failed: 1 },
      { name: 'ipg180703.zip', folder: 'failed', failed: 0 },
    ],
  });
  await writeFile(join(dir, 'ipg180710.zip'), 'EP1000002A1');
  await expect.poll(listed('done'), { timeout: 20_000 }).toHaveLength(4);
  expect((await readInbox(dir)).gaps).toEqual([
    { office: 'US', series: 'grants', missing: ['2018-06-26', '2018-07-03'] },
  ]);
  inbox.stop();
  // The readers of the next version know what was broken.
  const better = async ([path = '']: readonly string[]): Promise<LoadSource> => {
    const text = (await readFile(path, 'utf8')).replace('bad', 'EP1000003A1') || 'EP1000004A1';
    await writeFile(path, text);
    return openFiles([path]);
  };
  inbox = watchInbox({
    dir,
    loads,
    openFiles: better,
    onError: (error) => errors.push(error),
    everyMs: EVERY_MS,
    version: '2',
  });
  await expect.poll(listed('failed'), { timeout: 20_000 }).toEqual([]);
  await expect.poll(async () => (await readInbox(dir)).failed, { timeout: 20_000 }).toEqual([]);
  await expect.poll(async () => (await backend.refresh()).documents, { timeout: 20_000 }).toBe(4);
});

it('reads files with failures again when asked to, and nothing else', async () => {
  await writeFile(join(dir, 'a.xml'), 'EP1000001A1 bad');
  await writeFile(join(dir, 'b.xml'), 'EP1000002A1');
  await expect.poll(listed('done'), { timeout: 20_000 }).toHaveLength(4);
  const before = await readInbox(dir);
  expect(before.failed).toMatchObject([
    { name: 'a.xml', folder: 'done', failed: 1, error: null, failures: [{ code: 'record.malformed', offset: 1 }] },
  ]);
  const retry = (folder: 'done' | 'failed', ...names: string[]) =>
    retryFromInbox(
      dir,
      names.map((name) => ({ folder, name })),
    );
  await expect(retry('done', 'b.xml')).rejects.toMatchObject({ code: 'inbox.not_found' });
  await expect(retry('failed', 'a.xml')).rejects.toMatchObject({ code: 'inbox.not_found' });
  await expect(retry('done', '../../corpus')).rejects.toMatchObject({ code: 'inbox.not_found' });
  await expect(retry('done', 'a.xml', 'a.xml')).rejects.toMatchObject({ code: 'inbox.name_taken' });
  await expect(retry('done', 'a.xml', 'none.xml')).rejects.toMatchObject({ code: 'inbox.not_found' });
  expect(await readdir(join(dir, 'done'))).toHaveLength(4);
  inbox.stop();
  await writeFile(join(dir, 'a.xml'), 'EP1000009A1');
  await expect(retry('done', 'a.xml')).rejects.toMatchObject({ code: 'inbox.name_taken' });
  await rm(join(dir, 'a.xml'));
  await retry('done', 'a.xml');
  expect((await readInbox(dir)).waiting).toEqual([{ name: 'a.xml', date: null }]);
  // Whatever was wrong with the records has been mended in the meantime.
  await writeFile(join(dir, 'a.xml'), 'EP1000001A1 EP1000003A1');
  inbox = watchInbox({ dir, loads, openFiles, onError: (error) => errors.push(error), everyMs: EVERY_MS });
  await expect.poll(listed('done'), { timeout: 20_000 }).toHaveLength(4);
  expect((await readInbox(dir)).failed).toEqual([]);
  expect((await backend.refresh()).documents).toBe(3);
  expect(loads.list()[0]?.summary).toMatchObject({ read: 2, added: 1, unchanged: 1 });
});
