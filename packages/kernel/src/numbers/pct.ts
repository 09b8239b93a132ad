import type { NumberReading } from '@quanlian/contract';
import { reading } from './forms.js';
import { isOffice } from './offices.js';

const fullYear = (year: string): string => {
  if (year.length === 4) return year;
  return (Number(year) >= 78 ? '19' : '20') + year;
};

/** An international application at a receiving office; before 2004 DOCDB wrote two digits of year and five of serial. */
export function pctReading(office: string, year: string, serial: string, date?: string): NumberReading {
  const yyyy = fullYear(year);
  const number = serial.replace(/^0+(?=\d)/, '');
  const short = yyyy < '2004' && number.length <= 5;
  const docdbNumber = short ? yyyy.slice(2) + number.padStart(5, '0') : yyyy + number.padStart(6, '0');
  const printed = `PCT/${office}${yyyy}/${number.padStart(6, '0')}`;
  return reading({
    type: 'application',
    office,
    number: docdbNumber,
    kind: 'W',
    date,
    epodoc: `WO${yyyy}${office}${number.padStart(5, '0')}`,
    original: printed,
    display: printed,
  });
}

const PCT = /^(?:WO)?PCT[/-]?([A-Z]{2})[/-]?((?:19|20)\d{2}|\d{2})[/-]?(\d{4,6})$/;
const WITHOUT_PCT = /^(?:WO)?([A-Z]{2})\/?((?:19|20)\d{2})\/(\d{5,6})$/;

/** The form of epodoc: `WO2016US64351`. */
const EPODOC = /^WO((?:19|20)\d{2})([A-Z]{2})(\d{5,6})$/;

/** `PCT/GB02/04635`, `PCTUS2025058371`, `KR2009/006271`; the text is folded and holds no blanks. */
export function readPct(text: string, date?: string): NumberReading | undefined {
  const [, year, office, serial] = EPODOC.exec(text) ?? [];
  if (year && office && serial && (isOffice(office) || office === 'IB')) return pctReading(office, year, serial, date);
  const match = PCT.exec(text) ?? WITHOUT_PCT.exec(text);
  if (!match?.[1] || !match[2] || !match[3]) return undefined;
  if (match[1] === 'US' && !text.includes('PCT') && match[3].length !== 6) return undefined;
  return isOffice(match[1]) || match[1] === 'IB' ? pctReading(match[1], match[2], match[3], date) : undefined;
}
