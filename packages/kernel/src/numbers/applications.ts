import type { NumberReading } from '@quanlian/contract';
import { reading, yearOf } from './forms.js';

/** What an office's own writing of an application says: year of filing and serial, with what the office adds. */
interface Filing {
  readonly year: string;
  readonly serial: string;
  /** Width to which the serial is filled in epodoc; seven unless the office differs. */
  readonly width?: number;
  readonly kind?: string;
  /** Digits or letters that stand between year and serial in epodoc. */
  readonly middle?: string;
  /** The number as DOCDB has it, where it is not year and serial together. */
  readonly docdb?: string;
  readonly original: string;
}

type Rule = (text: string, date: string | undefined) => Filing | undefined;

const stripZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

/** Two digits of a year nearest to a filing date, or of the years patents of this style were filed in. */
function fullYear(two: string, date: string | undefined): string {
  const known = yearOf(date);
  if (known?.endsWith(two)) return known;
  return (Number(two) >= 50 ? '19' : '20') + two;
}

const ERAS: Readonly<Record<string, number>> = {
  明: 1867,
  M: 1867,
  大: 1911,
  T: 1911,
  昭: 1925,
  S: 1925,
  平: 1988,
  H: 1988,
  令: 2018,
  R: 2018,
};

/** The year of an emperor's era in the common count: Shōwa 1 is 1926, Heisei 1 is 1989, Reiwa 1 is 2019. */
function eraYear(era: string, year: string): string | undefined {
  const start = ERAS[era];
  return start === undefined ? undefined : String(start + Number(year));
}

const japan: Rule = (text, date) => {
  const match =
    /^(特願|実願|意願|商願)?([平昭令大明SHRTM])?(?:成|和|正|治)?((?:19|20)\d{2}|\d{1,2})-?(\d{4,6})(?:号)?$/u.exec(
      text,
    );
  if (!match?.[3] || !match[4]) return undefined;
  const [, word, era, digits, serial] = match;
  const year = digits.length === 4 ? digits : era ? eraYear(era, digits) : yearOf(date);
  if (year === undefined || (!word && !era && digits.length < 4 && yearOf(date) === undefined)) return undefined;
  const kind = word === '実願' ? 'U' : word === '意願' ? 'D' : 'A';
  // Until 1999 DOCDB put the serial first and two digits of the year last.
  const docdb = year < '2000' ? stripZeros(serial) + year.slice(2) : year + serial.padStart(6, '0');
  return { year, serial, kind, docdb, original: text };
};

/** Taiwan counts years from 1911: `096112345` is serial 112345 of 2007. */
const taiwan: Rule = (text) => {
  const match = /^(\d{2,3})([123]\d{5})$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const year = String(1911 + Number(match[1]));
  const kind = ({ 2: 'U', 3: 'S' } as Readonly<Record<string, string>>)[match[2].charAt(0)] ?? 'A';
  return { year, serial: match[2], kind, docdb: stripZeros(text), original: text };
};

const italy: Rule = (text) => {
  const match = /^([A-Z]{2})((?:19|20)\d{2}|\d{2})([AUVZ])0*(\d{1,6})$/.exec(text);
  if (!match?.[1] || !match[2] || !match[3] || !match[4]) return undefined;
  const year = match[2].length === 4 ? match[2] : fullYear(match[2], undefined);
  return {
    year,
    serial: match[4],
    width: 5,
    middle: match[1],
    kind: match[3] === 'A' ? 'A' : 'U',
    docdb: match[1] + year + match[4],
    original: text,
  };
};

/** India until 2015: serial, patent office, year. */
const india: Rule = (text) => {
  const match = /^(\d{1,5})\/?(DEL|MUM|KOL|CHE|CAL|BOM|MAS|KOLNP|DELNP|MUMNP|CHENP)\/?((?:19|20)\d{2})$/.exec(text);
  if (!match?.[1] || !match[2] || !match[3]) return undefined;
  const branch = match[2].slice(0, 2) + (match[2].endsWith('NP') ? 'N' : '');
  return {
    year: match[3],
    serial: match[1],
    width: 5,
    middle: branch,
    docdb: match[1] + branch + match[3],
    original: text,
  };
};

/** `A 967/1994`, `00967/94`: serial and year with a stroke between. */
const serialFirst: Rule = (text, date) => {
  const match = /^(?:A|GM|U)?0*(\d{1,6})\/((?:19|20)\d{2}|\d{2})$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const year = match[2].length === 4 ? match[2] : fullYear(match[2], date);
  const kind = /^(?:GM|U)/.test(text) ? 'U' : 'A';
  return { year, serial: match[1], kind, docdb: match[1] + year.slice(2), original: text };
};

/** Two digits of year, a serial of five to seven, perhaps a check digit behind a point. */
const shortYear =
  (digits: number): Rule =>
  (text, date) => {
    const match = new RegExp(`^(\\d{2})(\\d{${digits}})(?:\\.\\d)?$`).exec(text);
    if (!match?.[1] || !match[2]) return undefined;
    const year = fullYear(match[1], date);
    return { year, serial: match[2], docdb: match[1] + match[2], original: text };
  };

/** Four digits of year and a serial, perhaps a class of the office behind a stroke. */
const longYear: Rule = (text) => {
  const match = /^[APUD]?((?:19|20)\d{2})(\d{4,7})(?:\/\d{2})?$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  return {
    year: match[1],
    serial: match[2],
    kind: text.startsWith('U') ? 'U' : 'A',
    docdb: match[1] + match[2],
    original: text,
  };
};

/** The letter and serial of German files until 1968: `B 77613` is B0077613 in DOCDB. */
const oldGermany: Rule = (text, date) => {
  const match = /^([A-Z])0*(\d{1,7})$/.exec(text);
  const year = yearOf(date);
  if (!match?.[1] || !match[2] || year === undefined) return undefined;
  const original = match[1] + match[2];
  return { year, serial: match[2], width: 6, middle: match[1], docdb: match[1] + match[2].padStart(7, '0'), original };
};

/** Since 2004: two digits of kind of right, year, serial of six; epodoc puts the year first. */
const germany: Rule = (text) => {
  const match = /^(10|11|12|20|21|30|40|50|60)((?:19|20)\d{2})(\d{6})(?:\.\d)?$/.exec(text);
  if (!match?.[1] || !match[2] || !match[3]) return undefined;
  const kind = match[1].startsWith('2') ? 'U' : 'A';
  const bare = text.replace(/\..*$/, '');
  return { year: match[2], serial: match[3], width: 6, middle: match[1], kind, docdb: bare, original: text };
};

/** Yugoslavia's last two digits are the year. */
const yugoslavia: Rule = (text) => {
  const match = /^(\d{1,5})(\d{2})$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  return { year: fullYear(match[2], undefined), serial: match[1], docdb: text, original: text };
};

/** Moldova: a letter for the kind of right, year, serial. */
const moldova: Rule = (text) => {
  const match = /^([AFUSV])?((?:19|20)\d{2})(\d{4})$/.exec(text);
  return match?.[2] && match[3]
    ? { year: match[2], serial: match[3], docdb: match[2] + match[3], original: text }
    : undefined;
};

/** `PI0502229-4`, `BR 10 2012 012345 6`: a check digit behind. */
const brazil: Rule = (text) => {
  const old = /^(PI|MU|C[12I])(\d{2})(\d{5})-?\d?$/.exec(text);
  if (old?.[1] && old[2] && old[3]) {
    const kind = old[1] === 'MU' ? 'U' : 'A';
    return {
      year: fullYear(old[2], undefined),
      serial: old[3],
      middle: old[1],
      width: 5,
      kind,
      docdb: old[1] + old[2] + old[3],
      original: text,
    };
  }
  const current = /^(1[0-3]|20)((?:20)\d{2})(\d{6})-?\d?$/.exec(text);
  if (!current?.[1] || !current[2] || !current[3]) return undefined;
  const kind = current[1] === '20' ? 'U' : 'A';
  return {
    year: current[2],
    serial: current[3],
    middle: current[1],
    width: 6,
    kind,
    docdb: current[1] + current[2] + current[3],
    original: text,
  };
};

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  JP: [japan],
  TW: [taiwan],
  IT: [italy],
  IN: [india, longYear],
  AT: [serialFirst],
  CH: [serialFirst],
  GB: [shortYear(5)],
  FR: [shortYear(5)],
  ES: [longYear],
  RU: [longYear],
  SU: [],
  EA: [longYear],
  AU: [longYear],
  DE: [germany, oldGermany],
  YU: [yugoslavia],
  MD: [moldova],
  BR: [brazil],
};

function filed(office: string, filing: Filing, kind: string | undefined, date: string | undefined): NumberReading {
  const { year, serial, width = 7, middle = '', original } = filing;
  const docdb = filing.docdb ?? year + serial;
  const letter = kind ?? filing.kind ?? 'A';
  const suffix = /^[D-Z]/.test(letter) ? letter.charAt(0) : '';
  return reading({
    type: 'application',
    office,
    number: docdb,
    kind: letter,
    date,
    docdb: office + docdb + letter,
    epodoc: `${office}${year}${middle}${serial.padStart(width, '0')}${suffix}`,
    original,
    display: `${office} ${original}`,
  });
}

/** An application in its office's own writing, letters folded and without blanks; undefined when it does not fit the office. */
export function officeApplication(
  office: string,
  text: string,
  kind?: string,
  date?: string,
): NumberReading | undefined {
  // A translation of a European patent keeps the number of that application.
  if (kind === 'T') return undefined;
  for (const rule of RULES[office] ?? []) {
    const filing = rule(text, date);
    if (filing) return filed(office, filing, kind, date);
  }
  return undefined;
}

/** Writings that no publication looks like, so that they tell an application without being said to be one. */
const CLEAR: readonly (readonly [string, RegExp])[] = [
  ['JP', /^(?:JP)?((?:特願|実願|意願|商願).+)$/u],
  ['IN', /^(?:IN)?(\d{1,5}\/(?:DEL|MUM|KOL|CHE|CAL|BOM|MAS)(?:NP)?\/(?:19|20)\d{2})$/],
  ['IT', /^(?:IT)?([A-Z]{2}(?:19|20)\d{2}[AUVZ]\d{6})$/],
  ['MD', /^MD([AUFSV](?:19|20)\d{6})$/],
  ['CH', /^CH(\d{3,5}\/\d{2})$/],
  ['GB', /^GB(\d{7}\.\d)$/],
  ['RU', /^RU(\d{10}\/\d{2})$/],
  ['AT', /^AT([AU]\d{1,5}\/(?:19|20)\d{2})$/],
];

/** Reads a text that is clearly an application of one office; the text is folded and holds no blanks. */
export function clearApplication(text: string, date: string | undefined): NumberReading | undefined {
  for (const [office, form] of CLEAR) {
    const bare = form.exec(text)?.[1];
    const found = bare === undefined ? undefined : officeApplication(office, bare, undefined, date);
    if (found) return found;
  }
  return undefined;
}
