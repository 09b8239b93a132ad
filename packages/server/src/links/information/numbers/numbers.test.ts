import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, TOKEN, testDocument } from '../../../app.fixture.js';
import { splitNumbers } from './numbers.service.js';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({
    async openBackend(dir) {
      const backend = await openCorpusInline({ dir, write: true });
      await backend.apply([
        testDocument('EP1000000A1'),
        testDocument('EP1000000B1'),
        testDocument('CN101234567A', { application: { office: 'CN', number: '200710308494' } as never }),
      ]);
      return backend;
    },
  });
});
afterAll(() => server.close());

const post = (url: string, payload: object) =>
  server.app.inject({ method: 'POST', url: `/api/v1${url}`, payload, headers: { authorization: `Bearer ${TOKEN}` } });

const LIST = 'EP 1 000 000\nＺＬ200710308494.X；200710308494.1\n\nno number';

describe('a list of numbers', () => {
  it('is cut at lines, tabs and semicolons of both widths, quotes of a table file left out', () => {
    expect(splitNumbers('\uFEFF"EP1";EP2\r\n\tEP3；EP4、 EP5 \n\n')).toEqual(['EP1', 'EP2', 'EP3', 'EP4', 'EP5']);
  });

  it('gives readings, what is wrong and the documents here, in order', async () => {
    const { numbers } = (await post('/numbers', { text: LIST })).json() as {
      numbers: { input: string; valid: boolean; found: string[]; warnings: { code: string }[] }[];
    };
    expect(numbers.map(({ input }) => input)).toEqual([
      'EP 1 000 000',
      'ＺＬ200710308494.X',
      '200710308494.1',
      'no number',
    ]);
    expect(numbers[0]?.found).toEqual(['EP1000000A1', 'EP1000000B1']);
    expect(numbers[1]).toMatchObject({ valid: true, found: ['CN101234567A'] });
    expect(numbers[2]?.warnings.map(({ code }) => code)).toContain('number.bad_check_digit');
    expect(numbers[3]).toMatchObject({ valid: false, found: [] });
  });

  it('is written as a table with one row for each reading', async () => {
    const csv = await post('/numbers/report', { text: LIST, lang: 'zh' });
    expect(csv.headers['content-type']).toContain('text/csv');
    const lines = csv.body.trim().split('\r\n');
    expect(lines[0]).toContain('输入');
    expect(lines.length).toBeGreaterThan(4);
    expect(lines.some((line) => line.includes('EP1000000A1 EP1000000B1'))).toBe(true);
    const xlsx = await post('/numbers/report', { text: LIST, format: 'xlsx' });
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  it('is refused when it is too long', async () => {
    const answer = await post('/numbers', { text: 'EP1\n'.repeat(10_001) });
    expect([answer.statusCode, answer.json().error.path]).toEqual([400, 'text']);
  });
});

describe('records and sets over HTTP', () => {
  it('gives a record, replays it, prints it and refuses a changed one', async () => {
    const record = (await post('/records', { q: 'device' })).json();
    expect(record.signed.total).toBe(3);
    expect((await server.app.inject('/api/v1/records/key')).json().keyId).toBe(record.signature.keyId);
    expect((await post('/records/replay', record)).json()).toMatchObject({ sameDocuments: true, sameOrder: true });
    const pdf = await post('/records/pdf?lang=zh', record);
    expect([pdf.statusCode, pdf.rawPayload.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    record.signed.total = 4;
    const refused = await post('/records/replay', record);
    expect([refused.statusCode, refused.json().error.code]).toEqual([422, 'replay.refused']);
  });

  it('answers queries that stand on sets, in the address and in a body, and refuses circles', async () => {
    const search = await server.app.inject('/api/v1/search?q=S1+NOT+S2&set=S1=device&set=S2=office:CN');
    expect(search.json().total).toBe(2);
    const sets = [
      { name: 'S1', text: '@PD>=2020', syntax: 'command' },
      { name: 'S2', text: '公开国=CN', syntax: 'cnipa' },
    ];
    const posted = await post('/search', { q: 'S1 与 S2', sets });
    expect(posted.json()).toMatchObject({ total: 1, query: { ast: { op: 'and' } } });
    const circle = await post('/search', { q: 'S1', sets: [{ name: 'S1', text: 'L1 OR S1', syntax: 'command' }] });
    expect([circle.statusCode, circle.json().error.message]).toEqual([400, expect.stringContaining('S1 → S1')]);
    const missing = await post('/search', { q: '@set(S7) device', sets });
    expect(missing.json().error).toMatchObject({ code: 'query.invalid', message: expect.stringContaining('S7') });
  });

  it('names what it cannot answer, takes an order from the query and explains', async () => {
    const index = await server.app.inject('/api/v1/search?syntax=cql&q=cpci%3DA01B');
    expect(index.json().error).toMatchObject({ code: 'query.unsupported', message: expect.stringContaining('cpci') });
    const modifier = await server.app.inject(`/api/v1/search?syntax=cql12&q=${encodeURIComponent('title =/stem x')}`);
    expect(modifier.json().error).toMatchObject({
      code: 'query.unsupported',
      message: expect.stringContaining('stem'),
    });
    const sorted = `device sortBy date/sort.descending`;
    const answer = await server.app.inject(`/api/v1/search?syntax=cql12&q=${encodeURIComponent(sorted)}`);
    expect(answer.json().total).toBe(3);
    const explained = await server.app.inject('/api/v1/explanation?q=device+zeppelin');
    expect(explained.json().emptied).toEqual([{ clause: 2, reason: 'alone', without: 3 }]);
    const suggested = await server.app.inject('/api/v1/suggestions?text=dev');
    expect(suggested.json().suggestions).toEqual([{ text: 'device', kind: 'term', count: 3 }]);
  });
});
