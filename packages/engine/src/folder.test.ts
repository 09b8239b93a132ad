import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { QuanlianError, type SearchRequest } from '@quanlian/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { batchOf, makeRecord } from './testing/records.js';
import { openCorpus } from './threads/open.js';

const DIR = '/data/corpus';
const ALL = { query: { op: 'all' }, sort: 'newest', limit: 100 } as const satisfies SearchRequest;

const open = (fs: MemoryDisk, write = true): Promise<SearchBackend> => openCorpusInline({ dir: DIR, write, fs });

async function refusal(work: Promise<unknown>): Promise<QuanlianError> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(QuanlianError);
  return error as QuanlianError;
}

async function loaded(batches: number): Promise<{ disk: MemoryDisk; corpus: SearchBackend }> {
  const disk = new MemoryDisk();
  const corpus = await open(disk);
  for (let index = 0; index < batches; index++) await corpus.apply(batchOf(index));
  return { disk, corpus };
}

describe('the lock', () => {
  it('refuses a second writer and names the first', async () => {
    const { disk } = await loaded(1);
    const error = await refusal(open(disk));
    expect(error.code).toBe('corpus.locked');
    expect(error.message).toContain(String(process.pid));
  });

  it('does not keep readers out, and they see only what is committed', async () => {
    const { disk, corpus } = await loaded(1);
    const reader = await open(disk, false);
    await corpus.apply(batchOf(1));
    expect((await reader.search(ALL)).corpus.sequence).toBe(1);
    expect(await reader.refresh()).toMatchObject({ sequence: 2 });
    expect((await reader.search(ALL)).total).toBe((await corpus.search(ALL)).total);
    expect((await refusal(reader.apply(batchOf(2)))).code).toBe('corpus.locked');
  });

  it('is free again after closing', async () => {
    const { disk, corpus } = await loaded(1);
    await corpus.close();
    const next = await open(disk);
    expect(await next.apply(batchOf(1))).toMatchObject({ sequence: 2 });
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1 }],
    ['another run of the machine', { boot: 'another' }],
    ['an earlier process with the same number', { started: '1' }],
  ])('of %s is taken over', async (_, change) => {
    const { disk } = await loaded(1);
    const path = join(DIR, 'lock');
    const lock = JSON.parse(disk.names.get(path)?.data.toString() ?? '');
    disk.put(path, Buffer.from(JSON.stringify({ ...lock, ...change, token: 'other' })));
    const next = await open(disk);
    expect(await next.apply(batchOf(1))).toMatchObject({ sequence: 2 });
  });

  it('that was never finished being written is taken over', async () => {
    const disk = new MemoryDisk();
    disk.put(join(DIR, 'lock'), Buffer.from('{"pid":'));
    expect(await (await open(disk)).apply(batchOf(0))).toMatchObject({ sequence: 1 });
  });

  it('lost to another process stops the writer before it writes', async () => {
    const { disk, corpus } = await loaded(1);
    disk.put(join(DIR, 'lock'), Buffer.from(JSON.stringify({ pid: 1, boot: '', started: '', token: 'thief' })));
    const before = [...disk.names.keys()];
    expect((await refusal(corpus.apply(batchOf(1)))).code).toBe('corpus.locked');
    expect([...disk.names.keys()]).toEqual(before);
  });
});

describe('damage', () => {
  const fileOf = (disk: MemoryDisk, pattern: RegExp): string =>
    [...disk.names.keys()].find((name) => pattern.test(name)) ?? '';

  it('anywhere in a segment is found by check and named by file', async () => {
    const { disk, corpus } = await loaded(2);
    expect(await corpus.check()).toMatchObject({ ok: true, problems: [] });
    const path = fileOf(disk, /segment-00000002\.seg$/);
    const whole = disk.names.get(path)?.data ?? Buffer.alloc(0);
    for (const at of [0, 9, whole.length >> 1, whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 1;
      disk.put(path, damaged);
      const report = await corpus.check();
      expect(report.ok).toBe(false);
      expect(report.problems).toMatchObject([{ code: 'corpus.corrupt', file: 'segment-00000002.seg' }]);
    }
  });

  it.each([
    ['is missing', undefined],
    ['is shortened', (whole: Buffer) => whole.subarray(0, whole.length - 1)],
    ['has a wrong byte', (whole: Buffer) => whole.map((byte, i) => (i === whole.length >> 2 ? byte ^ 1 : byte))],
  ])('of a segment that %s leaves the rest serving, read-only, and is named', async (_, change) => {
    const { disk, corpus } = await loaded(3);
    await corpus.close();
    const path = fileOf(disk, /segment-00000002\.seg$/);
    const whole = disk.names.get(path)?.data ?? Buffer.alloc(0);
    if (change) disk.put(path, Buffer.from(change(whole)));
    else disk.names.delete(path);
    const next = await open(disk);
    const found = await next.search({ ...ALL, query: { op: 'term', field: 'text', text: '电池' }, sort: 'relevance' });
    const stats = await next.stats();
    expect(found.total).toBeGreaterThan(0);
    expect(found.total).toBeLessThan(9);
    expect(found.hits.length).toBe(found.total);
    expect(found.corpus.damaged).toEqual(['segment-00000002.seg']);
    expect(stats).toMatchObject({ damaged: ['segment-00000002.seg'], documents: found.total });
    expect(await next.refresh()).toMatchObject({ damaged: ['segment-00000002.seg'] });
    expect(await next.check()).toMatchObject({ ok: false, problems: [{ file: 'segment-00000002.seg' }] });
    expect(await refusal(next.apply(batchOf(3)))).toMatchObject({
      code: 'corpus.corrupt',
      message: expect.stringContaining('segment-00000002.seg'),
    });
  });

  it('of deletions counts their segment as damaged', async () => {
    const { disk } = await loaded(2);
    const path = fileOf(disk, /\.del$/);
    disk.put(path, Buffer.from(disk.names.get(path)?.data.map((byte) => byte ^ 255) ?? []));
    const reader = await open(disk, false);
    expect(await reader.refresh()).toMatchObject({ damaged: [path.slice(DIR.length + 1)], documents: 4 });
  });

  it('of the newest manifest serves the commit before, and nothing is swept away', async () => {
    const { disk, corpus } = await loaded(3);
    await corpus.close();
    const manifest = fileOf(disk, /manifest-0000000003-/);
    disk.put(manifest, Buffer.from('{}\n00000000\n'));
    const before = [...disk.names.keys()].filter((name) => !name.endsWith('lock')).sort();
    const next = await open(disk);
    expect(await next.refresh()).toMatchObject({ sequence: 2, damaged: [manifest.slice(DIR.length + 1)] });
    expect((await refusal(next.apply(batchOf(3)))).code).toBe('corpus.corrupt');
    await next.close();
    expect([...disk.names.keys()].sort()).toEqual(before);
  });

  it('of every manifest is refused', async () => {
    const { disk, corpus } = await loaded(1);
    await corpus.close();
    disk.put(fileOf(disk, /manifest-0000000001-/), Buffer.from('{}\n00000000\n'));
    expect((await refusal(open(disk))).code).toBe('corpus.corrupt');
  });
});

it('refuses a folder of another format version', async () => {
  const { disk, corpus } = await loaded(1);
  await corpus.close();
  const path = join(DIR, 'manifest-0000000001-0000000001.json');
  const body = (disk.names.get(path)?.data.toString().split('\n')[0] ?? '').replace(/"version":\d+/, '"version":99');
  disk.put(path, Buffer.from(`${body}\n${crc32(body).toString(16).padStart(8, '0')}\n`));
  const error = await refusal(open(disk));
  expect(error.code).toBe('corpus.version');
  expect(error.message).toContain('99');
});

describe('a full disk', () => {
  it('met while writing leaves the corpus as it was, and room lets the load go on', async () => {
    const after = (await loaded(3)).disk.used;
    const needed = after - (await loaded(2)).disk.used;
    for (const part of [0, 0.01, 0.1, 0.5, 0.9, 0.99]) {
      const room = Math.floor(needed * part);
      const { disk, corpus } = await loaded(2);
      const names = [...disk.names.keys()].sort();
      const before = await corpus.search(ALL);
      disk.capacity = disk.used + room;
      disk.reportedFree = 2 ** 40;
      expect((await refusal(corpus.apply(batchOf(2)))).code).toBe('corpus.disk_full');
      expect(await corpus.search(ALL)).toEqual(before);
      expect([...disk.names.keys()].sort()).toEqual(names);
      disk.capacity = Number.POSITIVE_INFINITY;
      expect(await corpus.apply(batchOf(2))).toMatchObject({ sequence: 3 });
      expect(await corpus.check()).toMatchObject({ ok: true });
    }
  });

  it('is foreseen before anything is written', async () => {
    const { disk, corpus } = await loaded(1);
    disk.reportedFree = 1000;
    const names = [...disk.names.keys()].sort();
    expect((await refusal(corpus.apply(batchOf(1)))).code).toBe('corpus.disk_full');
    expect([...disk.names.keys()].sort()).toEqual(names);
  });
});

describe('cursors', () => {
  const page = { ...ALL, limit: 3 };

  async function restOf(corpus: SearchBackend, cursor: string | null): Promise<string[]> {
    const ids: string[] = [];
    for (let next = cursor; next !== null; ) {
      const found = await corpus.search({ ...page, cursor: next });
      ids.push(...found.hits.map(({ id }) => id));
      next = found.cursor;
    }
    return ids;
  }

  it('go on in their commit across later ones, in another process too', async () => {
    const { disk, corpus } = await loaded(4);
    const whole = (await corpus.search(ALL)).hits.map(({ id }) => id);
    const first = await corpus.search(page);
    for (let index = 4; index < 12; index++) await corpus.apply(batchOf(index));
    const seen = first.hits.map(({ id }) => id);
    expect([...seen, ...(await restOf(corpus, first.cursor))]).toEqual(whole);
    const reader = await open(disk, false);
    expect([...seen, ...(await restOf(reader, first.cursor))]).toEqual(whole);
    expect(await corpus.search({ ...page, cursor: first.cursor ?? '' })).toMatchObject({ corpus: { sequence: 4 } });
  });

  it('of commits long gone are refused, and what those needed is removed', async () => {
    const { disk, corpus } = await loaded(4);
    const { cursor } = await corpus.search(page);
    for (let index = 4; index < 100; index++) await corpus.apply([makeRecord(index % 3, index)]);
    expect((await refusal(corpus.search({ ...page, cursor: cursor ?? '' }))).code).toBe('cursor.expired');
    const manifests = [...disk.names.keys()].filter((name) => name.includes('manifest'));
    expect(manifests.length).toBeLessThan(85);
    expect(await corpus.check()).toMatchObject({ ok: true });
  });

  it('of another query or sort, damaged or made up are refused', async () => {
    const { corpus } = await loaded(4);
    const { cursor } = await corpus.search(page);
    for (const request of [
      { ...page, cursor: 'x' },
      { ...page, cursor: Buffer.from('null').toString('base64url') },
      { ...page, cursor: `${cursor?.slice(0, -8)}` },
      { ...page, sort: 'oldest' as const, cursor: cursor ?? '' },
      { ...page, query: { op: 'none' } as const, cursor: cursor ?? '' },
    ]) {
      expect((await refusal(corpus.search(request))).code).toBe('cursor.invalid');
    }
  });
});

describe('a scan', () => {
  it('stays in the commit it was called in', async () => {
    const { corpus } = await loaded(3);
    const expected = (await corpus.search(ALL)).hits.map(({ id }) => id);
    const scan = corpus.scan({ op: 'all' }, 'newest');
    await corpus.apply(batchOf(3));
    const ids: string[] = [];
    for await (const { id } of scan) {
      if (ids.length === 0) await corpus.apply(batchOf(4));
      ids.push(id);
    }
    expect(ids).toEqual(expected);
  });
});

describe('threads', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'quanlian-threads-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('answer like the calling thread does, with errors by their code', async () => {
    const threaded = await openCorpus({ dir, write: true, threads: 2 });
    const inline = await openCorpusInline({ dir });
    try {
      for (let index = 0; index < 3; index++) {
        await threaded.apply(batchOf(index), { position: String(index) });
        expect((await threaded.search(ALL)).corpus.sequence).toBe(index + 1);
      }
      await inline.refresh();
      const request = {
        ...ALL,
        sort: 'relevance',
        query: { op: 'term', field: 'text', text: 'battery' },
        highlight: true,
      } as const;
      expect(await threaded.search(request)).toEqual(await inline.search(request));
      expect(await threaded.stats()).toEqual(await inline.stats());
      expect(await threaded.check()).toEqual(await inline.check());
      expect(await threaded.marks()).toEqual({ position: '2' });
      expect(await threaded.get(['EP1000001A1', 'none'])).toEqual(await inline.get(['EP1000001A1', 'none']));
      expect(await threaded.resolve(['EP1000001', 'EP 1000001 A1', 'none'])).toEqual([
        ['EP1000001A1'],
        ['EP1000001A1'],
        [],
      ]);
      const scanned: string[] = [];
      for await (const { id } of threaded.scan({ op: 'all' }, 'newest')) scanned.push(id);
      expect(scanned).toEqual((await inline.search(ALL)).hits.map(({ id }) => id));
      const wrong = { ...ALL, query: { op: 'term', field: 'nonsense', text: 'x' } } as const;
      expect(await refusal(threaded.search(wrong))).toMatchObject({ code: 'query.invalid' });
      expect((await refusal(openCorpus({ dir, write: true }))).code).toBe('corpus.locked');
    } finally {
      await inline.close();
      await threaded.close();
    }
    expect(readFileSync(join(dir, 'manifest-0000000003-0000000003.json'), 'utf8')).toContain('"sequence":3');
  });
});
