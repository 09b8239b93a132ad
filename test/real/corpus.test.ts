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

/** Every text of a document, each on its own, as a reader of the file sees it. */
function textsOf(document: PatentDocument): string[] {
  const { titles = {}, abstracts = {}, claims = [], description = [] } = document;
  const { applicants = [], proprietors = [], assignees = [], inventors = [] } = document;
  const people = [...applicants, ...proprietors, ...assignees, ...inventors].map(({ name }) => name);
  const parts = description.flatMap(({ heading = '', text = '' }) => [heading, text]);
  return [
    ...Object.values(titles),
    ...Object.values(abstracts),
    ...claims.map(({ text }) => text),
    ...parts,
    ...people,
  ];
}

const holdsPhrase = (text: readonly string[], phrase: readonly string[]): boolean =>
  text.some((_, at) => phrase.every((word, i) => text[at + i] === word));

const holdsNear = (text: readonly string[], one: string, other: string, distance: number): boolean =>
  text.some((word, at) => word === one && text.slice(Math.max(0, at - distance), at + distance + 1).includes(other));

/** A document as the scan sees it: its texts as words, and itself. */
interface Scanned {
  readonly all: readonly (readonly string[])[];
  readonly document: PatentDocument;
}
type Holds = (scanned: Scanned) => boolean;

const word =
  (wanted: string): Holds =>
  ({ all }) =>
    all.some((text) => text.includes(wanted));
const any =
  (holds: (text: readonly string[]) => boolean): Holds =>
  ({ all }) =>
    all.some(holds);
const inTitle =
  (wanted: string): Holds =>
  ({ document }) =>
    Object.values(document.titles ?? {}).some((title) => words(title).includes(wanted));

/** Queries in the simple language, each with what it means to a reader of the file. */
const LATIN: Record<string, Holds> = {
  battery: word('battery'),
  'wireless -antenna': (scanned) => word('wireless')(scanned) && !word('antenna')(scanned),
  '"solid state" drive': (scanned) =>
    any((text) => holdsPhrase(text, ['solid', 'state']))(scanned) && word('drive')(scanned),
  'lithium OR sodium': (scanned) => word('lithium')(scanned) || word('sodium')(scanned),
  'semicond*': any((text) => text.some((one) => one.startsWith('semicond'))),
  'title:wireless': inTitle('wireless'),
  '@near/5(fuel cell)': any((text) => holdsNear(text, 'fuel', 'cell', 5)),
  '"of the" (engine OR motor) -title:vehicle': (scanned) =>
    any((text) => holdsPhrase(text, ['of', 'the']))(scanned) &&
    (word('engine')(scanned) || word('motor')(scanned)) &&
    !inTitle('vehicle')(scanned),
  'filed:2005..2009 method': (scanned) => {
    const year = Number(scanned.document.application?.date?.slice(0, 4));
    return year >= 2005 && year <= 2009 && word('method')(scanned);
  },
};

/** Chinese is looked for as a run of characters; these are written the same way traditionally and simplified. */
const CHINESE = ['方法', '包括', '其中', '一方面', '方'];

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
    const counts = Object.fromEntries(Object.keys(LATIN).map((query) => [query, 0]));
    const file = join(REAL ?? '', 'us-fulltext', 'all-years.lite.jsonl.zst');
    data = join(root, 'scan');
    await quanlian('load', file);
    for await (const item of await parsePaths([file])) {
      if (item.type !== 'document') continue;
      const scanned = { all: textsOf(item.document).map(words), document: item.document };
      for (const [query, holds] of Object.entries(LATIN)) if (holds(scanned)) counts[query] = (counts[query] ?? 0) + 1;
    }
    for (const query of Object.keys(LATIN)) expect([query, await total(query)]).toEqual([query, counts[query]]);
    expect(Object.keys(counts).filter((query) => counts[query] === 0)).toEqual([]);
  });

  it('counts Chinese as a scan for the characters does', async () => {
    const sets = ['cn/cnipa-xml', 'tw'].map((set) => join(REAL ?? '', set));
    const documents = new Map<string, PatentDocument[]>();
    data = join(root, 'chinese');
    await quanlian('load', ...sets);
    for await (const item of await parsePaths(sets)) {
      if (item.type !== 'document') continue;
      const { office, number } = item.document;
      documents.set(office + number, [...(documents.get(office + number) ?? []), item.document]);
    }
    // Of several records of one number the merge decides which text counts; the scan leaves such out.
    const alone = [...documents.values()].flatMap(([document, ...more]) =>
      document && more.length === 0 ? [{ id: document.id, document }] : [],
    );
    expect(alone.length).toBeGreaterThan(2);
    let matches = 0;
    for (const characters of CHINESE) {
      const expected = alone.filter(({ document }) => textsOf(document).some((text) => text.includes(characters)));
      const found = await quanlian<SearchResult>('search', characters, '--limit', '10000');
      const known = new Set(alone.map(({ id }) => id));
      const ids = found.hits.map(({ id }) => id).filter((id) => known.has(id));
      expect([characters, ids.toSorted()]).toEqual([characters, expected.map(({ id }) => id).toSorted()]);
      matches += ids.length;
    }
    expect(matches).toBeGreaterThan(CHINESE.length);
  });
});
