import type { Classification, DocumentNumber, Party, PatentDocument, Related } from '@quanlian/contract';

/** INID codes (WIPO ST.9) that the pages show, in the order they are shown. */
export const INID_CODES = [
  '11',
  '12',
  '13',
  '15',
  '19',
  '21',
  '22',
  '26',
  '30',
  '43',
  '45',
  '40',
  '51',
  '52',
  '58',
  '60',
  '61',
  '62',
  '63',
  '64',
  '65',
  '66',
  '67',
  '71',
  '72',
  '73',
  '74',
  '84',
  '86',
  '87',
] as const;
export type InidCode = (typeof INID_CODES)[number];

/** A value under an INID code, still data: the page decides how it reads and where it leads. */
export type InidValue =
  | { as: 'text'; text: string }
  | { as: 'type'; type: string }
  | { as: 'office'; code: string }
  | { as: 'language'; code: string }
  | { as: 'date'; date: string }
  | { as: 'number'; number: DocumentNumber }
  | { as: 'party'; party: Party; link: 'applicant' | 'inventor' | 'agent' }
  | { as: 'class'; item: Classification }
  | { as: 'related'; related: Related }
  | { as: 'offices'; codes: readonly string[] };

export interface InidEntry {
  code: InidCode;
  values: InidValue[];
}

/**
 * The INID code of the publication date: 43 for a document published before examination, 45 for a granted right,
 * 40 when the kind does not tell. Kinds are those of WIPO ST.16, whose letter A is the first publication everywhere
 * but in the United States before 2001, where a bare A was a grant; plant applications there are P1, P4 and P9.
 */
export function dateCode({ office, kind, date }: Pick<PatentDocument, 'office' | 'kind' | 'date'>): '40' | '43' | '45' {
  if (kind === undefined || kind === '') return '40';
  if (office === 'US' && kind === 'A') return date === undefined ? '40' : date < '2001' ? '45' : '43';
  if (office === 'US' && /^P[149]$/.test(kind)) return '43';
  // Japan and Korea publish unexamined utility models under U; elsewhere U is the registered right.
  if (kind.startsWith('U') && (office === 'JP' || office === 'KR')) return '43';
  if (kind.startsWith('A')) return '43';
  return /^[BCEHPSUY]/.test(kind) ? '45' : '40';
}

const RELATIONS: readonly [RegExp, InidCode][] = [
  [/divi/, '62'],
  [/continu/, '63'],
  [/reissue|reexam/, '64'],
  [/addition/, '61'],
  [/substitut/, '66'],
  [/utility/, '67'],
  [/prior.*publ|earlier.*publ|previous.*publ|publication/, '65'],
];

/** The code in the 60s for a relation as sources name it (`division`, `continuation-in-part`, …); 60 for any other. */
export function relationCode(relation: string): InidCode {
  const name = relation.toLowerCase();
  return RELATIONS.find(([pattern]) => pattern.test(name))?.[1] ?? '60';
}

const isIpc = ({ scheme }: Classification): boolean => /^IPC/i.test(scheme);
const isLocarno = ({ scheme }: Classification): boolean => /^LOCARNO/i.test(scheme);

const numberOf = (number: DocumentNumber | undefined): InidValue[] =>
  number === undefined || Object.keys(number).length === 0 ? [] : [{ as: 'number', number }];

const parties = (list: readonly Party[] | undefined, link: 'applicant' | 'inventor' | 'agent'): InidValue[] =>
  (list ?? []).map((party) => ({ as: 'party', party, link }));

const classes = (list: readonly Classification[]): InidValue[] => list.map((item) => ({ as: 'class', item }));

function identity(document: PatentDocument): [InidCode, InidValue[]][] {
  const { office, number, kind, type, lang, date, correction } = document;
  return [
    ['11', [{ as: 'text', text: number }]],
    ['12', type === undefined ? [] : [{ as: 'type', type }]],
    ['13', kind === undefined ? [] : [{ as: 'text', text: kind }]],
    ['15', correction === undefined || correction === null ? [] : [{ as: 'text', text: plainPairs(correction) }]],
    ['19', [{ as: 'office', code: office }]],
    ['26', lang === undefined ? [] : [{ as: 'language', code: lang }]],
    [dateCode(document), date === undefined ? [] : [{ as: 'date', date }]],
  ];
}

function filing({ application, priorities, pct, designatedStates }: PatentDocument): [InidCode, InidValue[]][] {
  return [
    ['21', numberOf(application && { ...application, date: undefined })],
    ['22', application?.date === undefined ? [] : [{ as: 'date', date: application.date }]],
    ['30', (priorities ?? []).flatMap(numberOf)],
    ['84', designatedStates?.length ? [{ as: 'offices', codes: designatedStates }] : []],
    ['86', numberOf(pct?.application)],
    ['87', numberOf(pct?.publication)],
  ];
}

function subject({ classifications = [], fieldOfSearch = [] }: PatentDocument): [InidCode, InidValue[]][] {
  const international = (item: Classification) => isIpc(item) || isLocarno(item);
  return [
    ['51', classes(classifications.filter(international))],
    ['52', classes(classifications.filter((item) => !international(item)))],
    ['58', classes(fieldOfSearch)],
  ];
}

function people(document: PatentDocument): [InidCode, InidValue[]][] {
  const { applicants, inventors, proprietors, assignees, agents } = document;
  return [
    ['71', parties(applicants, 'applicant')],
    ['72', parties(inventors, 'inventor')],
    ['73', [...parties(proprietors, 'applicant'), ...parties(assignees, 'applicant')]],
    ['74', parties(agents, 'agent')],
  ];
}

function plainPairs(record: Record<string, unknown>): string {
  return Object.entries(record)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('; ');
}

/**
 * The bibliography of a document under INID codes. Codes without a value are left out. Title (54), citations (56)
 * and abstract (57) have places of their own on the page.
 */
export function inidEntries(document: PatentDocument): InidEntry[] {
  const values = new Map<InidCode, InidValue[]>();
  const related = (document.related ?? []).map((item): [InidCode, InidValue[]] => [
    relationCode(item.relation),
    [{ as: 'related', related: item }],
  ]);
  const all = [...identity(document), ...filing(document), ...subject(document), ...people(document), ...related];
  for (const [code, list] of all) values.set(code, [...(values.get(code) ?? []), ...list]);
  return INID_CODES.map((code) => ({ code, values: values.get(code) ?? [] })).filter(({ values: v }) => v.length > 0);
}
