import type { NumberAnswer, NumberReading } from '@quanlian/contract';
import { officeApplication } from './applications.js';
import { canonicalPublication } from './canonical.js';
import { isoDate, reading } from './forms.js';
import { isOffice } from './offices.js';
import { pctReading, readPct } from './pct.js';
import { epApplication, generalApplication, type Outcome, readFolded, usApplication } from './read-office.js';

const EMPTY: NumberReading = {
  type: 'unknown',
  office: null,
  number: null,
  kind: null,
  date: null,
  forms: { docdb: null, epodoc: null, original: null, display: null },
};

function answer(input: unknown, outcome: Outcome): NumberAnswer {
  const { readings, warnings, refused = false } = outcome;
  const [first] = readings;
  if (first && readings.length === 1) {
    return { input, ...first, candidates: [first], warnings: [...warnings], valid: !refused };
  }
  const code = first ? 'number.ambiguous' : 'number.unrecognized';
  const message = first
    ? 'Several numbers are written like this; add the office and the kind.'
    : 'This is not read as a patent number; offices whose rules are not known yet need office, number and kind.';
  const extra = refused && !first ? [] : [{ code, message }];
  return { input, ...EMPTY, candidates: [...readings], warnings: [...warnings, ...extra], valid: false };
}

const LABEL = /^(?:申请号|专利号|公开号|公告号|申请公布号|授权公告号|公开（公告）号|公开\(公告\)号)[:：]?/u;

/** `U.S. Patent No.`, `US Pat. Appl. Pub. No.`, `Serial No.` before a number, and the office they name. */
const ENGLISH_LABEL =
  /^(U\.?S\.?|EP|EUROPEAN|WO|GB|JP|JAPANESE|CN|CHINESE|KR|KOREAN|DE|GERMAN|FR|FRENCH|CA|CANADIAN|AU)?-?(?=PAT|APP|PUB|SER)(?:PATENT|PAT\.?)?(?:APPLICATION|APPLN?\.|APP\.)?(?:PUBLICATION|PUBN?\.)?(?:SERIAL|SER\.)?(?:NUMBER|NOS?\.?)?[:#]?(?=[A-Z]{0,4}\d)/u;

const ADJECTIVES: Readonly<Record<string, string>> = {
  EUROPEAN: 'EP',
  JAPANESE: 'JP',
  CHINESE: 'CN',
  KOREAN: 'KR',
  GERMAN: 'DE',
  FRENCH: 'FR',
  CANADIAN: 'CA',
};

/** The text without an English label; the office of the label stays unless the number names one itself. */
function withoutLabel(text: string): string {
  const match = ENGLISH_LABEL.exec(text);
  if (!match) return text.replace(/^(US)?DES\./u, '$1D').replace(/^(US)?(RE|PP)\.(?=\d)/u, '$1$2');
  const rest = text.slice(match[0].length);
  const named = (match[1] ?? '').replaceAll('.', '');
  const office = ADJECTIVES[named] ?? named;
  return /^[A-Z]{2}(?=\d)/u.test(rest) && isOffice(rest.slice(0, 2)) ? rest : office + rest;
}

/** Width, case, blanks and label folded away; `ep-a1-` order of printed citations turned to office, number, kind. */
function fold(text: string): string {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_\p{Cf}]/gu, '')
    .replace(LABEL, '')
    .replace(/^第((?:ZL|CN)?[\d.]+X?)号$/u, '$1');
  const folded = withoutLabel(bare)
    .replace(/[‐‑‒–—−]/gu, '-')
    .replace(/[，、]/gu, ',')
    .replace(/[。・·]/gu, '.')
    .replace(/^[.,;:-]+|[.,;:-]+$/gu, '')
    .replace(/^\(([^()]*)\)$/, '$1');
  const grouped = /^([A-Z]{2})?[.,-]?(\d{1,3}(?:[.,]\d{3})+)[.,-]?([A-Z]\d?)?$/.exec(folded);
  // Without an office the commas are kept: only US numbers are printed with them.
  if (grouped?.[2]) {
    const digits = grouped[2].replace(/[.,]/g, grouped[1] === undefined ? ',' : '');
    return `${grouped[1] ?? ''}${digits}${grouped[3] ?? ''}`;
  }
  const listed = /^([A-Z]{2})[,-](\d{6,})[,-]?([A-Z]\d?)?$/.exec(folded);
  if (listed) return `${listed[1]}${listed[2]}${listed[3] ?? ''}`;
  const printed = /^([A-Z]{2})-([A-Z]\d?)-([\d/,.]+)$/.exec(folded);
  if (printed) return `${printed[1]}${printed[3]}${printed[2]}`;
  return folded.replace(/^([A-Z]{2})-(?=\d)/, '$1').replace(/(?<=\d)-(?=[A-Z]\d?$)/, '');
}

interface Fields {
  readonly office?: string | undefined;
  readonly number?: string | undefined;
  readonly original?: string | undefined;
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
  readonly type?: string | undefined;
}

/** The parts of the dotted writing of number services: `EP.1915004.A1`, `US.(08/921,321).A.19970829`, `(PCT/GB02/04635).20021011`. */
function dottedParts(text: string): Fields | undefined {
  const match =
    /^(?:\(?([A-Z]{2})\)?\.)?(?:\(([^()]+)\)|([A-Z]*\d{4,14}))(?:\.\(?([A-Z]\d?)\)?)?(?:\.\(?(\d{8})\)?)?$/.exec(text);
  const number = match?.[2] ?? match?.[3];
  if (!match || !number || (match[1] === undefined && match[2] === undefined)) return undefined;
  if (match[2] === undefined && match[4] === undefined && match[5] === undefined) return undefined;
  const [, office, original, , kind, date] = match;
  const isPlain = original === undefined || /^[A-Z]*\d+$/.test(original);
  return isPlain ? { office, number, kind, date } : { office, original, kind, date };
}

/** Reads the dotted writing. An original in brackets is read as its office prints it. */
function readDotted(text: string, type?: string): Outcome | undefined {
  const parts = dottedParts(text);
  if (!parts) return undefined;
  const { office, original, date } = parts;
  if (original === undefined || type !== undefined) return outcomeOf({ ...parts, type });
  return readFolded(/^(?:PCT|\d)/.test(original) ? original : (office ?? '') + original, date);
}

const one = (...readings: NumberReading[]): Outcome => ({ readings, warnings: [] });

/** A receiving office's international application: kind W, or a number with a stroke that follows the office's code. */
function pctOf({ office, number, kind, date }: Fields): NumberReading | undefined {
  if (kind !== 'W' || !office || !number) return undefined;
  const match = /^((?:19|20)\d{2})(\d{6})$/.exec(number) ?? /^(\d{2})(\d{5,6})$/.exec(number);
  return match?.[1] && match[2] ? pctReading(office, match[1], match[2], isoDate(date)) : undefined;
}

function applicationOf(fields: Fields, office: string, number: string): Outcome {
  const date = isoDate(fields.date);
  const us = /^(\d{2})\/?(\d{3}),?(\d{3})$/.exec(number);
  if (office === 'US' && us?.[1] && fields.original !== undefined)
    return one(usApplication(us[1], `${us[2]}${us[3]}`, date));
  const folded = fold(number);
  const byRule = /^[A-Z]{2}/.test(folded) ? readFolded(folded, date) : readFolded(office + folded, date);
  const fits = byRule.readings.filter((r) => r.office === office && r.type === 'application');
  if (fits.length > 0) return { ...byRule, readings: fits.map((r) => ({ ...r, date: date ?? null })) };
  if (office === 'EP' && /^\d{8}$/.test(folded)) return epApplication(folded, undefined);
  const own = officeApplication(office, folded.startsWith(office) ? folded.slice(2) : folded, fields.kind, date);
  if (own) return one(own);
  const bare = folded.replace(/[^0-9A-Z]/g, '').replace(new RegExp(`^${office}`), '');
  return one(generalApplication(office, bare.replace(/^([A-Z]+)0+(?=\d)/, '$1'), fields.kind ?? 'A', date));
}

/** Whether a number with these fields is an application: said so, or an original that no publication looks like. */
function isApplication(fields: Fields): boolean {
  if (fields.type === 'application' || fields.type === 'priority') return true;
  return fields.type === undefined && fields.original !== undefined && fields.kind === undefined;
}

function outcomeOf(fields: Fields): Outcome {
  const text = fold(fields.number ?? fields.original ?? '');
  const { office } = fields;
  const dotted = office === undefined ? readDotted(text, fields.type) : undefined;
  if (dotted) return dotted;
  const pct = pctOf(fields) ?? readPct(text, isoDate(fields.date));
  if (pct) return one(pct);
  if (!office && isApplication(fields) && /^[A-Z]{2}/.test(text) && isOffice(text.slice(0, 2))) {
    return applicationOf(fields, text.slice(0, 2), text.slice(2));
  }
  if (!office) return readFolded(text + (fields.kind ?? ''), isoDate(fields.date));
  if (isApplication(fields) || /^\d{2}\/\d{3},?\d{3}$/.test(text)) {
    return applicationOf({ ...fields, original: fields.original ?? text }, office, text);
  }
  const prefixed = text.startsWith(office) ? text : office + text;
  const byRule = readFolded(prefixed + (fields.kind ?? ''), isoDate(fields.date));
  const fits = byRule.readings.filter((r) => r.office === office && r.type !== 'application');
  const date = isoDate(fields.date) ?? null;
  if (fits.length > 0) return one(...fits.map((r) => ({ ...r, date })));
  if (!isOffice(office) || !/\d/.test(text)) return { readings: [], warnings: [] };
  const { number } = canonicalPublication(office, text.replace(new RegExp(`^${office}`), ''));
  return one(reading({ type: 'publication', office, number, kind: fields.kind, date: isoDate(fields.date) }));
}

/** No number is longer; the bound keeps the patterns quick on any input. */
const LONGEST_NUMBER = 200;

/** A US pre-grant serial given apart from its year: seven digits, kind A. */
function withYear(number: string | undefined, year: string | undefined, kind: string | undefined): string | undefined {
  const isSerial = number !== undefined && /^\d{1,7}$/.test(number) && /^(?:20)\d{2}$/.test(year ?? '');
  return isSerial && /^A\d$/i.test(kind ?? '') ? `US${year}${number.padStart(7, '0')}` : number;
}

function fieldsOf(input: object): Fields {
  const entries = new Map<string, unknown>(Object.entries(input));
  const get = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = entries.get(name);
      if (typeof value === 'string' && value.trim() !== '') return value.trim().slice(0, LONGEST_NUMBER);
      if (typeof value === 'number') return String(value);
    }
    return undefined;
  };
  const isOriginal = get('format') === 'original';
  const number = get('number', 'docNumber', 'doc-number');
  return {
    office: get('office', 'country')?.toUpperCase(),
    number: isOriginal ? undefined : withYear(number, get('year'), get('kind')),
    original: get('original') ?? (isOriginal ? number : undefined),
    kind: get('kind')?.toUpperCase(),
    date: get('date'),
    type: get('type'),
  };
}

/**
 * Reads a patent number as people and offices write it, or given in parts. One reading makes a valid answer;
 * several are all listed in `candidates` and none is picked; a failed check digit or an unknown shape is a warning
 * and `valid` false. Number rules: WIPO ST.6 and ST.13, offices' own guides. Never throws.
 */
export function readNumber(input: string | object): NumberAnswer {
  if (typeof input !== 'string') return answer(input, outcomeOf(fieldsOf(input)));
  const text = fold(input.slice(0, LONGEST_NUMBER));
  return answer(input, readDotted(text) ?? readFolded(text));
}
