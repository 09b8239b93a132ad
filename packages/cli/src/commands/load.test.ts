import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CheckReportSchema,
  CorpusStatsSchema,
  LoadSummarySchema,
  PatentDocumentSchema,
  SearchResultSchema,
} from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, quanlian, start } from '../cli.fixture.js';

let dir: string;
let data: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-cli-load-'));
  data = join(dir, 'data');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const line = (number: number): string =>
  `${JSON.stringify({
    id: `EP${number}A1`,
    office: 'EP',
    number: String(number),
    kind: 'A1',
    date: '2001-05-16',
    titles: { en: `Separator number ${number}` },
    figures: [{ number: '1', file: 'fig1.png' }],
    sources: [],
  })}\n`;
const lines = (from: number, count: number): string => Array.from({ length: count }, (_, i) => line(from + i)).join('');
const write = async (name: string, text: string | Buffer): Promise<string> => {
  await writeFile(join(dir, name), text);
  return join(dir, name);
};
const summaryOf = (out: string) => LoadSummarySchema.parse(jsonLines(out)[0]);
const sequenceOf = (out: string) => (jsonLines(out)[0] as { sequence: number | null }).sequence;

describe('quanlian load', () => {
  it('loads a file, prints its summary and commit, and finds nothing new the second time', async () => {
    const file = await write('a.jsonl', lines(1000001, 3));
    const first = await quanlian(['load', file, '--json', '--data', data]);
    expect(first.code).toBe(0);
    expect(summaryOf(first.out)).toEqual({
      read: 3,
      added: 3,
      merged: 0,
      unchanged: 0,
      stale: 0,
      failed: 0,
      unknownElements: {},
    });
    expect(sequenceOf(first.out)).toBe(1);
    const second = await quanlian(['load', file, '--data', data]);
    expect(second.code).toBe(0);
    expect(second.out).toMatch(/^unchanged +3$/m);
    expect(second.out).toMatch(/^committed sequence \d+$/m);
  });

  it('goes on after a broken record and says where it was', async () => {
    const file = await write('b.jsonl', `${line(1000004)}{"office": broken\n${line(1000005)}`);
    const { code, out, err } = await quanlian(['load', file, '--json', '--data', data]);
    expect([code, summaryOf(out).added, summaryOf(out).failed]).toEqual([0, 2, 1]);
    expect(err).toContain(`b.jsonl at ${line(1000004).length}: `);
    const reports = (await readdir(join(data, 'loads'))).filter((name) => name.endsWith('.failures.jsonl'));
    expect(jsonLines(await readFile(join(data, 'loads', reports[0] ?? ''), 'utf8'))).toHaveLength(1);
  });

  it('reads standard input', async () => {
    const { code, out } = await start(['load', '-', '--json', '--data', data], { input: line(1000006) }).ended;
    expect([code, summaryOf(out).added]).toEqual([0, 1]);
  });

  it('ends with 1 when nothing could be taken, with 2 for a format that does not exist', async () => {
    const file = await write('c.txt', 'this is no patent');
    const nothing = await quanlian(['load', file, '--json', '--data', data]);
    expect([nothing.code, summaryOf(nothing.out).added]).toEqual([1, 0]);
    const unknown = await quanlian(['load', file, '--format', 'nonsense', '--data', data]);
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('nonsense');
  });
});

describe('commands that read', () => {
  it('print JSON of the shapes of the contract', async () => {
    const found = await quanlian([
      'search',
      'separator 1000002',
      '--json',
      '--facet',
      'office',
      'year',
      '--explain',
      '--data',
      data,
    ]);
    const result = SearchResultSchema.parse(jsonLines(found.out)[0]);
    expect(result).toMatchObject({ total: 1, hits: [{ id: 'EP1000002A1' }], corpus: { documents: 6 } });
    expect(Object.keys(result.facets)).toEqual(['office', 'year']);
    expect(result.clauses.length).toBeGreaterThan(0);
    const shown = await quanlian(['show', 'EP 1000002', '--json', '--data', data]);
    expect(PatentDocumentSchema.parse(jsonLines(shown.out)[0]).id).toBe('EP1000002A1');
    const stats = await quanlian(['stats', '--json', '--data', data]);
    expect(CorpusStatsSchema.parse(jsonLines(stats.out)[0])).toMatchObject({ documents: 6, byOffice: { EP: 6 } });
    const check = await quanlian(['check', '--json', '--data', data]);
    expect(CheckReportSchema.parse(jsonLines(check.out)[0]).ok).toBe(true);
  });

  it('page by cursor without a gap or a repetition', async () => {
    const page = async (...more: string[]) => {
      const { out } = await quanlian([
        'search',
        '',
        '--json',
        '--sort',
        'oldest',
        '--limit',
        '4',
        '--data',
        data,
        ...more,
      ]);
      return SearchResultSchema.parse(jsonLines(out)[0]);
    };
    const first = await page();
    const second = await page('--cursor', first.cursor ?? '');
    expect(new Set([...first.hits, ...second.hits].map((hit) => hit.id)).size).toBe(6);
    expect(second.cursor).toBeNull();
  });

  it('print for reading without --json', async () => {
    const { out } = await quanlian(['search', '1000002', '--data', data]);
    expect(out).toMatch(/^1 document\n/);
    expect(out).toContain('EP1000002A1');
    expect((await quanlian(['show', 'EP1000002A1', '--data', data])).out).toContain(
      '(54) en: Separator number 1000002',
    );
    const stats = (await quanlian(['stats', '--data', data])).out;
    expect(stats).toMatch(/^documents +6$/m);
    expect(stats).toMatch(/segment-\d+\.seg +[\d,]+ bytes +CRC-32 [0-9a-f]{8} +\d+ documents/);
  });

  it('refuse a damaged corpus with 1', async () => {
    const copy = join(dir, 'damaged');
    await quanlian(['load', join(dir, 'a.jsonl'), '--data', copy]);
    const segment = (await readdir(join(copy, 'corpus'))).find((name) => name.endsWith('.seg')) ?? '';
    const bytes = await readFile(join(copy, 'corpus', segment));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    await writeFile(join(copy, 'corpus', segment), bytes);
    const { code } = await quanlian(['check', '--json', '--data', copy]);
    expect(code).toBe(1);
  });
});

describe('quanlian parse', () => {
  it('prints documents on standard output and failures on standard error, both as JSON Lines', async () => {
    const { code, out, err } = await quanlian(['parse', join(dir, 'b.jsonl')]);
    expect(code).toBe(0);
    expect(jsonLines(out).map((value) => PatentDocumentSchema.parse(value).id)).toEqual(['EP1000004A1', 'EP1000005A1']);
    expect(jsonLines(err)).toEqual([
      {
        error: {
          code: expect.any(String),
          message: expect.any(String),
          file: join(dir, 'b.jsonl'),
          offset: line(1000004).length,
        },
      },
    ]);
  });

  it('reads standard input, and ends with 1 when there was nothing to read', async () => {
    const good = await start(['parse', '-'], { input: line(1000001) }).ended;
    expect([good.code, jsonLines(good.out).length]).toEqual([0, 1]);
    expect((await quanlian(['parse', join(dir, 'c.txt')])).code).toBe(1);
    expect((await quanlian(['parse', join(dir, 'gone.xml')])).code).toBe(1);
  });
});

describe('a folder with drawings', () => {
  it('keeps the drawings by their content', async () => {
    const folder = join(dir, 'with-drawings');
    await mkdir(folder);
    await writeFile(join(folder, 'doc.jsonl'), line(3000001));
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    await writeFile(join(folder, 'fig1.png'), Buffer.from(png, 'base64'));
    await writeFile(join(folder, 'fig2.png'), Buffer.from(png, 'base64').subarray(0, 40));
    const target = join(dir, 'drawings-data');
    const { code, err } = await quanlian(['load', folder, '--data', target]);
    expect(code).toBe(0);
    expect(err).toMatch(/fig2\.png.*damaged/);
    const kept = (await readdir(join(target, 'files'), { recursive: true })).filter((name) =>
      /[0-9a-f]{64}$/.test(name),
    );
    expect(kept).toHaveLength(1);
  });
});

describe('quanlian export', () => {
  it('writes what loads into an empty folder and is written again byte for byte', async () => {
    const two = JSON.stringify({
      ...JSON.parse(line(1000077)),
      sources: [
        { format: 'docdb', file: 'front.zip!a.xml', offset: 0, sha256: 'a', sourceDate: '2021-01-01' },
        { format: 'ep-st36', file: 'week.zip!b.xml', offset: 3, sha256: 'b' },
      ],
    });
    const first = join(dir, 'first');
    await quanlian(['load', await write('two.jsonl', `${two}\n${line(1000078)}`), '--data', first]);
    const out = join(dir, 'out.jsonl');
    expect((await quanlian(['export', '--output', out, '--data', first])).code).toBe(0);
    const second = join(dir, 'second');
    expect((await quanlian(['load', out, '--data', second])).code).toBe(0);
    const again = await quanlian(['export', '--data', second]);
    expect(again.out).toBe(await readFile(out, 'utf8'));
    expect(again.out.match(/"format":"(?:docdb|ep-st36)"/g)).toHaveLength(2);
  }, 600_000);
});
