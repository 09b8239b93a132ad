import { cnCheckDigit, epCheckDigit } from '@quanlian/kernel';
import { type Day, dayOf, FIRST_DAY, LAST_DAY, yearOfDay } from '../calendar.js';

/** An application as an office numbers it; `number` in DOCDB style, `original` as printed. */
export interface Application {
  readonly office: string;
  readonly number: string;
  readonly kind: string;
  readonly filed: Day;
  readonly original: string;
}

export type RightType = 'invention' | 'utility-model' | 'design';

/**
 * Gives out numbers that have the shape of each office's own, rise with the date and are never given twice. They all
 * stand at the high end of their series (first serial digit 9), which no office has reached, so that a demo document
 * never takes the number of a real one.
 */
export interface Numbering {
  application(
    office: string,
    type: RightType,
    filed: Day,
    options?: { viaPct?: boolean; receivingOffice?: string },
  ): Application;
  publication(office: string, kind: string, published: Day): string;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** US application series by the year they began. */
const US_SERIES: readonly (readonly [number, number])[] = [
  [2025, 19],
  [2022, 18],
  [2020, 17],
  [2018, 16],
  [2016, 15],
  [2013, 14],
  [2011, 13],
  [2008, 12],
  [2005, 11],
  [2002, 10],
  [1990, 9],
];

const CN_TYPE = { invention: '1', 'utility-model': '2', design: '3' } as const;
const CN_KIND = { invention: 'A', 'utility-model': 'U', design: 'S' } as const;

function ofYear(day: Day): number {
  const year = yearOfDay(day);
  const first = dayOf(year);
  return (day - first) / (dayOf(year + 1) - first);
}

const ofAll = (day: Day): number => Math.min(1, Math.max(0, (day - FIRST_DAY) / (LAST_DAY - FIRST_DAY)));

/** The next free serial of `digits` digits at or after the place that `fraction` points to in its series. */
type Serial = (series: string, fraction: number, digits: number) => string;

function makeSerial(): Serial {
  const taken = new Set<string>();
  return (series, fraction, digits) => {
    const size = 10 ** digits;
    let value = Math.min(size - 1, Math.floor(fraction * size));
    while (taken.has(`${series}/${value}`)) value = (value + 1) % size;
    taken.add(`${series}/${value}`);
    return pad(value, digits);
  };
}

function chinese(serial: Serial, type: RightType, filed: Day, viaPct: boolean): Application {
  const year = yearOfDay(filed);
  const letter = viaPct ? '8' : CN_TYPE[type];
  const long = filed >= dayOf(2003, 10);
  const head = long ? `${year}${letter}9` : `${pad(year % 100, 2)}${letter}9`;
  const number = head + serial(`cn${head}`, ofYear(filed), long ? 6 : 4);
  return { office: 'CN', number, kind: CN_KIND[type], filed, original: `${number}.${cnCheckDigit(number)}` };
}

function american(serial: Serial, filed: Day): Application {
  const year = yearOfDay(filed);
  const series = pad(US_SERIES.find(([from]) => year >= from)?.[1] ?? 9, 2);
  const six = `9${serial(`us${year}`, ofYear(filed), 5)}`;
  const number = year >= 2011 ? `${year}${series}${six}` : six + pad(year % 100, 2);
  return { office: 'US', number, kind: 'A', filed, original: `${series}/${six.slice(0, 3)},${six.slice(3)}` };
}

function european(serial: Serial, filed: Day): Application {
  const yy = pad(yearOfDay(filed) % 100, 2);
  const number = `${yy}9${serial(`ep${yy}`, ofYear(filed), 5)}`;
  return { office: 'EP', number, kind: 'A', filed, original: `${number}.${epCheckDigit(number)}` };
}

/** Before 2004 two digits of year and five of serial, since then four and six. */
function international(serial: Serial, filed: Day, receiving: string): Application {
  const year = yearOfDay(filed);
  const long = year >= 2004;
  const yearDigits = long ? String(year) : pad(year % 100, 2);
  const rest = `9${serial(`wo${year}`, ofYear(filed), long ? 5 : 4)}`;
  const original = `PCT/${receiving}${yearDigits}/${rest}`;
  return { office: receiving, number: yearDigits + rest, kind: 'W', filed, original };
}

/** Offices that write the year, in Taiwan the year of the republic, before a serial. */
function yearly(serial: Serial, office: string, filed: Day): Application {
  const year = yearOfDay(filed);
  const rest = `9${serial(`${office}${year}`, ofYear(filed), office === 'KR' ? 6 : 5)}`;
  const number = (office === 'TW' ? pad(year - 1911, 3) : office === 'FR' ? pad(year % 100, 2) : String(year)) + rest;
  const base = { office, kind: 'A', filed };
  if (office === 'JP') return { ...base, number, original: `特願${year}-${rest}` };
  if (office === 'KR') return { ...base, number, original: `10-${year}-${rest}` };
  if (office === 'DE') return { ...base, number: `10${number}`, original: `10${number}` };
  return { ...base, number, original: number };
}

/** Publications: how a series begins, how many serial digits follow its 9, and whether it starts anew each year. */
const PUBLICATIONS: Readonly<Record<string, { head: string; digits: number; yearly?: boolean }>> = {
  CNA: { head: '1', digits: 7 },
  CNU: { head: '2', digits: 7 },
  CNS: { head: '3', digits: 7 },
  USB: { head: '', digits: 7 },
  USA: { head: '', digits: 5, yearly: true },
  EPA: { head: '', digits: 6 },
  WOA: { head: '', digits: 5, yearly: true },
  JPA: { head: '', digits: 5, yearly: true },
  JPB: { head: '', digits: 6 },
  KRA: { head: '', digits: 6, yearly: true },
  KRB: { head: '10', digits: 6 },
  TWA: { head: '', digits: 4, yearly: true },
  TWB: { head: 'I', digits: 5 },
};

export function makeNumbering(): Numbering {
  const serial = makeSerial();
  return {
    application(office, type, filed, { viaPct = false, receivingOffice = 'CN' } = {}) {
      if (office === 'CN') return chinese(serial, type, filed, viaPct);
      if (office === 'US') return american(serial, filed);
      if (office === 'EP') return european(serial, filed);
      return office === 'WO' ? international(serial, filed, receivingOffice) : yearly(serial, office, filed);
    },
    publication(office, kind, published) {
      const key = office + kind.charAt(0);
      const series = PUBLICATIONS[key];
      if (!series) throw new Error(`There is no series for ${office} ${kind}.`);
      const year = series.yearly ? String(yearOfDay(published)) : '';
      const fraction = series.yearly ? ofYear(published) : ofAll(published);
      return `${year}${series.head}9${serial(`${key}${year}`, fraction, series.digits)}`;
    },
  };
}
