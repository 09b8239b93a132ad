import type { LegalEvent, PatentDocument } from '@quanlian/contract';
import type { EventName } from '../legal-life.js';
import { leaf, tag } from '../xml.js';

/** Fields of the INPADOC format by the label under which an event's words name them. */
const FIELDS: Readonly<Record<string, string>> = {
  'Ref Country Code': 'L501EP',
  'Ref Legal Event Code': 'L502EP',
  'Ref Document Number': 'L503EP',
  'Country of Ref Document': 'L504EP',
  'DATE OF REF DOCUMENT': 'L505EP',
  'Kind Code of Ref Document': 'L506EP',
  'Designated State(s)': 'L507EP',
  OWNER: 'L509EP',
  'Free Format Text': 'L510EP',
  'IPC CLASSIFICATION': 'L516EP',
  'Payment DATE': 'L518EP',
  'Year of Fee Payment': 'L520EP',
  'Validation States': 'L524EP',
  'Effective DATE': 'L525EP',
};
const EFFECTIVE = 'Effective DATE';
const NEXT_FIELD = new RegExp(
  `; (?=(?:${Object.keys(FIELDS)
    .map((label) => label.replace(/[()]/g, '\\$&'))
    .join('|')}): )`,
);

/** The name of an event and its labelled details, as the words of an event hold them one after the other. */
function detailsOf(text: string): { name: string; details: [label: string, value: string][] } {
  const [name = '', ...rest] = text.split(NEXT_FIELD);
  return {
    name,
    details: rest.map((one) => {
      const colon = one.indexOf(': ');
      return [one.slice(0, colon), one.slice(colon + 2)];
    }),
  };
}

const padded = (text: string, width: number): string => text.slice(0, width).padEnd(width);
const digits = (date: string): string => date.replace(/-/g, '');

/** A day as the format writes it: a partial date counts from its first day, and what is not known is its day zero. */
const wholeDay = (date = '0001'): string => date + '-01-01'.slice(date.length - 4);

/** The name of an event, in the office's own words where it has some, and what is told beyond it. */
function readEvent(event: LegalEvent, known: EventName | undefined) {
  const { name, details } = detailsOf(event.text ?? '');
  const { effective } = event;
  const isTold = effective === undefined || details.some(([label]) => label === EFFECTIVE);
  const all = isTold ? details : [...details, [EFFECTIVE, digits(effective)] as const];
  return { desc: name === '' ? (known?.name ?? '') : name, details: all };
}

/** An event in the fields of the INPADOC format, as far as it is known. */
export function legalEvent(doc: PatentDocument, event: LegalEvent, known?: EventName): string {
  const { office, code, date, entered, sent } = event;
  const { desc, details } = readEvent(event, known);
  const influence = event.influence ?? known?.influence ?? ' ';
  const number = doc.application?.number ?? doc.number;
  const kind = doc.application?.kind ?? doc.kind ?? '';
  const line = `${office}${number.padStart(12)}${padded(kind, 2)} ${wholeDay(date)}${padded(code, 4)}${influence}${desc}`;
  const lines = details.length === 0 ? [line] : details.map(([label, value]) => `${line} ${label} ${value}`);
  const fields = details.map(([label, value]) => leaf(`ops:${FIELDS[label]}`, value, { desc: label })).join('');
  return tag(
    'ops:legal',
    lines.map((one, at) => leaf('ops:pre', one, { line: String(at + 1).padStart(5, '0') })).join('') +
      leaf('ops:L001EP', office, { desc: 'Country Code' }) +
      leaf('ops:L002EP', doc.application ? 'F' : 'P', { desc: 'Filing / Published Document' }) +
      leaf('ops:L003EP', number.padStart(12), { desc: 'Document Number' }) +
      leaf('ops:L004EP', padded(kind, 2), { desc: 'Kind Code' }) +
      leaf('ops:L005EP', 'PI', { desc: 'IPR Type' }) +
      leaf('ops:L007EP', date && wholeDay(date), { desc: 'Gazette DATE' }) +
      leaf('ops:L008EP', code, { desc: 'Legal Event Code 1' }) +
      leaf('ops:L018EP', sent && wholeDay(sent), { desc: 'DATE last exchanged' }) +
      leaf('ops:L019EP', entered && wholeDay(entered), { desc: 'DATE first created' }) +
      (fields === '' ? '' : tag('ops:L500EP', fields)),
    { code: padded(code, 4), desc, infl: influence, dateMigr: '00010101' },
  );
}
