import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, TOKEN } from '../../../app.fixture.js';
import { numberSeries, thinTimes, weeksOf } from './coverage.gaps.js';

function document(office: string, number: string, kind: string, date: string, more: object = {}): PatentDocument {
  const id = `${office}${number}${kind}`;
  return {
    id,
    office,
    number,
    kind,
    date,
    sources: [{ format: 'patent-document', file: 'x', offset: 0, sha256: id }],
    ...more,
  };
}

const CELLS = 'Lithium battery cell with a separator between the electrodes and an electrolyte';
const documents: PatentDocument[] = [
  ...[2010, 2011, 2013, 2014].flatMap((year) =>
    Array.from({ length: 6 }, (_, at) =>
      document('CN', `10${year - 2000}0000${at}`, 'A', `${year}-03-0${at + 1}`, {
        lang: 'en',
        titles: { en: `Battery ${at}` },
        abstracts: { en: CELLS },
        classifications: [{ scheme: 'IPC', symbol: at === 0 ? 'H01M 10/0525' : 'H01M 50/40' }],
      }),
    ),
  ),
  document('EP', '1000001', 'A1', '2012-05-02', {
    lang: 'en',
    titles: { en: 'Plough' },
    abstracts: { en: 'A plough with a share that turns the soil of a field' },
    claims: [{ num: '1', text: 'A plough.' }],
    application: { office: 'EP', number: '10123456', date: '2010-01-01' },
    classifications: [{ scheme: 'IPC', symbol: 'A01B 3/00' }],
  }),
  document('EP', '1000004', 'A1', '2012-05-09'),
];

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({
    openBackend: async (dir) => {
      const corpus = await openCorpusInline({ dir, write: true });
      await corpus.apply(documents);
      return corpus;
    },
  });
});
afterAll(() => server.close());

const inject = (url: string) => server.app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1' } });

describe('gaps', () => {
  it('are years far below those around them, never the first or the last', () => {
    const years = new Map([
      ['2010', 1],
      ['2011', 40],
      ['2012', 3],
      ['2013', 38],
      ['2015', 41],
      ['2016', 2],
    ]);
    expect(thinTimes(years)).toEqual([
      { when: '2012', documents: 3, expected: 38 },
      { when: '2014', documents: 0, expected: 38 },
    ]);
    expect(thinTimes(new Map())).toEqual([]);
    expect(
      thinTimes(
        new Map([
          ['2019-11', 9],
          ['2020-01', 9],
          ['2020-02', 9],
        ]),
      ).map(({ when }) => when),
    ).toEqual(['2019-12']);
  });

  it('knows the weeks of a year, 52 or 53 of them', () => {
    expect(weeksOf('2020').length).toBe(53);
    expect(weeksOf('2020').at(-1)).toEqual({ week: '2020-W53', from: '2020-12-28', to: '2021-01-03' });
    expect(weeksOf('2021')[0]).toEqual({ week: '2021-W01', from: '2021-01-04', to: '2021-01-10' });
    expect(weeksOf('2025')[0]?.from).toBe('2024-12-30');
    expect(weeksOf('2024').length).toBe(52);
  });

  it('are runs of numbers within a series of one length, by year where a number begins with one', () => {
    expect(
      numberSeries(['1000001', '1000004', '1000005', '99', 'X1', '20120000010', '20120000012', '20130000001']),
    ).toEqual([
      expect.objectContaining({ series: '##', documents: 1, missing: 0 }),
      {
        series: '#######',
        first: '1000001',
        last: '1000005',
        documents: 3,
        missing: 2,
        gaps: [{ from: '1000002', to: '1000003', missing: 2 }],
      },
      expect.objectContaining({ series: '2012#######', missing: 1 }),
      expect.objectContaining({ series: '2013#######', missing: 0 }),
    ]);
  });
});

describe('the coverage', () => {
  it('counts by office, kind, year and field, with first and last dates, texts and gaps', async () => {
    const body = (await inject('/coverage')).json();
    expect(body.documents).toBe(documents.length);
    expect(body.kinds).toEqual([
      {
        office: 'CN',
        kind: 'A',
        documents: 24,
        first: '2010-03-01',
        last: '2014-03-06',
        abstracts: 24,
        claims: 0,
        descriptions: 0,
      },
      {
        office: 'EP',
        kind: 'A1',
        documents: 2,
        first: '2012-05-02',
        last: '2012-05-09',
        abstracts: 1,
        claims: 1,
        descriptions: 0,
      },
    ]);
    expect(body.rows).toContainEqual({ office: 'CN', kind: 'A', year: '2013', documents: 6 });
    expect(body.rows.reduce((sum: number, row: { documents: number }) => sum + row.documents, 0)).toBe(26);
    expect(body.fields).toContainEqual({ year: '2010', field: '1', documents: 6 });
    expect(body.fields).toContainEqual({ year: '2012', field: '29', documents: 1 });
    expect(body.gaps).toContainEqual({
      gap: 'year',
      office: 'CN',
      kind: 'A',
      when: '2012',
      documents: 0,
      expected: 6,
    });
    expect(body.gaps).toContainEqual(expect.objectContaining({ gap: 'claims', office: 'CN', expected: 24 }));
  });

  it('is given as files, and as an authority file in both forms', async () => {
    const csv = (await inject('/coverage/export?table=kinds')).body;
    expect(csv.split('\r\n')[1]).toBe('CN,A,24,2010-03-01,2014-03-06,24,0,0');
    expect((await inject('/coverage/export?format=xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK');
    const text = (await inject('/coverage/authority-file?office=EP&form=txt&gaps=true')).body;
    expect(text).toBe('EP,1000001,A1,20120502,\r\nEP,1000002,A1,,U\r\nEP,1000003,A1,,U\r\nEP,1000004,A1,20120509,\r\n');
    const xml = (await inject('/coverage/authority-file?office=EP')).body;
    expect(xml).toContain('<most-recent-document publication-number="1000004" publication-date="20120509"/>');
    expect(xml).toContain(
      '<document-kind-code-list><document-kind-code-definition><kind>A1</kind>' +
        '<document-kind-code-description>Patent document, first publication level</document-kind-code-description>',
    );
    expect(xml).toContain(
      '<kind-code-coverage><kind>A1</kind><document-total-quantity>2</document-total-quantity></kind-code-coverage>',
    );
    expect(xml.match(/<authority-file-entry>/g)).toHaveLength(2);
    expect(xml).toContain('<filing-date>20100101</filing-date>');
    expect((await inject('/coverage/numbers?office=EP&kind=A1')).json().series[0]).toMatchObject({
      missing: 2,
      documents: 2,
    });
    expect((await inject('/coverage/authority-file?office=ep1')).statusCode).toBe(400);
  });

  it('counts the weeks of a year, of one field too', async () => {
    const weeks = async (query: string) => (await inject(`/coverage/weeks?${query}`)).json();
    const filled = ({ weeks: all }: { weeks: { week: string; documents: number }[] }) =>
      all.filter(({ documents }) => documents > 0).map(({ week, documents: count }) => [week, count]);
    expect(filled(await weeks('office=EP&kind=A1&year=2012'))).toEqual([
      ['2012-W18', 1],
      ['2012-W19', 1],
    ]);
    expect(filled(await weeks('office=EP&kind=A1&year=2012&field=29'))).toEqual([['2012-W18', 1]]);
    expect(filled(await weeks('office=EP&kind=B1&year=2012'))).toEqual([]);
    expect((await inject('/coverage/weeks?office=EP&kind=A1&year=12')).statusCode).toBe(400);
  });

  it('is used by explanations: what the question is confined to is held here or not', async () => {
    const explain = async (q: string) =>
      (await inject(`/explanation?q=${encodeURIComponent(q)}`)).json().held.map((one: object) => Object.values(one));
    expect(await explain('office:JP battery')).toEqual([[expect.any(Number), 'office', 'JP', 0, null, null]]);
    const held = await explain('office:CN kind:B');
    expect(held.map((one: unknown[]) => one.slice(1, 4))).toEqual([
      ['office', 'CN', 24],
      ['kind', 'B', 0],
      ['together', 'CN · B', 0],
    ]);
    const number = await explain('pn:EP1999999A1');
    expect(number.map((one: unknown[]) => one.slice(1))).toEqual([
      ['office', 'EP', 2, '2012-05-02', '2012-05-09'],
      ['kind', 'EP A1', 2, '2012-05-02', '2012-05-09'],
    ]);
  });
});

describe('class suggestions', () => {
  const suggest = async (text: string) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/class-suggestions',
      headers: { host: '127.0.0.1', authorization: `Bearer ${TOKEN}` },
      payload: { text },
    });

  it('come from similar documents, with these, the shared words and the words of the titles', async () => {
    const body = (
      await suggest('A rechargeable lithium battery whose electrodes have a separator and electrolyte')
    ).json();
    expect(body.suggestions[0]).toMatchObject({ symbol: 'H01M', titles: { en: 'Batteries, fuel cells' } });
    expect(body.suggestions[0].documents).toBe(24);
    expect(body.suggestions[0].evidence).toHaveLength(3);
    expect(body.suggestions[0].terms).toContain('lithium');
    expect(body.suggestions[0].titleWords).toEqual(['battery']);
    expect(body.suggestions[0].groups[0].symbol).toBe('H01M 50/40');
    const shares = body.suggestions.map((one: { share: number }) => one.share);
    expect(shares.reduce((sum: number, share: number) => sum + share, 0)).toBeCloseTo(1);
    expect((await suggest('a plough that turns soil')).json().suggestions[0].symbol).toBe('A01B');
  });

  it('are none for a text unlike all, and refuse an empty one', async () => {
    expect((await suggest('zzzz qqqq')).json()).toMatchObject({ suggestions: [], compared: 0 });
    expect((await suggest('  ')).statusCode).toBe(400);
  });
});
