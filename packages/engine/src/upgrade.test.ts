import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchRequest } from '@quanlian/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { openCorpusInline } from './inline.js';
import { MemoryDisk } from './testing/memory-disk.js';

const DIR = '/corpus';
const ALL: SearchRequest = { query: { op: 'all' }, sort: 'newest', limit: 10 };

/** A folder of format version 1: three documents, then one replaced and one withdrawn. Written with that version. */
const OLD = JSON.parse(readFileSync(new URL('../src/testing/format-1.json', import.meta.url), 'utf8')) as Record<
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
