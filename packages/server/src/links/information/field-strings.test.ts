import { gzipSync } from 'node:zlib';
import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { openInputs } from '@quanlian/formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer, TOKEN } from '../../app.fixture.js';

/** Strings that every field takes as text: kind, the string, and a word by which search must find it. */
const STRINGS: readonly (readonly [kind: string, text: string, word: string])[] = [
  ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>needleaa', 'needleaa'],
  ['svg', '<svg/onload=alert(1)><a href="javascript:alert(1)">needleab</a>', 'needleab'],
  ['quotes and SQL', `needleac'); DROP TABLE people;-- "' OR 1=1 /*`, 'needleac'],
  ['template', 'needlead {{7*7}} \u0024{7*7} <%= 7*7 %> #{7*7} {name}', 'needlead'],
  ['log', 'needleae\r\n2026-11-22 ERROR forged \u0024{jndi:ldap://127.0.0.1/a} \u001b[2J', 'needleae'],
  ['path', '../../../etc/passwd needleaf ..\\..\\windows', 'needleaf'],
  ['NUL', 'needleag\u0000after %00', 'needleag'],
  ['bidirectional', 'A\u202egnp.exe\u202c \u2066needleah', 'needleah'],
  ['zero width', 'needle\u200bai nee\u00addleaj \ufeffneedleak', 'needleak'],
  ['combining', `Z${'\u0301\u0327'.repeat(300)} needleal`, 'needleal'],
  ['long', `needleam ${'x'.repeat(1_000_000)}`, 'needleam'],
  ['formula', "=cmd|' /C calc'!A0 needlean", 'needlean'],
  ['formula behind a blank', ' \u0000=HYPERLINK("http://127.0.0.1","needleao")', 'needleao'],
  ['formula by sign', '-2+3+cmd needleap', 'needleap'],
  ['formula by at', '@SUM(1+1) needleaq', 'needleaq'],
  ['formula by tab', '\t=1+1 needlear', 'needlear'],
  ['formula in wide letters', '＝1+1 needleas', 'needleas'],
  ['regular expression', `(a+)+$ ${'a'.repeat(5000)}! needleat`, 'needleat'],
  ['lone surrogate', 'needleau \ud800 end', 'needleau'],
  ['prototype', '__proto__ constructor needleav', 'needleav'],
];

const document = (text: string, index: number): PatentDocument => ({
  id: `EP${2_000_000 + index}A1`,
  office: 'EP',
  number: String(2_000_000 + index),
  kind: 'A1',
  date: '2020-01-15',
  titles: { en: text },
  abstracts: { en: text },
  applicants: [{ name: text }],
  inventors: [{ name: text }],
  claims: [{ lang: 'en', number: 1, text, dependsOn: [] }],
  sources: [],
});

/** The cells of a CSV file (RFC 4180). */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

let server: TestServer;
const get = (url: string) => server.app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1' } });

async function load(body: Buffer, name: string, headers: Record<string, string> = {}) {
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/loads?name=${encodeURIComponent(name)}`,
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${TOKEN}`, ...headers },
    payload: body,
  });
  if (answer.statusCode !== 202) return { status: answer.statusCode, state: 'refused', read: 0, failures: '' };
  const { id } = answer.json() as { id: string };
  for (;;) {
    const job = (await get(`/loads/${id}`)).json();
    if (job.state !== 'running' && job.state !== 'waiting') {
      const failures = (await get(`/loads/${id}/failures`)).body;
      return { status: 202, state: job.state as string, read: job.summary.read as number, failures };
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const GOOD = Buffer.from(`${JSON.stringify(document('A good one', 900))}\n`);

beforeAll(async () => {
  server = await createTestServer({ openBackend: (dir) => openCorpusInline({ dir, write: true }) });
  const lines = STRINGS.map(([, text], index) => JSON.stringify(document(text, index))).join('\n');
  // The name of the file is a field as any other.
  const loaded = await load(Buffer.from(lines), '../../=cmd|x\u202e<script>\u0000.jsonl');
  expect(loaded).toMatchObject({ state: 'done', read: STRINGS.length });
}, 120_000);
afterAll(() => server.close());

describe('field strings', () => {
  test.each(STRINGS.map(([kind, text, word], index) => [kind, index, text, word] as const))(
    '%s is stored as it is and found again',
    async (_, index, text, word) => {
      const id = `EP${2_000_000 + index}A1`;
      const found = (await get(`/search?q=title:${word}&limit=5`)).json();
      expect(found.hits.map((hit: { id: string }) => hit.id)).toEqual([id]);
      const stored = (await get(`/publications/${id}`)).json();
      expect(stored.document.titles.en).toBe(text);
      expect(stored.document.applicants[0].name).toBe(text);
    },
  );

  test.each(STRINGS)(
    '%s as a query, a filter, a name and an address is an answer or a named refusal',
    async (_, text) => {
      const value = encodeURIComponent(Buffer.from(text.slice(0, 4000)).toString());
      const addresses = [
        `/search?q=${value}`,
        `/search?filter=office:${value}`,
        `/search?limit=${value}`,
        `/search?q=applicant:${value}&syntax=cql`,
        `/suggestions?field=applicant&q=${value}`,
        `/export?format=csv&q=${value}`,
        `/publications/${value}`,
      ];
      for (const address of addresses) {
        const begun = process.cpuUsage();
        const { statusCode, body, headers } = await get(address);
        expect([address.slice(0, 40), statusCode < 500]).toEqual([address.slice(0, 40), true]);
        expect(`${headers['content-disposition'] ?? ''}`).not.toMatch(/[\r\n]/);
        if (statusCode >= 400) expect(JSON.parse(body).error.code).toMatch(/^[a-z_]+\.[a-z_]+$/);
        const { user, system } = process.cpuUsage(begun);
        expect((user + system) / 1e6).toBeLessThan(10);
      }
    },
  );

  test('a CSV has no cell that begins a formula, and no control character', async () => {
    const { body } = await get('/export?format=csv&sort=oldest');
    const rows = csvRows(body.replace(/^\ufeff/, ''));
    expect(rows.length).toBe(STRINGS.length + 1);
    for (const cell of rows.flat()) {
      expect(cell.slice(0, 60)).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]/u);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(cell).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    }
  });

  test('a workbook has text in every cell and no formula', async () => {
    const { rawPayload } = await get('/export?format=xlsx&sort=oldest');
    const names: string[] = [];
    for await (const input of await openInputs(['-'], {
      stdin: (async function* () {
        yield rawPayload;
      })(),
      stdinName: 'a.zip',
    })) {
      if (input.kind === 'failure' || !/sheet\d+\.xml$/.test(input.name)) continue;
      const parts: Uint8Array[] = [];
      for await (const part of input.chunks) parts.push(part);
      names.push(input.name);
      const sheet = Buffer.concat(parts).toString('utf8');
      expect(sheet).not.toMatch(/<f[ >/]/);
      expect(sheet.match(/<row[ >]/g)).toHaveLength(STRINGS.length + 1);
    }
    expect(names).toHaveLength(1);
  });
});

describe('a bomb of gzip as the body of a request', () => {
  const bomb = gzipSync(Buffer.concat([GOOD, Buffer.alloc(150 * 1024 * 1024, 0x20)]), { level: 9 });

  test.each([
    ['as a file', {} as Record<string, string>],
    ['with Content-Encoding: gzip', { 'content-encoding': 'gzip' }],
  ] as const)('%s is refused by its limit, and the next file loads', async (_, headers) => {
    const before = process.memoryUsage().rss;
    const one = await load(bomb, 'bomb.gz', headers);
    if (one.status === 202) expect(one.failures).toMatch(/load\.archive_refused|record\.too_large/);
    else expect([413, 415]).toContain(one.status);
    expect(process.memoryUsage().rss - before).toBeLessThan(500 * 1024 * 1024);
    expect(await load(GOOD, 'good.jsonl')).toMatchObject({ state: 'done', read: 1 });
  });

  test('an address that takes JSON takes no packed body', async () => {
    const answer = await server.app.inject({
      method: 'PUT',
      url: '/api/v1/synonyms/lamps',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', authorization: `Bearer ${TOKEN}` },
      payload: bomb,
    });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
  });
});

test('the same record again is one document with the latest content', async () => {
  const at = (title: string, day: string) =>
    Buffer.from(
      `${JSON.stringify({ ...document(title, 950), sources: [{ format: 'docdb', file: 'a', offset: 0, sha256: title, sourceDate: day }] })}\n`,
    );
  await load(at('First needlezz', '2021-01-01'), 'one.jsonl');
  await load(at('Second needlezz', '2022-01-01'), 'two.jsonl');
  await load(at('First needlezz', '2021-01-01'), 'three.jsonl');
  const found = (await get('/search?q=title:needlezz')).json();
  expect(found.total).toBe(1);
  expect((await get('/publications/EP2000950A1')).json().document.titles.en).toBe('Second needlezz');
});
