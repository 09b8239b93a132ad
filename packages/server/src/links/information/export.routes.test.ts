import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, testDocument } from '../../app.fixture.js';
import { dispositionOf } from './export.routes.js';

const COUNT = 1200;

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({
    async openBackend(dir) {
      const backend = await openCorpusInline({ dir, write: true });
      const many = Array.from({ length: COUNT }, (_, i) => testDocument(`EP${1000000 + i}A1`));
      const chinese = testDocument('CN101234567A', {
        titles: { en: '=Battery', zh: '锂离子电池' },
        date: '2021-01-01',
      });
      await backend.apply([...many, chinese]);
      return backend;
    },
  });
});
afterAll(() => server.close());

const get = (query: string) => server.app.inject(`/api/v1/export?${query}`);

describe('an export', () => {
  it('holds every hit as JSON Lines, in order, without a limit', async () => {
    const answer = await get('format=jsonl&filter=office:EP&sort=oldest');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    const ids = answer.body
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toHaveLength(COUNT);
    expect(new Set(ids).size).toBe(COUNT);
  });

  it('is a table with headings in the language asked for, safe to open', async () => {
    const zh = await get(`format=csv&lang=zh&q=${encodeURIComponent('电池')}`);
    expect(zh.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(zh.body.codePointAt(0)).toBe(0xfeff);
    expect(zh.body.split('\r\n')[0]).toContain('发明名称');
    expect(zh.body.split('\r\n')[1]).toContain('锂离子电池');
    const en = await get('format=csv&lang=en&filter=office:CN');
    expect(en.body).toContain("'=Battery");
  });

  it('is a workbook when asked for', async () => {
    const answer = await get('format=xlsx&filter=office:CN');
    expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect(answer.rawPayload.includes('xl/worksheets/')).toBe(true);
  });

  it('is refused for a query that cannot be read, or a format that does not exist', async () => {
    expect((await get('q=date:never')).json()).toMatchObject({ error: { code: 'query.invalid' }, errors: [{}] });
    expect((await get('format=pdf')).statusCode).toBe(400);
  });

  it('does not count as running once it has ended', async () => {
    for (let n = 0; n < 12; n += 1) expect((await get('format=csv&filter=office:CN')).statusCode).toBe(200);
  });
});

describe('the name of the file', () => {
  it('is the query’s, for old programs and new ones', () => {
    expect(dispositionOf('锂 "离子"/电池', 'csv')).toBe(
      `attachment; filename="quanlian-_-__-__.csv"; filename*=UTF-8''quanlian-${encodeURIComponent('锂-离子-电池')}.csv`,
    );
    expect(dispositionOf('', 'xlsx')).toContain('filename="quanlian-all.xlsx"');
    expect(dispositionOf('a'.repeat(500), 'csv').length).toBeLessThan(250);
    expect(dispositionOf('a\r\nset-cookie: x', 'csv')).not.toMatch(/[\r\n]/);
  });
});
