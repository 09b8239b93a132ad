import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchRequest } from '@quanlian/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCorpusInline } from './inline.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { makeRecord } from './testing/records.js';

const DIR = '/corpus';
const ALL: SearchRequest = { query: { op: 'all' }, sort: 'newest', limit: 10 };

/** A folder of format version 1: three documents, then one replaced and one withdrawn. Written with that version. */
const OLD = JSON.parse(readFileSync(new URL('../src/testing/format-1.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

/** The same of format version 2, whose records are packed otherwise. Written with that version. */
const BEFORE = JSON.parse(readFileSync(new URL('../src/testing/format-2.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;

describe('a folder of format version 1', () => {
  let disk: MemoryDisk;
  beforeEach(() => {
    disk = new MemoryDisk();
    for (const [name, bytes] of Object.entries(OLD)) disk.put(join(DIR, name), Buffer.from(bytes, 'base64'));
  });

  it('is refused to a reader, who is told what to do', async () => {
    await expect(openCorpusInline({ dir: DIR, fs: disk })).rejects.toMatchObject({
      code: 'corpus.version',
      message: expect.stringContaining('open it for writing once'),
    });
  });

  it('is indexed anew from its records when opened for writing', async () => {
    const corpus = await openCorpusInline({ dir: DIR, write: true, fs: disk });
    expect(await corpus.marks()).toEqual({ position: '1' });
    expect(await corpus.check()).toMatchObject({ ok: true, sequence: 2 });
    const found = await corpus.search(ALL);
    expect(found.hits.map(({ id, title }) => [id, title])).toEqual([
      ['EP1000002A1', 'battery number 2 version 1'],
      ['EP1000001A1', 'battery number 1 version 0'],
    ]);
    const ending = { op: 'pattern' as const, field: 'title', parts: [{ min: 0 }, 'tery'] };
    expect((await corpus.search({ ...ALL, query: ending })).total).toBe(2);
    await corpus.close();
    const reader = await openCorpusInline({ dir: DIR, fs: disk });
    expect((await reader.search(ALL)).total).toBe(2);
  });

  it('stays as it was when the disk is too full for it', async () => {
    const names = [...disk.names.keys()].sort();
    disk.reportedFree = 1000;
    await expect(openCorpusInline({ dir: DIR, write: true, fs: disk })).rejects.toMatchObject({
      code: 'corpus.disk_full',
    });
    expect([...disk.names.keys()].sort()).toEqual(names);
  });
});

describe('a folder of format version 2', () => {
  let disk: MemoryDisk;
  beforeEach(() => {
    disk = new MemoryDisk();
    for (const [name, bytes] of Object.entries(BEFORE)) disk.put(join(DIR, name), Buffer.from(bytes, 'base64'));
  });

  it('is read as it is', async () => {
    const reader = await openCorpusInline({ dir: DIR, fs: disk });
    expect(await reader.check()).toMatchObject({ ok: true, sequence: 2 });
    const found = await reader.search(ALL);
    expect(found.hits.map(({ id, title }) => [id, title])).toEqual([
      ['EP1000002A1', 'battery number 2 version 1'],
      ['EP1000001A1', 'battery number 1 version 0'],
    ]);
  });

  it('is loaded into, and its records are merged with new ones', async () => {
    const merging = { fanOut: 2, mostDocs: 1000 };
    const corpus = await openCorpusInline({ dir: DIR, write: true, fs: disk, merging });
    await corpus.apply([makeRecord(1, 1), makeRecord(4, 0)]);
    await corpus.merge();
    expect((await corpus.stats()).segments).toBe(1);
    const titles = (await corpus.get(['EP1000001A1', 'EP1000002A1', 'EP1000004A1'])).map((doc) => doc?.titles?.['en']);
    expect(titles).toEqual(['battery number 1 version 1', 'battery number 2 version 1', 'battery number 4 version 0']);
    await corpus.close();
    const newest =
      [...disk.names.keys()]
        .filter((name) => name.includes('manifest'))
        .sort()
        .at(-1) ?? '';
    expect(disk.names.get(newest)?.data.toString('utf8')).toContain('"version":3');
  });
});
