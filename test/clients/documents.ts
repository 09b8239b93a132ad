import type { PatentDocument } from '@quanlian/contract';

const sources = (id: string): PatentDocument['sources'] => [
  { format: 'patent-document', file: 'clients.jsonl', offset: 0, sha256: id, sourceDate: '2026-01-01' },
];

function document(id: string, more: Partial<PatentDocument>): PatentDocument {
  const [, office = '', number = '', kind = ''] = /^([A-Z]{2})(\w*\d)([A-Z]\d?)$/.exec(id) ?? [];
  return { id, office, number, kind, sources: sources(id), ...more };
}

const BRICKS = {
  familyId: '19768124',
  application: { office: 'EP', number: '99203729', kind: 'A', date: '1999-11-08', original: '99203729.x' },
  priorities: [{ office: 'NL', number: '1010536', kind: 'A', date: '1998-11-12', original: '1010536' }],
  titles: { en: 'Apparatus for manufacturing green bricks', de: 'Vorrichtung zur Herstellung von Ziegeln' },
  applicants: [{ name: 'De Boer Nijmegen BV', country: 'NL' }],
  inventors: [{ name: 'KOSMAN WILHELMUS JACOBUS MARIA', country: 'NL' }],
  classifications: [
    { scheme: 'IPC', symbol: 'B28B 1/29' },
    { scheme: 'CPC', symbol: 'B28B 5/022', value: 'I' },
  ],
};

const CLAIMS: PatentDocument['claims'] = [
  {
    lang: 'en',
    number: 1,
    text: 'Apparatus for manufacturing green bricks from clay, comprising a conveyor.',
    dependsOn: [],
  },
  { lang: 'en', number: 2, text: 'Apparatus as claimed in claim 1, characterized by a reservoir.', dependsOn: [1] },
];

/** What the real clients' own examples ask for, made up where nothing of it matters. */
export const DOCUMENTS: readonly PatentDocument[] = [
  document('EP1000000A1', {
    ...BRICKS,
    date: '2000-05-17',
    abstracts: { en: 'The invention relates to an apparatus (1) for manufacturing green bricks from clay.' },
    claims: CLAIMS,
    figures: [{ number: '1', file: 'ep1000000-fig1.png' }],
    description: [
      { lang: 'en', heading: 'Description' },
      { lang: 'en', number: '0001', text: 'The invention relates to an apparatus for bricks.' },
      { lang: 'en', number: '0002', text: 'Such an apparatus is known.' },
    ],
    citations: [{ id: 'US4123456A', category: 'X', phase: 'search', date: '1978-10-31' }, { npl: 'A book of bricks' }],
    events: [
      { office: 'EP', code: '17P', date: '2000-12-27', effective: '2000-10-27', text: 'REQUEST FOR EXAMINATION FILED' },
      { office: 'EP', code: 'AK', date: '2000-05-17', text: 'DESIGNATED CONTRACTING STATES' },
    ],
  }),
  document('EP1000000B1', { ...BRICKS, date: '2003-02-12', claims: CLAIMS }),
  document('ATE232441T1', {
    familyId: '19768124',
    priorities: BRICKS.priorities,
    date: '2003-02-15',
    application: { office: 'AT', number: '99203729', kind: 'T', date: '1999-11-08' },
  }),
  document('US6093011A', {
    familyId: '19768124',
    priorities: BRICKS.priorities,
    date: '2000-07-25',
    application: { office: 'US', number: '43606699', kind: 'A', date: '1999-11-08' },
  }),
  document('US2018265402A1', {
    familyId: '61',
    date: '2018-09-20',
    titles: { en: 'Glass' },
    applicants: [{ name: 'CORNING INC', country: 'US' }],
  }),
  document('CN101234567A', {
    familyId: '62',
    date: '2008-07-30',
    titles: { zh: '一种制砖机' },
    applicants: [{ name: '北京砖厂', country: 'CN' }],
  }),
  ...Array.from({ length: 130 }, (_, index) =>
    document(`EP2${String(index).padStart(6, '0')}A1`, {
      familyId: String(7000 + index),
      date: `20${10 + (index % 10)}-03-0${1 + (index % 9)}`,
      titles: { en: `Lantern ${index} with a solid electrolyte` },
      abstracts: { en: 'A lantern.' },
      applicants: [{ name: 'IBM', country: 'US' }],
      application: { office: 'EP', number: `1016${String(index).padStart(4, '0')}`, kind: 'A', date: '2010-06-24' },
      classifications: [{ scheme: 'CPC', symbol: 'F21L 4/00', value: 'I' }],
    }),
  ),
];
