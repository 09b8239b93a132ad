import type { SeriesGap } from '@quanlian/contract';

/** What a file name says: the series it belongs to, and its week as days since 1970 of the date in the name. */
interface Issue {
  readonly office: string;
  readonly series: SeriesGap['series'];
  readonly day: number;
  /** The week as the office names it. */
  readonly label: (day: number) => string;
}

const DAY_MS = 86_400_000;
const WEEK = 7;

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Days since 1970, or undefined for a date that does not exist. */
function dayOf(year: number, month: number, date: number): number | undefined {
  const time = Date.UTC(year, month - 1, date);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === date ? time / DAY_MS : undefined;
}

/** The Monday of a week after ISO 8601. */
function dayOfWeek(year: number, week: number): number | undefined {
  if (week < 1 || week > 53) return undefined;
  const fourth = Date.UTC(year, 0, 4) / DAY_MS;
  const weekday = (new Date(fourth * DAY_MS).getUTCDay() + 6) % 7;
  return fourth - weekday + (week - 1) * WEEK;
}

/** Year and week after ISO 8601 of a day. */
function weekLabel(day: number): string {
  const thursday = day - ((day + 3) % WEEK) + 3;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / WEEK) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const century = (year: number): number => (year < 70 ? 2000 + year : 1900 + year);

/** Weekly series of offices by the names of their files. */
const SERIES: readonly {
  readonly name: RegExp;
  readonly office: string;
  readonly series: SeriesGap['series'];
  readonly date: 'yymmdd' | 'yyyyww';
}[] = [
  { name: /^(?:ipg|pg|pftaps)(?:19|20)?(\d{6})/i, office: 'US', series: 'grants', date: 'yymmdd' },
  { name: /^(?:ipa|pa)(?:20)?(\d{6})/i, office: 'US', series: 'applications', date: 'yymmdd' },
  { name: /^ad(?:20)?(\d{6})/i, office: 'US', series: 'assignments', date: 'yymmdd' },
  { name: /docdb_xml_(?:\w*?_)?(\d{6})(?!\d)/i, office: 'EP', series: 'docdb-front', date: 'yyyyww' },
  { name: /^EPRTBJV(\d{4}0000\d{2})/i, office: 'EP', series: 'ep-full-text', date: 'yyyyww' },
];

/** The issue a file name tells of; undefined for names of no weekly series. */
function issueOf(name: string): Issue | undefined {
  for (const one of SERIES) {
    const digits = one.name.exec(name)?.[1];
    if (digits === undefined) continue;
    const day =
      one.date === 'yymmdd'
        ? dayOf(century(Number(digits.slice(0, 2))), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)))
        : dayOfWeek(Number(digits.slice(0, 4)), Number(digits.slice(-2)));
    if (day === undefined) continue;
    return { office: one.office, series: one.series, day, label: one.date === 'yymmdd' ? isoDay : weekLabel };
  }
  return undefined;
}

/** A date anywhere in a name, as days since 1970: `2018-06-19`, `20180619`, `2018_W25`. */
function dateIn(name: string): number | undefined {
  const date = /(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)/.exec(name);
  const day = date && dayOf(Number(date[1]), Number(date[2]), Number(date[3]));
  if (day !== undefined && day !== null) return day;
  const week = /(?<!\d)((?:19|20)\d{2})[-_]?W(\d{2})(?!\d)/i.exec(name);
  return week ? dayOfWeek(Number(week[1]), Number(week[2])) : undefined;
}

const dayIn = (name: string): number | undefined => issueOf(name)?.day ?? dateIn(name);

/** The day a file name tells (ISO 8601), or null. */
export function dayTold(name: string): string | null {
  const day = dayIn(name);
  return day === undefined ? null : isoDay(day);
}

/**
 * Names in the order in which they should be loaded: by the date in the name; those without one first, by name, as
 * they cannot be told from back files.
 */
export function byDate(names: readonly string[]): string[] {
  const dated = names.map((name) => ({ name, day: dayIn(name) ?? Number.NEGATIVE_INFINITY }));
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return dated
    .sort((a, b) => (a.day === b.day ? order(a.name, b.name) : a.day < b.day ? -1 : 1))
    .map(({ name }) => name);
}

const MISSING_SHOWN = 60;

/** Weeks missing between the first and the last file of each weekly series. */
export function findGaps(names: readonly string[]): SeriesGap[] {
  const found = new Map<string, { issue: Issue; days: Set<number> }>();
  for (const name of names) {
    const issue = issueOf(name);
    if (!issue) continue;
    const key = `${issue.office} ${issue.series}`;
    const entry = found.get(key) ?? { issue, days: new Set<number>() };
    entry.days.add(issue.day);
    found.set(key, entry);
  }
  return [...found.values()].flatMap(({ issue, days }) => {
    const missing = missingWeeks([...days].sort((a, b) => a - b)).map(issue.label);
    const { office, series } = issue;
    return missing.length === 0 ? [] : [{ office, series, missing: missing.slice(0, MISSING_SHOWN) }];
  });
}

/** An issue may come some days early or late around a holiday without a week being missed. */
function missingWeeks(days: readonly number[]): number[] {
  return days.flatMap((day, index) => {
    const next = days[index + 1];
    if (next === undefined) return [];
    const weeks = Math.round((next - day) / WEEK);
    return Array.from({ length: Math.max(0, weeks - 1) }, (_, i) => day + (i + 1) * WEEK);
  });
}
