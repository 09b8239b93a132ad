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

export function makeNumbering(): Numbering {
  const taken = new Set<string>();
  /** The next free serial of `digits` digits at or after the place the fraction points to. */
  const serial = (series: string, fraction: number, digits: number): string => {
    const size = 10 ** digits;
    let value = Math.min(size - 1, Math.floor(fraction * size));
    while (taken.has(`${series}/${value}`)) value = (value + 1) % size;
    taken.add(`${series}/${value}`);
    return pad(value, digits);
  };

  const cn = (type: RightType, filed: Day, viaPct: boolean): Application => {
    const year = yearOfDay(filed);
    const letter = viaPct ? '8' : CN_TYPE[type];
    const long = filed >= dayOf(2003, 10);
    const head = long ? `${year}${letter}9` : `${pad(year % 100, 2)}${letter}9`;
    const number = head + serial(`cn${head}`, ofYear(filed), long ? 6 : 4);
    return { office: 'CN', number, kind: CN_KIND[type], filed, original: `${number}.${cnCheckDigit(number)}` };
  };
  const us = (filed: Day): Application => {
    const year = yearOfDay(filed);
    const series = pad(US_SERIES.find(([from]) => year >= from)?.[1] ?? 9, 2);
    const six = `9${serial(`us${year}`, ofYear(filed), 5)}`;
    const number = year >= 2011 ? `${year}${series}${six}` : six + pad(year % 100, 2);
    return { office: 'US', number, kind: 'A', filed, original: `${series}/${six.slice(0, 3)},${six.slice(3)}` };
  };
  const ep = (filed: Day): Application => {
    const yy = pad(yearOfDay(filed) % 100, 2);
    const number = `${yy}9${serial(`ep${yy}`, ofYear(filed), 5)}`;
    return { office: 'EP', number, kind: 'A', filed, original: `${number}.${epCheckDigit(number)}` };
  };
  const wo = (filed: Day, receiving: string): Application => {
    const year = yearOfDay(filed);
    const long = year >= 2004;
    const six = `9${serial(`wo${year}`, ofYear(filed), long ? 5 : 4)}`;
    const number = (long ? String(year) : pad(year % 100, 2)) + six;
    return {
      office: receiving,
      number,
      kind: 'W',
      filed,
      original: `PCT/${receiving}${long ? year : pad(year % 100, 2)}/${six}`,
    };
  };
  const asian = (office: string, filed: Day): Application => {
    const year = yearOfDay(filed);
    const digits = office === 'KR' ? 6 : 5;
    const rest = `9${serial(`${office}${year}`, ofYear(filed), digits)}`;
    if (office === 'TW')
      return {
        office,
        number: `${pad(year - 1911, 3)}${rest}`,
        kind: 'A',
        filed,
        original: `${pad(year - 1911, 3)}${rest}`,
      };
    const original = office === 'JP' ? `特願${year}-${rest}` : `10-${year}-${rest}`;
    return { office, number: `${year}${rest}`, kind: 'A', filed, original };
  };
  const german = (office: string, filed: Day): Application => {
    const year = yearOfDay(filed);
    const number =
      office === 'DE'
        ? `10${year}9${serial(`de${year}`, ofYear(filed), 5)}`
        : `${pad(year % 100, 2)}9${serial(`${office}${year}`, ofYear(filed), 4)}`;
    return { office, number, kind: 'A', filed, original: number };
  };

  return {
    application(office, type, filed, { viaPct = false, receivingOffice = 'CN' } = {}) {
      if (office === 'CN') return cn(type, filed, viaPct);
      if (office === 'US') return us(filed);
      if (office === 'EP') return ep(filed);
      if (office === 'WO') return wo(filed, receivingOffice);
      return office === 'DE' || office === 'FR' ? german(office, filed) : asian(office, filed);
    },
    publication(office, kind, published) {
      const year = yearOfDay(published);
      const all = ofAll(published);
      switch (`${office}${kind.charAt(0)}`) {
        case 'CNA':
          return `19${serial('CN1', all, 7)}`;
        case 'CNU':
          return `29${serial('CN2', all, 7)}`;
        case 'CNS':
          return `39${serial('CN3', all, 7)}`;
        case 'USB':
          return `9${serial('USB', all, 7)}`;
        case 'EPA':
          return `9${serial('EP', all, 6)}`;
        case 'JPB':
          return `9${serial('JPB', all, 6)}`;
        case 'KRB':
          return `109${serial('KRB', all, 6)}`;
        case 'KRA':
          return `${year}9${serial(`KRA${year}`, ofYear(published), 6)}`;
        case 'TWB':
          return `I9${serial('TWB', all, 5)}`;
        case 'TWA':
          return `${year}9${serial(`TWA${year}`, ofYear(published), 4)}`;
        default:
          return `${year}9${serial(`${office}${year}`, ofYear(published), 5)}`;
      }
    },
  };
}
