import type { PatentDocument } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestFace, type TestFace } from './ops.fixture.js';

function document(number: string, kind: string, date: string, office = 'EP'): PatentDocument {
  const id = `${office}${number}${kind}`;
  return {
    id,
    office,
    number,
    kind,
    date,
    titles: { en: 'Brick' },
    familyId: '4711',
    application: { office, number: office === 'EP' ? '99203729' : '921321', kind: 'A', date: '1999-11-08' },
    sources: [{ format: 'patent-document', file: 'test.jsonl', offset: 0, sha256: id, sourceDate: '2026-01-01' }],
  };
}

const SEARCH = 'published-data/search?q=ti%3Dbrick';

let face: TestFace;
beforeAll(async () => {
  face = await openTestFace({
    documents: [
      document('1000000', 'A1', '2000-05-17'),
      document('1000000', 'B1', '2003-02-12'),
      document('6093011', 'A', '2000-07-25', 'US'),
    ],
  });
});
afterAll(() => face.close());

describe('what a client accepts', () => {
  const answered = async (accept: string): Promise<readonly unknown[]> => {
    const { statusCode, headers } = await face.ask(SEARCH, { headers: { accept } });
    return [statusCode, String(headers['content-type']).replace(/;.*/, '')];
  };

  it('is refused with 405 where it is none of the types of the service', async () => {
    for (const accept of ['text/html', 'text/plain', 'text/xml', 'application/pdf', 'application/xml;q=0'])
      expect([accept, ...(await answered(accept))]).toEqual([accept, 405, 'application/xml']);
  });

  it('is answered in the type that is wanted most', async () => {
    expect(await answered('application/json;q=0.1, application/xml')).toEqual([200, 'application/xml']);
    expect(await answered('application/xml;q=0.5, application/json')).toEqual([200, 'application/json']);
    expect(await answered('text/html, application/xml;q=0.9, application/json;q=0.2, */*;q=0.8')).toEqual([
      200,
      'application/xml',
    ]);
  });
});

describe('methods', () => {
  it('other than those of the service are refused with 405, in XML', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      for (const url of [`/3.2/rest-services/${SEARCH}`, '/3.2/auth/accesstoken', '/3.2/developers/me/stats/usage']) {
        const { statusCode, headers, body } = await face.app.inject({ method, url });
        expect([statusCode, headers['content-type'], headers['x-api']]).toEqual([405, 'application/xml', 'ops-v3.2']);
        expect(body).toContain('<code>CLIENT.MethodNotAllowed</code>');
      }
    }
  });
});

describe('searches', () => {
  it('take a range from the form they are posted in', async () => {
    const { body } = await face.ask('published-data/search', { method: 'POST', payload: 'q=ti%3Dbrick&Range=2-3' });
    expect(body).toContain('<ops:range begin="2" end="3"/>');
    expect(body.match(/<ops:publication-reference/g)).toHaveLength(2);
  });

  it('of the register count dossiers, not their publications', async () => {
    const { body } = await face.ask('register/search?q=pn%3DEP1000000');
    expect(body.match(/<reg:register-document[ >]/g)).toHaveLength(1);
    expect(body).toContain('total-result-count="1"');
  });
});

describe('equivalents', () => {
  it('are given with the whole cycle of each where that is asked for', async () => {
    const publications = async (ending: string): Promise<string[] | null> =>
      (await face.ask(`published-data/publication/docdb/EP.1000000.A1/equivalents/${ending}`)).body.match(
        /doc-number="\d+" kind="\w+"/g,
      );
    expect(await publications('biblio')).toEqual(['doc-number="1000000" kind="A1"', 'doc-number="6093011" kind="A"']);
    expect(await publications('biblio,full-cycle')).toEqual([
      'doc-number="1000000" kind="A1"',
      'doc-number="1000000" kind="B1"',
      'doc-number="6093011" kind="A"',
    ]);
  });
});

describe('concordances', () => {
  it('have nothing in the IPC for what stands in the CPC alone', async () => {
    for (const symbol of ['A01D2085/008', 'Y02E10/50'])
      expect((await face.ask(`classification/map/cpc/${symbol}/ipc`)).statusCode).toBe(404);
    expect((await face.ask('classification/map/cpc/A01B1/02/ipc')).body).toContain('<ops:ipc>A01B1/02</ops:ipc>');
  });
});

describe('bulks', () => {
  it('answer a number once, however often and in whichever brackets it is given', async () => {
    const payload = 'EP.1000000.A1\n(EP).(1000000).(A1),EP.9999999.A1';
    for (const path of ['family/publication/docdb', 'published-data/publication/docdb/equivalents']) {
      const { body } = await face.ask(path, { method: 'POST', payload });
      expect(body.match(/<ops:publication-reference>/g)).toHaveLength(1);
    }
  });

  it('take empty brackets for a part that is left out', async () => {
    const { statusCode, body } = await face.ask('published-data/publication/docdb/(EP).(1000000).()/biblio');
    expect([statusCode, body]).toEqual([413, expect.stringContaining('<resolution>publication/docdb/EP.1000000.A1<')]);
    const dated = await face.ask('published-data/publication/docdb/(EP).(1000000).(B1).()/biblio');
    expect(dated.body).toContain('kind="B1"');
  });
});

describe('numbers', () => {
  const ASKED: readonly (readonly [path: string, status: string, output: string])[] = [
    [
      'application/original/PCT/GB02/04635.20021011/docdb',
      'pBRE002 pBRE015',
      '<country>GB</country><doc-number>0204635</doc-number><kind>W</kind><date>20021011</date>',
    ],
    [
      'application/original/US.(08/921,321).A.19970829/epodoc',
      'SUCCESS',
      '<doc-number>US19970921321</doc-number><kind>A</kind><date>19970829</date>',
    ],
    [
      'application/docdb/US.92132197.A.19970829/epodoc',
      'SUCCESS',
      '<doc-number>US19970921321</doc-number><kind>A</kind><date>19970829</date>',
    ],
    [
      'application/docdb/US.92132197.A.19970829/original',
      'SUCCESS',
      '<country>US</country><doc-number>92132197</doc-number><kind>A</kind><date>19970829</date>',
    ],
    [
      'application/docdb/JP.2006147056.A.20060526/original',
      'SUCCESS',
      '<country>JP</country><doc-number>2006147056</doc-number><kind>A</kind><date>20060526</date>',
    ],
    [
      'application/original/(CN).(200480012345.3).(A)/docdb',
      'pBRE104',
      '<country>CN</country><doc-number>200480012345</doc-number><kind>A</kind>',
    ],
    [
      'application/original/(EP).(99203729.2).(A)/docdb',
      'pBRE001',
      '<country>EP</country><doc-number>99203729</doc-number><kind>A</kind>',
    ],
    ['application/original/(US).(08/921,321).(19970829)/docdb', 'pBRE019', '<doc-number>92132197</doc-number>'],
    ['application/epodoc/US20070964952.20071227/docdb', 'SUCCESS', '<doc-number>96495207</doc-number><kind>A</kind>'],
    ['application/epodoc/US20070964952.20071227/original', 'SUCCESS', '<doc-number>96495207</doc-number>'],
    ['application/epodoc/US20040023667.20041228/docdb', 'SUCCESS', '<doc-number>2366704</doc-number>'],
    ['application/epodoc/AU20130290010/docdb', 'SUCCESS', '<doc-number>2013290010</doc-number>'],
    ['application/epodoc/CA20112744162/docdb', 'SUCCESS', '<doc-number>2744162</doc-number>'],
    ['application/epodoc/MD20050000130.20050130/docdb', 'SUCCESS', '<doc-number>20050130</doc-number>'],
    ['application/epodoc/WO2002GB04635.20021011/docdb', 'SUCCESS', '<doc-number>0204635</doc-number><kind>W</kind>'],
    ['publication/docdb/XX.X1.A1/epodoc', 'pBRE999', '<doc-number>XXX1</doc-number>'],
  ];

  it.each(ASKED)('%s', async (path, status, output) => {
    const { body } = await face.ask(`number-service/${path}`);
    expect(body).toContain('href="/3.2/style/numbers.xsl"?>');
    expect(body).toContain(`<ops:meta name="status" value="${status}"/>`);
    expect(body.slice(body.indexOf('<ops:output>'))).toContain(output);
  });
});
