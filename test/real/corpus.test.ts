import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CheckReport, CorpusStats, LoadSummary, PatentDocument, SearchResult } from '@quanlian/contract';
import { parsePaths } from '@quanlian/formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const REAL = process.env['QUANLIAN_REAL_DATA'];
const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/quanlian.js', import.meta.url));
const SETS = ['uspto-xml', 'epo/ep-fulltext-st36', 'epo/docdb', 'cn/cnipa-xml', 'us-fulltext'];
const run = promisify(execFile);

let root: string;
let data: string;

async function quanlian<T>(...args: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [COMMAND, ...args, '--json', '--data', data], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as T;
}

const total = async (query: string): Promise<number> =>
  (await quanlian<SearchResult>('search', query, '--limit', '1')).total;

/** Words of a text the slow way: runs of letters and digits, in lower case. */
const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Every text of an extract, each on its own, as a reader of the file sees it. */
function texts(document: PatentDocument): string[][] {
  const parts = (document.description ?? []).map((part) => part.text ?? '');
  const names = (document.assignees ?? []).map(({ name }) => name);
  return [...Object.values(document.titles ?? {}), ...Object.values(document.abstracts ?? {}), ...parts, ...names].map(
    words,
  );
}

const holdsPhrase = (text: readonly string[], phrase: readonly string[]): boolean =>
  text.some((_, at) => phrase.every((word, i) => text[at + i] === word));

describe.skipIf(!REAL)('a corpus of real files (needs QUANLIAN_REAL_DATA)', () => {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'quanlian-real-'));
    data = join(root, 'all');
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('loads every file, and loading again changes nothing', async () => {
    const paths = SETS.map((set) => join(REAL ?? '', set));
    const first = await quanlian<LoadSummary & { sequence: number }>('load', ...paths);
    expect(first.read).toBeGreaterThan(46_000);
    expect(first.unknownElements).toEqual({});
    const again = await quanlian<LoadSummary & { sequence: number }>('load', ...paths);
    expect(again.added).toBe(0);
    expect(again.read).toBe(first.read);
    const stats = await quanlian<CorpusStats>('stats');
    expect(stats.byFormat['us-ice']).toBeGreaterThan(400);
    expect(Object.keys(stats.byOffice)).toEqual(expect.arrayContaining(['CN', 'EP', 'US', 'WO', 'DE']));
    expect((await quanlian<CheckReport>('check')).ok).toBe(true);
  });

  it('counts what an independent scan of the texts counts', async () => {
    const queries = {
      battery: (all: string[][]) => all.some((text) => text.includes('battery')),
      'wireless -antenna': (all: string[][]) =>
        all.some((text) => text.includes('wireless')) && !all.some((text) => text.includes('antenna')),
      '"solid state" drive': (all: string[][]) =>
        all.some((text) => holdsPhrase(text, ['solid', 'state'])) && all.some((text) => text.includes('drive')),
    };
    const counts = Object.fromEntries(Object.keys(queries).map((query) => [query, 0]));
    const file = join(REAL ?? '', 'us-fulltext', 'all-years.lite.jsonl.zst');
    data = join(root, 'scan');
    await quanlian('load', file);
    for await (const item of await parsePaths([file])) {
      if (item.type !== 'document') continue;
      const all = texts(item.document);
      for (const [query, holds] of Object.entries(queries)) if (holds(all)) counts[query] = (counts[query] ?? 0) + 1;
    }
    for (const query of Object.keys(queries)) expect([query, await total(query)]).toEqual([query, counts[query]]);
  });
});
