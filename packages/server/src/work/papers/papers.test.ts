import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import { writeDocx } from './docx.js';
import { writePdf } from './pdf.js';
import { type DocumentTemplate, fillDocument } from './template.js';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('picture')]);
let test: TestWork;
beforeAll(async () => {
  test = await openTestWork({ papers: { largestBytes: 64 * 1024 } });
});
afterAll(() => test.close());

const stream = (content: string | Buffer): Readable => Readable.from([Buffer.from(content)]);

describe('adding a paper', () => {
  it.each<[string, Buffer | string, string]>([
    ['a.png', PNG, 'image/png'],
    ['a.html', '%PDF-1.7\n', 'application/pdf'],
    ['表.csv', '姓名,单位\r\n张三,市局\r\n', 'text/csv'],
    ['注.txt', '你好', 'text/plain'],
  ])('takes %s by what it holds', async (name, content, mediaType) => {
    const { base, city } = test;
    const officer = await city.person('north', 'district-clerk');
    const parts = { organizationId: city.organizations.north, name, kind: 'evidence' };
    const paper = await base.papers.add(officer, parts, stream(content));
    expect(paper).toMatchObject({ name, mediaType, size: Buffer.from(content).length });
    const read = await base.papers.content(officer, paper.id);
    expect(Buffer.concat(await read.content.toArray())).toEqual(Buffer.from(content));
  });

  it.each<[string, Buffer | string, string]>([
    ['empty.png', '', 'empty'],
    ['page.png', '<html><script>alert(1)</script>', 'not kept'],
    ['drawing.txt', ' <svg xmlns="http://www.w3.org/2000/svg"/>', 'not kept'],
    ['run.pdf', Buffer.from('4d5a900003', 'hex'), 'not kept'],
    ['big.txt', 'x'.repeat(64 * 1024 + 1), 'larger'],
    ['bad.txt', Buffer.from([0x68, 0xff, 0xfe]), 'not kept'],
    ['any.zip', Buffer.from('504b0304000000', 'hex'), 'no DOCX'],
  ])('refuses %s and leaves nothing', async (name, content, reason) => {
    const { base, city } = test;
    const officer = await city.person('south', 'district-clerk');
    const parts = { organizationId: city.organizations.south, name, kind: 'evidence' };
    const adding = base.papers.add(officer, parts, Readable.from(content.length ? [Buffer.from(content)] : []));
    await expect(adding).rejects.toMatchObject({ code: 'paper.refused', message: expect.stringContaining(reason) });
    expect(await base.papers.list(officer, { limit: 10 })).toEqual([]);
  });

  it('keeps one organization’s file from another, and the name free of paths', async () => {
    const { base, city } = test;
    const mine = await city.person('company', 'ip-manager');
    const theirs = await city.person('other', 'ip-manager');
    const at = (organizationId: string) => ({ organizationId, name: '../..\\x/../证据.png', kind: 'evidence' });
    const paper = await base.papers.add(mine, at(city.organizations.company), stream(PNG));
    expect(paper.name).toBe('证据.png');
    await expect(base.papers.get(theirs, paper.id)).rejects.toMatchObject({ code: 'paper.not_found' });
    await expect(base.papers.add(theirs, at(city.organizations.company), stream(PNG))).rejects.toMatchObject({
      code: 'access.denied',
    });
    const own = await base.papers.add(theirs, at(city.organizations.other), stream(PNG));
    expect(own.sha256).toBe(paper.sha256);
    expect(await base.papers.list(theirs, { limit: 10 })).toEqual([own]);
  });

  it('lets who works on the thing add and read, in its organization', async () => {
    const { base, city } = test;
    const agent = await city.person('agency', 'agency-agent');
    const subjectId = base.environment.newId();
    const parts = {
      organizationId: city.organizations.company,
      name: '答复.pdf',
      kind: 'reply',
      subjectKind: 'case',
      subjectId,
    };
    await expect(base.papers.add(agent, parts, stream('%PDF-1'))).rejects.toMatchObject({ code: 'access.denied' });
    await city.assign('case', subjectId, 'company', agent);
    const again = await city.again(agent);
    const paper = await base.papers.add(again, parts, stream('%PDF-1'));
    expect(await base.papers.list(again, { limit: 10 })).toEqual([paper]);
  });

  it('leaves no file behind in the folder where files come in', async () => {
    const folders = await readdir(join(test.folder.papers, 'coming'));
    expect(folders).toEqual([]);
  });
});

const TEMPLATE: DocumentTemplate = {
  id: 'notice',
  title: { zh: '督查整改通知书', en: 'Order to rectify' },
  blocks: [
    { kind: 'heading', text: { zh: '一、问题', en: '1. Finding' } },
    { kind: 'text', text: { zh: '{unit}：经查，{finding}。', en: '{unit}: we found that {finding}.' } },
    { kind: 'fields', fields: [{ label: { zh: '期限', en: 'Due' }, value: { zh: '{due}', en: '{due}' } }] },
    {
      kind: 'table',
      columns: [
        { zh: '序号', en: 'No.' },
        { zh: '措施', en: 'Measure' },
      ],
      rows: 'measures',
    },
  ],
  footer: { zh: '本通知由平台生成', en: 'Made by the platform' },
};
const VALUES = {
  values: { unit: '望澜区局', finding: '{due} <b>培训未覆盖</b> #{1+1}', due: '2026-06-30' },
  tables: { measures: Array.from({ length: 80 }, (_, index) => [index + 1, '补训']) },
};

describe('documents from templates', () => {
  it('put values in and evaluate nothing, in either language', () => {
    const { blocks } = fillDocument(TEMPLATE, VALUES, 'zh');
    expect(blocks[1]).toEqual({ kind: 'text', text: '望澜区局：经查，{due} <b>培训未覆盖</b> #{1+1}。' });
    expect(fillDocument(TEMPLATE, VALUES, 'en').title).toBe('Order to rectify');
    const { unit: _, ...incomplete } = VALUES.values;
    expect(() => fillDocument(TEMPLATE, { ...VALUES, values: incomplete }, 'zh')).toThrow('“unit”');
    expect(() => fillDocument(TEMPLATE, { values: VALUES.values }, 'zh')).toThrow('“measures”');
  });

  it('become DOCX that this program takes as a paper', async () => {
    const { base, city } = test;
    const officer = await city.person('city', 'city-officer');
    const bytes = await writeDocx(fillDocument(TEMPLATE, VALUES, 'zh'));
    const parts = { organizationId: city.organizations.city, name: '通知.docx', kind: 'order' };
    const paper = await base.papers.add(officer, parts, stream(bytes));
    expect(paper.mediaType).toMatch(/wordprocessingml/);
  });

  it('become PDF of several pages with the glyphs they use', async () => {
    const bytes = await writePdf(fillDocument(TEMPLATE, VALUES, 'zh'));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBeLessThan(200_000);
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1);
  });
});

describe('the file over HTTP', () => {
  it('is an attachment in a sandbox, and a picture in place when asked', async () => {
    const { app, base, city } = test;
    const officer = await city.person('city', 'city-officer');
    const { key } = await base.identity.apiKeys.create(officer, {
      organizationId: city.organizations.city,
      name: 'test',
      permissions: ['paper.add', 'paper.read'],
      days: 1,
    });
    const headers = { host: '127.0.0.1', authorization: `Bearer ${key}` };
    const url = `/api/v1/papers?organizationId=${city.organizations.city}&name=${encodeURIComponent('图.png')}`;
    const upload = { ...headers, 'content-type': 'application/octet-stream' };
    const added = await app.inject({ method: 'POST', url, headers: upload, payload: PNG });
    expect(added.statusCode).toBe(201);
    const content = `/api/v1/papers/${added.json().id}/content`;
    const plain = await app.inject({ url: content, headers });
    expect(plain.headers['content-disposition']).toBe(`attachment; filename="_.png"; filename*=UTF-8''%E5%9B%BE.png`);
    expect(plain.headers['content-security-policy']).toContain('sandbox');
    expect(plain.headers['x-content-type-options']).toBe('nosniff');
    expect(plain.rawPayload).toEqual(PNG);
    const shown = await app.inject({ url: `${content}?preview=1`, headers });
    expect(shown.headers['content-disposition']).toMatch(/^inline/);
    expect((await app.inject({ url: content, headers: { host: '127.0.0.1' } })).statusCode).toBe(401);
  });
});
