import type { NumberReading } from '@quanlian/contract';
import { clearApplication, officeApplication } from './applications.js';
import { canonicalPublication } from './canonical.js';
import { cnCheckDigit, epCheckDigit } from './check-digit.js';
import { epodocApplication, reading, yearOf } from './forms.js';
import { isOffice } from './offices.js';
import { readPct } from './pct.js';
import { readWriting } from './writings.js';

interface Warning {
  readonly code: string;
  readonly message: string;
}

/** What the rules for one office make of a text. `refused` is set when the office is clear but the number is wrong. */
export interface Outcome {
  readonly readings: readonly NumberReading[];
  readonly warnings: readonly Warning[];
  readonly refused?: boolean;
}

const found = (...readings: NumberReading[]): Outcome => ({ readings, warnings: [] });
const NONE: Outcome = { readings: [], warnings: [] };

const withCommas = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

function cnApplication(digits: string, check: string | undefined, patent: boolean): Outcome {
  const expected = cnCheckDigit(digits);
  const type = digits.length === 8 ? digits.charAt(2) : digits.charAt(4);
  const kind = ({ 2: 'U', 3: 'S', 9: 'U' } as Readonly<Record<string, string>>)[type] ?? 'A';
  const one = reading({
    type: 'application',
    office: 'CN',
    number: digits,
    kind,
    docdb: `CN${digits}${kind}`,
    epodoc: `CN${digits}`,
    original: `${digits}.${expected}`,
    display: `${patent ? 'ZL' : 'CN'} ${digits}.${expected}`,
  });
  if (!/[12389]/.test(type)) {
    const message = `Digit ${type} is no type of Chinese application (1, 2, 3, 8 or 9).`;
    return { readings: [], refused: true, warnings: [{ code: 'number.bad_type_digit', message }] };
  }
  if (check !== undefined && check !== expected) {
    const message = `The check digit of ${digits} is ${expected}, not ${check}; compare the number with its source.`;
    return { readings: [one], refused: true, warnings: [{ code: 'number.bad_check_digit', message }] };
  }
  return found(one);
}

const CN_APPLICATION = /^(ZL|CN)?((?:8[5-9]|9\d|0[0-3])[1-9]\d{5}|(?:200[3-9]|20[1-4]\d)[1-9]\d{7})(?:(\.)?([\dX]))?$/;

function readCn(text: string): Outcome {
  const application = CN_APPLICATION.exec(text);
  const [, prefix, digits, dot, check] = application ?? [];
  const clear = prefix === 'ZL' || dot === '.' || digits?.length === 12;
  if (digits && (clear || prefix === 'CN') && !(prefix === 'CN' && check && !dot && digits.length === 8)) {
    const outcome = cnApplication(digits, check, prefix === 'ZL');
    if (prefix !== 'CN' || digits.length !== 8 || dot || !/^8[5-8]/.test(digits)) return outcome;
    const publication = reading({ type: 'publication', office: 'CN', number: digits });
    return { ...outcome, readings: [...outcome.readings, publication] };
  }
  if (text.startsWith('ZL') || /^CN\d+\.[\dX]$/.test(text)) {
    const message = 'A Chinese application number has 8 or 12 digits and a check digit; this one has not.';
    return { readings: [], refused: true, warnings: [{ code: 'number.bad_length', message }] };
  }
  const publication = /^CN(\d{6,9})([A-Z]\d?)?$/.exec(text);
  if (!publication?.[1]) return NONE;
  return found(reading({ type: 'publication', office: 'CN', number: publication[1], kind: publication[2] }));
}

function usPreGrant(year: string, serial: string, kind: string | undefined): NumberReading {
  const { number } = canonicalPublication('US', year + serial);
  const printed = `${year}/${number.slice(4).padStart(7, '0')}`;
  return reading({
    type: 'publication',
    office: 'US',
    number,
    kind,
    original: printed,
    display: ['US', printed, kind].filter(Boolean).join(' '),
  });
}

/** US applications: until series 12 DOCDB put the serial first and the year last; from 2011 year, series and serial. */
export function usApplication(series: string, serial: string, date: string | undefined): NumberReading {
  const year = yearOf(date);
  const printed = `${series.padStart(2, '0')}/${withCommas(serial)}`;
  const full = series.padStart(2, '0') + serial;
  const modern = year !== undefined && (Number(series) >= 13 && Number(series) < 60 ? true : year >= '2011');
  const number = year === undefined ? full : modern ? year + full : serial.replace(/^0+(?=\d)/, '') + year.slice(2);
  return reading({
    type: 'application',
    office: 'US',
    number,
    kind: 'A',
    date,
    docdb: year === undefined ? undefined : `US${number}A`,
    epodoc: year === undefined ? undefined : modern ? `US${year}${full}` : `US${year}${serial.padStart(7, '0')}`,
    original: printed,
    display: `US ${printed}`,
  });
}

function readUs(text: string, date: string | undefined): Outcome {
  const application = /^(?:US)?(\d{2})\/(\d{3}),?(\d{3})$/.exec(text);
  if (application?.[1]) return found(usApplication(application[1], `${application[2]}${application[3]}`, date));
  const bare = text.replace(/[,/]/g, '').replace(/^USUS/, 'US');
  const preGrant =
    /^(?:US)?((?:200[1-9]|20[1-4]\d))(\d{7})([A-Z]\d)?$/.exec(bare) ??
    /^US((?:200[1-9]|20[1-4]\d))(\d{6})([A-Z]\d?)?$/.exec(bare);
  if (preGrant?.[1] && preGrant[2]) return found(usPreGrant(preGrant[1], preGrant[2], preGrant[3]));
  const grant = /^(?:US)?0*(D|PP|RE|RX|H|T|X|AI)?(ES)?0*(\d{1,9})([A-Z]\d?)?$/.exec(bare);
  if (!grant?.[3]) return NONE;
  const letters = grant[1] ?? '';
  const isUs = text.startsWith('US') || letters !== '' || /^\d{1,2}(,\d{3}){2}/.test(text) || /[A-Z]\d$/.test(bare);
  if (!isUs || (grant[2] && letters !== 'D')) return NONE;
  const number = letters + grant[3];
  const display = ['US', letters + (letters ? grant[3] : withCommas(grant[3])), grant[4]].filter(Boolean).join(' ');
  return found(reading({ type: 'grant', office: 'US', number, kind: grant[4], display }));
}

/** An EP application of eight digits: two of year, six of serial; its check digit follows a point. */
export function epApplication(digits: string, check: string | undefined): Outcome {
  const year = (Number(digits.slice(0, 2)) >= 78 ? '19' : '20') + digits.slice(0, 2);
  const expected = epCheckDigit(digits);
  const one = reading({
    type: 'application',
    office: 'EP',
    number: digits,
    kind: 'A',
    epodoc: `EP${year}0${digits.slice(2)}`,
    original: `${digits}.${expected}`,
    display: `EP ${digits}.${expected}`,
  });
  if (check === undefined || check === expected) return found(one);
  const message = `The check digit of EP ${digits} is ${expected}, not ${check}; compare the number with its source.`;
  return { readings: [one], refused: true, warnings: [{ code: 'number.bad_check_digit', message }] };
}

function readEp(text: string): Outcome {
  // Guides print an x where the check digit stands.
  const application = /^(?:EP)?(\d{8})\.(\d)$/.exec(text) ?? /^EP(\d{8})(?:\.X)?()$/.exec(text);
  if (application?.[1] && !/^EP0\d{7}$/.test(text)) return epApplication(application[1], application[2] || undefined);
  const publication = /^EP0*(\d{1,7})([A-Z]\d?)?$/.exec(text);
  if (!publication?.[1]) return NONE;
  const { number } = canonicalPublication('EP', publication[1]);
  return found(reading({ type: 'publication', office: 'EP', number, kind: publication[2] }));
}

/** WO publications; DOCDB wrote two digits of year until 2003, and five of serial until 02/51230. */
function readWo(text: string): Outcome {
  const match = /^(?:WO)+[/-]?((?:19|20)?\d{2})[/-]?(\d{4,6})([A-Z]\d?)?$/.exec(text.replace(/^WO00(?=20\d{8})/, 'WO'));
  if (!match?.[1] || !match[2]) return NONE;
  const { number } = canonicalPublication('WO', match[1] + match[2]);
  if (number.length !== 10) return NONE;
  const [year, serial] = [number.slice(0, 4), number.slice(4)];
  const short = year < '2002' || (year === '2002' && serial <= '051230');
  const docdbNumber = year >= '2004' ? number : year.slice(2) + (short ? serial.replace(/^0/, '') : serial);
  const display = ['WO', `${year}/${serial}`, match[3]].filter(Boolean).join(' ');
  const docdb = `WO${docdbNumber}${match[3] ?? ''}`;
  return found(
    reading({ type: 'publication', office: 'WO', number, kind: match[3], docdb, epodoc: `WO${docdbNumber}`, display }),
  );
}

const JP_WORDS: Readonly<Record<string, { type: 'application' | 'publication'; kind: string }>> = {
  特願: { type: 'application', kind: 'A' },
  実願: { type: 'application', kind: 'U' },
  特開: { type: 'publication', kind: 'A' },
  特表: { type: 'publication', kind: 'A' },
  実開: { type: 'publication', kind: 'U' },
  特公: { type: 'publication', kind: 'B' },
  実公: { type: 'publication', kind: 'Y' },
};

/** Before 2000 the year counts from the emperor's accession; a letter (S, H) keeps it apart from other series. */
function jpEra(year: string): string | undefined {
  const n = Number(year);
  if (n >= 46 && n <= 64) return 'S';
  return n >= 1 && n <= 12 ? 'H' : undefined;
}

function readJp(text: string): Outcome {
  const words = /^([特実][願開表公])(平|昭|令)?(?:((?:19|20)\d{2})-?|(\d{1,2})-)(\d{4,7})号?(公報)?$/u.exec(text);
  const meaning = JP_WORDS[words?.[1] ?? ''];
  const year = words?.[3] ?? words?.[4];
  if (words?.[5] && year && meaning) {
    const era = { 平: 'H', 昭: 'S', 令: 'R' }[words[2] ?? ''] ?? '';
    // With an emperor's year the serial keeps its own length, with a common one it has six digits.
    const number = year.length === 4 ? year + words[5].padStart(6, '0') : era + year.padStart(2, '0') + words[5];
    return found(reading({ ...meaning, office: 'JP', number, original: text, display: text }));
  }
  const era = /^JP(?:0+(?=[SHTR]))?([SHTR])?(\d{2})-?(\d{4,6})([A-Z]\d?)?$/.exec(text);
  const letter = era?.[1] ?? (text.includes('-') || /\d{8}A$/.test(text) ? jpEra(era?.[2] ?? '') : undefined);
  if (era?.[2] && era[3] && letter) {
    const number = letter + era[2] + era[3];
    return found(reading({ type: 'publication', office: 'JP', number, kind: era[4] }));
  }
  const plain = /^JP0*((?:19|20)\d{2})?-?(\d{1,7})([A-Z]\d?)?$/.exec(text);
  if (!plain?.[2]) return NONE;
  const number = (plain[1] ?? '') + (plain[1] ? plain[2].padStart(6, '0') : plain[2]);
  return found(reading({ type: 'publication', office: 'JP', number, kind: plain[3] }));
}

/** The kind of an application by its right: patent, utility model, design. */
const KR_KINDS: Readonly<Record<string, string>> = { 1: 'A', 2: 'U', 3: 'S' };

function readKr(text: string): Outcome {
  const application = /^(?:KR)?([1234])0-?((?:19|20)\d{2})-?(\d{7})([A-Z]\d?)?$/.exec(text);
  if (application?.[2] && application[3]) {
    const number = application[2] + application[3];
    const printed = `${application[1]}0-${application[2]}-${application[3]}`;
    const type = application[4] ? 'publication' : 'application';
    return found(
      reading({
        type,
        office: 'KR',
        number,
        kind: application[4] ?? KR_KINDS[application[1] ?? ''],
        epodoc: `KR${number}`,
        original: printed,
        display: `KR ${printed}`,
      }),
    );
  }
  const plain = /^KR-?([12]0)?-?(\d{5,11})([A-Z]\d?)?$/.exec(text);
  if (!plain?.[2]) return NONE;
  return found(reading({ type: 'publication', office: 'KR', number: (plain[1] ?? '') + plain[2], kind: plain[3] }));
}

function readDe(text: string): Outcome {
  const application = /^(?:DE)?((?:10|20|11|12|21|60|50)(?:19|20)\d{8}\.\d)$/.exec(text);
  const filed = application?.[1] ? officeApplication('DE', application[1]) : undefined;
  return filed ? found(filed) : NONE;
}

/** Any office's publication by the general rule: office, number (letters of series allowed), kind. */
function readGeneral(text: string): Outcome {
  const bare = text.replace(/(?<=\d)[.,-](?=\d)/g, '');
  // Swedish numbers keep the zero of their year.
  const match = /^([A-Z]{2})-?(?:(?<=^SE)|0*)([A-Z]{0,3}\d[\d/]*?)([A-Z]\d?)?$/.exec(bare);
  if (!match?.[1] || !match[2] || !isOffice(match[1]) || match[2].replace(/\D/g, '').length > 14) return NONE;
  if (/^[A-Z]{0,3}\d*\/\d*\//.test(match[2])) return NONE;
  const { number } = canonicalPublication(match[1], match[2]);
  return found(reading({ type: 'publication', office: match[1], number, kind: match[3] }));
}

/** Without an office, seven or eight digits are a grant of the US or an application or publication elsewhere. */
function readBare(text: string): Outcome {
  const digits = text.replace(/,/g, '');
  if (!/^\d{7,8}$/.test(digits)) return NONE;
  const grant = reading({
    type: 'grant',
    office: 'US',
    number: digits.replace(/^0+/, ''),
    display: `US ${withCommas(digits)}`,
  });
  if (digits.length === 7) return found(grant, reading({ type: 'publication', office: 'EP', number: digits }));
  const application = usApplication(digits.slice(0, 2), digits.slice(2), undefined);
  const cn = CN_APPLICATION.test(digits) ? cnApplication(digits, undefined, false).readings : [];
  return found(grant, application, ...epApplication(digits, undefined).readings, ...cn);
}

/**
 * Eight digits with a check digit and no office: of China or of the EPO, whichever digit fits. Both may fit by
 * chance; when neither does, it is a Chinese number only where a Chinese one could be.
 */
function readPointed(text: string): Outcome {
  const match = /^(\d{8})\.([\dX])$/.exec(text);
  if (!match?.[1] || !match[2]) return NONE;
  const both = [epApplication(match[1], match[2])];
  if (CN_APPLICATION.test(match[1])) both.push(cnApplication(match[1], match[2], false));
  const fitting = both.filter((outcome) => !outcome.refused);
  if (fitting.length > 0) return found(...fitting.flatMap((outcome) => outcome.readings));
  const message = `The digit behind the point fits neither a Chinese nor a European application ${match[1]}.`;
  return { readings: [], refused: true, warnings: [{ code: 'number.bad_check_digit', message }] };
}

/** Tries every office's rules in turn on a folded text without blanks; the first that knows it answers. */
export function readFolded(folded: string, date?: string): Outcome {
  // Some sources put the office before a number that has it already, and PCT before a publication.
  const text = folded.replace(/^(?:WO)*(?:PCT-)?WO(?=\d)/, 'WO');
  const pct = readPct(text, date) ?? clearApplication(text, date) ?? readWriting(text);
  if (pct) return found(pct);
  if (/^(?:WO)+(?:PCT|\d{4}-EP|[A-Z]{2}\d)|^PCT|^[A-Z]{2}\d+[A-Z]\/?\d{2}$/.test(text)) return NONE;
  const rules = [
    readPointed,
    readCn,
    (t: string) => readUs(t, date),
    readEp,
    readWo,
    readJp,
    readKr,
    readDe,
    readBare,
    readGeneral,
  ];
  for (const rule of rules) {
    const outcome = rule(text);
    if (outcome.readings.length > 0 || outcome.refused) return outcome;
  }
  return NONE;
}

/** An application given as office and number, with its epodoc form by the general rule where the year is known. */
export function generalApplication(
  office: string,
  number: string,
  kind: string | undefined,
  date: string | undefined,
): NumberReading {
  const byOffice = officeApplication(office, number, kind, date);
  if (byOffice) return byOffice;
  const epodoc = epodocApplication(office, number, kind, yearOf(date));
  return reading({ type: 'application', office, number, kind, date, epodoc });
}
