import type { PatentDocument } from '@quanlian/contract';
import { eventCodeList } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLegalBasis } from '../links/information/register/basis.js';
import { loadLaw } from '../work/cases/law.js';
import { openTestFace, type TestFace } from './ops.fixture.js';

function document(id: string, more: Partial<PatentDocument>): PatentDocument {
  const [, office = '', number = '', kind = ''] = /^([A-Z]{2})(\d+)([A-Z]\d?)$/.exec(id) ?? [];
  const sources = [{ format: 'patent-document', file: 'test.jsonl', offset: 0, sha256: id, sourceDate: '2026-01-01' }];
  return { id, office, number, kind, sources, ...more };
}

const FILED_1999 = { application: { office: 'EP', number: '99900001', kind: 'A', date: '1999-03-01' } };
const DOCUMENTS = [
  // Of this application no event is held: its life is what publications and the term tell.
  document('EP1900001A1', { ...FILED_1999, date: '2000-09-06', titles: { en: 'Lamp' } }),
  document('EP1900001B1', { ...FILED_1999, date: '2004-05-12', titles: { en: 'Lamp' } }),
  // A history of an office with codes of its own, some of which only a loaded list knows.
  document('US7000001B2', {
    application: { office: 'US', number: '10123456', kind: 'A', date: '2003-01-02' },
    date: '2006-02-14',
    events: [
      { office: 'US', code: 'ZZ9', date: '2007-03' },
      {
        office: 'US',
        code: 'FPAY',
        date: '2009-08-03',
        text: 'FEE PAYMENT; Year of Fee Payment: 4; Free Format Text: LARGE; ENTITY',
        influence: '+',
        entered: '2009-08-10',
      },
    ],
  }),
];

let face: TestFace;
beforeAll(async () => {
  const list = eventCodeList('test', [
    { office: 'US', code: 'ZZ9', title: 'LAMP INSPECTED', class: 'H', influence: '-' },
  ]);
  const basis = await loadLegalBasis(await loadLaw(), { current: () => list, reload: async () => false });
  face = await openTestFace({ documents: DOCUMENTS, basis, now: () => Date.UTC(2026, 0, 5) });
});
afterAll(() => face.close());

const bodyOf = async (path: string): Promise<string> => (await face.ask(path)).body;
const eventsIn = (body: string): string[] =>
  [
    ...body.matchAll(
      /<ops:legal code="(.{4})" desc="([^"]*)" infl="(.)"[\s\S]*?<ops:L007EP desc="Gazette DATE">([^<]*)</g,
    ),
  ].map(([, ...parts]) => parts.join('|'));

describe('the legal life that the register tells', () => {
  it('stands in legal and family where no event is held', async () => {
    const legal = await bodyOf('legal/publication/docdb/EP.1900001.B1');
    expect(legal).toContain('<ops:patent-family legal="true" total-result-count="');
    expect(eventsIn(legal)).toEqual([
      'A   |APPLICATION FILED| |1999-03-01',
      'F   |RIGHT GRANTED|+|2004-05-12',
      'H   |TERM OF PROTECTION EXPIRED|-|2019-03-01',
    ]);
    expect(legal).toContain('<ops:L003EP desc="Document Number">    99900001</ops:L003EP>');
    expect(eventsIn(await bodyOf('family/publication/docdb/EP.1900001.B1/legal'))).toEqual(eventsIn(legal));
    expect(await bodyOf('family/publication/docdb/EP.1900001.B1')).not.toContain('ops:legal ');
  });

  it('names the codes of an office by the loaded list and puts details into their fields', async () => {
    const legal = await bodyOf('legal/publication/docdb/US.7000001.B2');
    expect(eventsIn(legal)).toEqual(['ZZ9 |LAMP INSPECTED|-|2007-03-01', 'FPAY|FEE PAYMENT|+|2009-08-03']);
    expect(legal).toContain('<ops:L520EP desc="Year of Fee Payment">4</ops:L520EP>');
    expect(legal).toContain('<ops:L510EP desc="Free Format Text">LARGE; ENTITY</ops:L510EP>');
    expect(legal).toContain('<ops:L019EP desc="DATE first created">2009-08-10</ops:L019EP>');
    expect(legal).toContain(
      '<ops:pre line="00002">US    10123456A  2009-08-03FPAY+FEE PAYMENT Free Format Text LARGE; ENTITY</ops:pre>',
    );
  });

  it('stands in the register: states, newest first, with every constituent, and events', async () => {
    const events = await bodyOf('register/publication/epodoc/EP1900001/events');
    expect(events).not.toContain('reg:bibliographic-data');
    expect(
      [...events.matchAll(/change-date="(\d+)"(?: status-code="(\d+)")?>([^<]*)/g)].map((one) => one.slice(1)),
    ).toEqual([
      ['20190301', undefined, 'The term of the patent has ended'],
      ['20040512', '8', 'The patent has been granted'],
      ['19990301', '16', 'The application has been published'],
    ]);
    expect(events.match(/<reg:events-data><reg:dossier-event /g)).toHaveLength(3);
    const biblio = await bodyOf('register/publication/epodoc/EP1900001/biblio');
    expect(biblio).toContain('status="The term of the patent has ended"');
    expect(biblio).toContain('<reg:bibliographic-data');
  });
});
