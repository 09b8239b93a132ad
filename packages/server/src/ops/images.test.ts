import { readFileSync } from 'node:fs';
import type { PatentDocument } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestFace, type TestFace } from './ops.fixture.js';

/** Pictures of our own, the pages of which the tests of the formats look at. */
const picture = (name: string): Buffer =>
  readFileSync(new URL(`../../../formats/src/images/fixtures/${name}`, import.meta.url));

function document(id: string, files: readonly string[]): PatentDocument {
  const [, office = '', number = '', kind = ''] = /^([A-Z]{2})(\d+)([A-Z]\d?)$/.exec(id) ?? [];
  const sources = [{ format: 'patent-document', file: `load/${id}/doc.xml`, offset: 0, sha256: id }];
  return { id, office, number, kind, titles: { en: 'Lamp' }, figures: files.map((file) => ({ file })), sources };
}

let face: TestFace;
beforeAll(async () => {
  const documents = [
    document('EP4000001A1', ['one.tif', 'two.tif']),
    document('EP4000002A1', ['scan.tif']),
    document('EP4000003A1', []),
  ];
  face = await openTestFace({ documents });
  const { assets } = face.face.answers;
  await assets.put('load/EP4000001A1/one.tif', picture('group4.tif'), { pages: 1 });
  await assets.put('load/EP4000001A1/two.tif', picture('lzw.tif'), { pages: 1 });
  await assets.put('load/EP4000002A1/scan.tif', picture('two-pages.tif'), { pages: 2 });
  await assets.sync();
});
afterAll(() => face.close());

const images = (path: string, headers: Record<string, string> = {}) =>
  face.ask(`published-data/images${path}`, { headers });

describe('images', () => {
  it('are inquired with their pages and the formats they can be had in', async () => {
    const { body } = await face.ask('published-data/publication/docdb/EP.4000001.A1/images');
    expect(body).toContain('number-of-pages="2" desc="Drawing" link="published-data/images/EP/4000001/A1/thumbnail"');
    expect(body).toContain(
      'number-of-pages="1" desc="FirstPageClipping" link="published-data/images/EP/4000001/A1/firstpage"',
    );
    expect(body.match(/<ops:document-format>[^<]+/g)?.slice(0, 3)).toEqual([
      '<ops:document-format>application/tiff',
      '<ops:document-format>application/pdf',
      '<ops:document-format>image/png',
    ]);
    expect(body).not.toContain('FullDocument');
    const scan = await face.ask('published-data/publication/epodoc/EP4000002/images');
    expect(scan.body).toContain(
      'number-of-pages="2" desc="FullDocument" link="published-data/images/EP/4000002/A1/fullimage"',
    );
    expect((await face.ask('published-data/publication/docdb/EP.4000003.A1/images')).statusCode).toBe(404);
  });

  it('come page by page in the format asked for, by header or by ending, by GET and by POST', async () => {
    const tiff = await images('/EP/4000001/A1/fullimage', { accept: 'application/tiff', 'x-ops-range': '2' });
    expect([tiff.statusCode, tiff.headers['content-type']]).toEqual([200, 'application/tiff']);
    expect(tiff.rawPayload.equals(picture('lzw.tif'))).toBe(true);
    for (const [path, headers, type, start] of [
      ['/EP/4000001/A1/fullimage.pdf?Range=1', {}, 'application/pdf', '%PDF-'],
      ['/EP/4000001/A1/thumbnail?Range=1-1', { accept: 'image/png' }, 'image/png', '\u0089PNG'],
      ['/EP/4000002/A1/fullimage.png?Range=2', {}, 'image/png', '\u0089PNG'],
      ['/EP/4000002/A1/fullimage.tiff?Range=2', {}, 'application/tiff', 'MM'],
      ['/EP/4000001/A1/firstpage', { accept: 'text/html, application/pdf;q=0.5' }, 'application/pdf', '%PDF-'],
    ] as const) {
      const answer = await images(path, headers);
      expect([path, answer.statusCode, answer.headers['content-type']]).toEqual([path, 200, type]);
      expect(answer.rawPayload.toString('latin1', 0, start.length)).toBe(start);
      expect(Number(answer.headers['content-length'])).toBe(answer.rawPayload.length);
      expect(answer.headers['x-throttling-control']).toContain('images=');
    }
    const posted = await face.ask('published-data/images', {
      method: 'POST',
      payload: 'EP/4000001/A1/fullimage',
      headers: { accept: 'application/pdf', 'x-ops-range': '2' },
    });
    expect([posted.statusCode, posted.headers['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('that are not there, or not so, are refused in words', async () => {
    for (const [path, headers, status, words] of [
      ['/EP/4000001/A1/fullimage?Range=3', {}, 404, 'There is no page 3: 2 of its pages are held.'],
      ['/EP/4000001/A1/firstpage?Range=2', {}, 404, 'There is no page 2: 1 of its pages are held.'],
      ['/EP/4000003/A1/fullimage', {}, 404, 'There is no page 1: no image of this publication is held.'],
      ['/EP/4999999/A1/fullimage', {}, 404, 'No results found'],
      ['/EP/4000001/A1/fullimage?Range=1-2', {}, 400, 'Images come page by page'],
      ['/EP/4000001/A1/fullimage?Range=0', {}, 400, 'Images come page by page'],
      ['/EP/4000001/A1/fullimage', { accept: 'image/gif' }, 405, "Can't serve media types image/gif"],
      ['/EP/4000001/A1/fullimage.bmp', {}, 405, "Can't serve media types bmp"],
      ['/EP/4000001/A1/cover', {}, 404, 'An image is named'],
    ] as const) {
      const answer = await images(path, headers);
      expect([path, answer.statusCode, answer.headers['content-type']]).toEqual([path, status, 'application/xml']);
      expect(answer.body).toContain(words);
    }
    const media = await face.ask('classification/cpc/media/1000.gif');
    expect([media.statusCode, media.body]).toEqual([404, expect.stringContaining('Pictures of the classification')]);
  });
});
