/** A date of one to three parts: year, month, day. */
export type DateParts = readonly number[];

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** A date in ISO 8601, partial when its parts are. */
export const iso = (parts: DateParts): string => parts.map((part, i) => pad(part, i === 0 ? 4 : 2)).join('-');

/** The parts when they are a date of the calendar, otherwise undefined. */
export function checkedDate(year: number, month?: number, day?: number): DateParts | undefined {
  if (year < 1 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  if (month !== undefined && day !== undefined && (day < 1 || day > daysIn(year, month))) return undefined;
  return [year, month, day].filter((part): part is number => part !== undefined);
}

/** Reads `2020`, `2020-05`, `2020-05-12`, with dots, slashes or 年月日 between, and `20200512`; undefined when it is no date. */
export function datePart(text: string): DateParts | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const parted = /^(\d{4})年?(?:[-./]?(\d{1,2})月?(?:[-./]?(\d{1,2})日?)?)?$/u.exec(text);
  const loose = /^\d{5,}$/.test(text) ? null : parted;
  const found = compact ?? loose;
  if (!found) return undefined;
  const [year = 0, month, day] = found.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]));
  return checkedDate(year, month, day);
}

/** The next year, month or day after a date, in the same precision. */
function following([year = 0, month, day]: DateParts): DateParts {
  if (month === undefined) return [year + 1];
  const nextMonth = month === 12 ? [year + 1, 1] : [year, month + 1];
  if (day === undefined) return nextMonth;
  return day === daysIn(year, month) ? [...nextMonth, 1] : [year, month, day + 1];
}

/** The year, month or day before a date, in the same precision. */
function preceding([year = 0, month, day]: DateParts): DateParts {
  if (month === undefined) return [year - 1];
  const [lastYear, lastMonth]: readonly [number, number] = month === 1 ? [year - 1, 12] : [year, month - 1];
  if (day === undefined) return [lastYear, lastMonth];
  return day === 1 ? [lastYear, lastMonth, daysIn(lastYear, lastMonth)] : [year, month, day - 1];
}

export interface Bounds {
  readonly from?: DateParts | undefined;
  readonly to?: DateParts | undefined;
}

/** What a comparison with a date leaves; undefined for a sign that compares nothing. */
export function comparedDate(relation: string, date: DateParts): Bounds | undefined {
  switch (relation) {
    case '>=':
    case '≥':
      return { from: date };
    case '<=':
    case '≤':
      return { to: date };
    case '>':
      return { from: following(date) };
    case '<':
      return { to: preceding(date) };
    case '=':
    case '==':
    case '':
      return { from: date, to: date };
    default:
      return undefined;
  }
}

/** True when a range ends before it begins. */
export function isBackwards({ from, to }: Bounds): boolean {
  if (!from || !to) return false;
  const [a, b] = [iso(from), iso(to)];
  return a.slice(0, b.length) > b.slice(0, a.length);
}
