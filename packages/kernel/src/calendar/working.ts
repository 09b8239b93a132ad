import { QuanlianError } from '@quanlian/contract';
import { z } from 'zod';
import { CertaintySchema, type Words, WordsSchema } from '../rules/certainty.js';
import { addDays, dayNumber, type IsoDate, IsoDateSchema, weekday } from './date.js';

/** A file of `rules/calendar`: the announced rest days and make-up working days of a jurisdiction, year by year. */
export const CalendarFileSchema = z.object({
  jurisdiction: z.string().min(2),
  /** The offset of the jurisdiction's civil time, to turn an instant into a date. */
  utcOffsetMinutes: z.number().int(),
  certainty: CertaintySchema,
  verifiedOn: IsoDateSchema,
  source: z.string().min(1),
  note: WordsSchema.optional(),
  names: z.record(z.string(), WordsSchema),
  years: z.array(
    z.object({
      year: z.number().int(),
      holidays: z.array(z.object({ name: z.string(), from: IsoDateSchema, to: IsoDateSchema })),
      workdays: z.array(IsoDateSchema),
    }),
  ),
});
export type CalendarFile = z.infer<typeof CalendarFileSchema>;

/** What a calendar knows of one day. `name` is set on holidays only. */
export interface CalendarDay {
  readonly date: IsoDate;
  readonly working: boolean;
  readonly kind: 'working' | 'weekend' | 'holiday' | 'make-up';
  readonly name?: Words;
  /** The year's arrangement is not known: only Saturdays and Sundays are taken as rest days. */
  readonly provisional: boolean;
}

/** A working-day calendar. Ask it for single days; the functions of this folder do the counting. */
export interface WorkingCalendar {
  readonly jurisdiction: string;
  readonly utcOffsetMinutes: number;
  /** Years whose arrangement is known, ascending. */
  readonly years: readonly number[];
  day(date: IsoDate): CalendarDay;
}

/** A date found by counting, and whether a year without an announced arrangement was touched on the way. */
export interface CountedDate {
  readonly date: IsoDate;
  readonly provisional: boolean;
}

interface SpecialDay {
  readonly kind: 'holiday' | 'make-up';
  readonly name?: Words;
}

/**
 * The arrangement of a year reaches back over New Year: 2005-12-31 and 2006-12-30 were made working days by the next
 * year's announcement. From this day on, a year is certain only when the next one is known as well.
 */
const NEXT_YEAR_REACHES_BACK_TO = '12-24';

function invalid(sentence: string): QuanlianError {
  return new QuanlianError('rules.invalid', sentence);
}

function readYear(file: CalendarFile, year: CalendarFile['years'][number], special: Map<IsoDate, SpecialDay>): void {
  const put = (date: IsoDate, day: SpecialDay) => {
    if (Number(date.slice(0, 4)) !== year.year)
      throw invalid(`Calendar ${file.jurisdiction}: ${date} stands under ${year.year}; move it to its own year.`);
    if (special.has(date))
      throw invalid(`Calendar ${file.jurisdiction}: ${date} is given twice; a day has one arrangement.`);
    special.set(date, day);
  };
  for (const holiday of year.holidays) {
    const name = file.names[holiday.name];
    if (!name) throw invalid(`Calendar ${file.jurisdiction}: the holiday "${holiday.name}" has no entry in "names".`);
    if (dayNumber(holiday.to) < dayNumber(holiday.from))
      throw invalid(`Calendar ${file.jurisdiction}: the holiday from ${holiday.from} ends before it begins.`);
    for (let date = holiday.from; date <= holiday.to; date = addDays(date, 1)) put(date, { kind: 'holiday', name });
  }
  for (const date of year.workdays) put(date, { kind: 'make-up' });
}

/**
 * Builds the calendar of one jurisdiction from its files (a new year can be a file of its own). Throws `rules.invalid`
 * when a file breaks the schema, a year comes twice, or the files are of different jurisdictions.
 */
export function createWorkingCalendar(files: readonly unknown[]): WorkingCalendar {
  const special = new Map<IsoDate, SpecialDay>();
  const years = new Set<number>();
  const parsed = files.map((file, index) => {
    const result = CalendarFileSchema.safeParse(file);
    if (!result.success) throw invalid(`Calendar file ${index + 1} is not valid: ${z.prettifyError(result.error)}`);
    return result.data;
  });
  const first = parsed[0];
  if (!first) throw invalid('A working-day calendar needs at least one file.');
  for (const file of parsed) {
    if (file.jurisdiction !== first.jurisdiction || file.utcOffsetMinutes !== first.utcOffsetMinutes)
      throw invalid(`One calendar cannot join ${first.jurisdiction} and ${file.jurisdiction}; build one for each.`);
    for (const year of file.years) {
      if (years.has(year.year)) throw invalid(`Calendar ${file.jurisdiction}: ${year.year} is given twice; keep one.`);
      years.add(year.year);
      readYear(file, year, special);
    }
  }
  const isProvisional = (date: IsoDate): boolean => {
    const year = Number(date.slice(0, 4));
    return !years.has(year) || (date.slice(5) >= NEXT_YEAR_REACHES_BACK_TO && !years.has(year + 1));
  };
  return {
    jurisdiction: first.jurisdiction,
    utcOffsetMinutes: first.utcOffsetMinutes,
    years: [...years].sort((a, b) => a - b),
    day(date) {
      const provisional = isProvisional(date);
      const weekend = weekday(date) % 6 === 0;
      const known = special.get(date);
      if (known) return { date, working: known.kind === 'make-up', provisional, ...known };
      return { date, working: !weekend, kind: weekend ? 'weekend' : 'working', provisional };
    },
  };
}

/** Whether people work on this day: weekends and holidays no, make-up weekends yes. */
export function isWorkingDay(calendar: WorkingCalendar, date: IsoDate): CalendarDay {
  return calendar.day(date);
}

/** The day itself when it is a working day, else the next (`direction` 1) or previous (-1) one. */
export function nearestWorkingDay(calendar: WorkingCalendar, date: IsoDate, direction: 1 | -1 = 1): CountedDate {
  let provisional = false;
  for (let current = date; ; current = addDays(current, direction)) {
    const day = calendar.day(current);
    provisional ||= day.provisional;
    if (day.working) return { date: current, provisional };
  }
}

/**
 * The `count`th working day after `date`; the day itself is not counted. With 0 the day itself when it is a working
 * day, else the next one; with a negative count the working days before.
 */
export function addWorkingDays(calendar: WorkingCalendar, date: IsoDate, count: number): CountedDate {
  if (!Number.isSafeInteger(count))
    throw new QuanlianError('request.invalid', `${count} is no number of working days; give a whole number.`);
  if (count === 0) return nearestWorkingDay(calendar, date);
  const direction = count > 0 ? 1 : -1;
  let left = Math.abs(count);
  let provisional = false;
  let current = date;
  while (left > 0) {
    current = addDays(current, direction);
    const day = calendar.day(current);
    provisional ||= day.provisional;
    if (day.working) left -= 1;
  }
  return { date: current, provisional };
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(
  calendar: WorkingCalendar,
  from: IsoDate,
  to: IsoDate,
): { readonly days: number; readonly provisional: boolean } {
  if (to < from) {
    const back = workingDaysBetween(calendar, to, from);
    return { days: -back.days, provisional: back.provisional };
  }
  let days = 0;
  let provisional = false;
  for (let current = addDays(from, 1); current <= to; current = addDays(current, 1)) {
    const day = calendar.day(current);
    provisional ||= day.provisional;
    if (day.working) days += 1;
  }
  return { days, provisional };
}
