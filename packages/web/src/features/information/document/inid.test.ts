import type { PatentDocument } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { dateCode, INID_CODES, inidEntries, relationCode } from './inid.js';

const document: PatentDocument = {
  id: 'EP0123456B1',
  office: 'EP',
  number: '0123456',
  kind: 'B1',
  date: '2003-02-12',
  type: 'invention',
  lang: 'en',
  application: { office: 'EP', number: '99100001', date: '1999-11-08', original: '99100001.5' },
  priorities: [{ office: 'NL', number: '1010536', date: '1998-11-11' }],
  designatedStates: ['AT', 'BE'],
  applicants: [{ name: 'A' }],
  proprietors: [{ name: 'B' }],
  assignees: [{ name: 'C' }],
  inventors: [{ name: 'D' }],
  agents: [{ name: 'E' }],
  classifications: [
    { scheme: 'IPCR', symbol: 'B28B 1/29' },
    { scheme: 'CPC', symbol: 'B28B 7/00' },
    { scheme: 'LOCARNO', symbol: '25-01' },
  ],
  related: [{ relation: 'division', id: 'EP0100000A1' }, { relation: 'something else' }],
  correction: null,
  sources: [],
};

const codes = (doc: PatentDocument) => inidEntries(doc).map(({ code }) => code);
const values = (doc: PatentDocument, code: string) => inidEntries(doc).find((entry) => entry.code === code)?.values;

describe('inidEntries', () => {
  it('shows what there is in order and leaves out what there is not', () => {
    const shown = [
      '11',
      '12',
      '13',
      '19',
      '21',
      '22',
      '26',
      '30',
      '45',
      '51',
      '52',
      '60',
      '62',
      '71',
      '72',
      '73',
      '74',
      '84',
    ];
    expect(codes(document)).toEqual(shown);
    const bare: PatentDocument = { id: 'XX1', office: 'XX', number: '1', sources: [] };
    expect(codes(bare)).toEqual(['11', '19']);
  });

  it('puts IPC and Locarno under 51, other schemes under 52', () => {
    const symbols = (code: string) => values(document, code)?.map((value) => value.as === 'class' && value.item.symbol);
    expect(symbols('51')).toEqual(['B28B 1/29', '25-01']);
    expect(symbols('52')).toEqual(['B28B 7/00']);
  });

  it('puts proprietors and assignees together under 73', () => {
    expect(values(document, '73')?.map((value) => value.as === 'party' && value.party.name)).toEqual(['B', 'C']);
  });

  it('has every code in one place only', () => {
    expect(new Set(INID_CODES).size).toBe(INID_CODES.length);
  });
});

describe('dateCode', () => {
  it.each([
    ['EP', 'A1', '2003', '43'],
    ['EP', 'B1', '2003', '45'],
    ['CN', 'A', '1999', '43'],
    ['CN', 'C', '1999', '45'],
    ['CN', 'U', '2020', '45'],
    ['CN', 'S', '2020', '45'],
    ['JP', 'U', '1990', '43'],
    ['US', 'A', '1976-07-20', '45'],
    ['US', 'A1', '2004', '43'],
    ['US', 'B2', '2004', '45'],
    ['US', 'P1', '2004', '43'],
    ['US', 'P3', '2004', '45'],
    ['US', 'E1', '2004', '45'],
    ['WO', 'A1', '2004', '43'],
    ['XX', 'T', '2004', '40'],
    ['XX', undefined, '2004', '40'],
  ])('%s %s of %s is (%4$s)', (office, kind, date, code) => {
    expect(dateCode({ office, kind, date })).toBe(code);
  });
});

describe('relationCode', () => {
  it.each([
    ['division', '62'],
    ['divisional', '62'],
    ['continuation-in-part', '63'],
    ['reissue', '64'],
    ['addition', '61'],
    ['substitution', '66'],
    ['utility-model-basis', '67'],
    ['prior-publication', '65'],
    ['us-provisional-application', '60'],
  ])('%s is (%s)', (relation, code) => {
    expect(relationCode(relation)).toBe(code);
  });
});
