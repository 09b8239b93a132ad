import type { CoverageGap, NumberSeries } from '@quanlian/contract';
import { addDays } from '@quanlian/kernel';

/** Years or months on each side that say how many documents are usual. */
const AROUND = 3;
/** Fewer than this part of what is usual is a gap. */
const FAR_FEWER = 0.2;
/** Where so few are usual, chance makes gaps. */
const LEAST_USUAL = 5;
/** A kind with a text for less than this part of its documents counts as without it. */
const FEW_TEXTS = 0.05;
/** Runs of missing numbers that are told of each series. */
const MOST_RUNS = 20;

function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The year or month after one. */
function next(when: string): string {
  const [year = '', month] = when.split('-');
  if (month === undefined) return String(Number(year) + 1).padStart(4, '0');
  return month === '12'
    ? `${String(Number(year) + 1).padStart(4, '0')}-01`
    : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
}

/**
 * Years or months between the first and the last with documents that have far fewer than those around them. The first
 * and the last may have begun late or ended early and are not judged.
 */
export function thinTimes(
  counts: ReadonlyMap<string, number>,
): { when: string; documents: number; expected: number }[] {
  const known = [...counts.keys()].sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const times: string[] = [];
  for (let when = first; when <= last; when = next(when)) times.push(when);
  return thinAmong(times, counts);
}

/** Of times in their order those that have far fewer than those around them, the first and the last left out. */
export function thinAmong(
  times: readonly string[],
  counts: ReadonlyMap<string, number>,
): { when: string; documents: number; expected: number }[] {
  return times.flatMap((when, at) => {
    if (at === 0 || at === times.length - 1) return [];
    const around = times.slice(Math.max(0, at - AROUND), at + AROUND + 1).filter((other) => other !== when);
    const expected = Math.round(median(around.map((other) => counts.get(other) ?? 0)));
    const documents = counts.get(when) ?? 0;
    return expected >= LEAST_USUAL && documents < expected * FAR_FEWER ? [{ when, documents, expected }] : [];
  });
}

const YEAR_DAYS = 366;

/** The weeks of a year by ISO 8601: from Monday, the first is the one with the fourth of January. */
export function weeksOf(year: string): { week: string; from: string; to: string }[] {
  const weeks: { week: string; from: string; to: string }[] = [];
  const fourth = `${year}-01-04`;
  const weekday = (new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7;
  const first = addDays(fourth, -weekday);
  for (let at = 0; at < YEAR_DAYS; at += 7) {
    const from = addDays(first, at);
    // The week belongs to the year that its Thursday lies in.
    if (addDays(from, 3).slice(0, 4) !== year) break;
    weeks.push({ week: `${year}-W${String(weeks.length + 1).padStart(2, '0')}`, from, to: addDays(from, 6) });
  }
  return weeks;
}

/** The texts that a kind of an office has for hardly any of its documents. */
export function missingTexts(kind: {
  readonly office: string;
  readonly kind: string | null;
  readonly documents: number;
  readonly claims: number;
  readonly descriptions: number;
}): CoverageGap[] {
  const { office, documents } = kind;
  const texts = [
    ['claims', kind.claims],
    ['description', kind.descriptions],
  ] as const;
  return texts.flatMap(([gap, held]) =>
    held < documents * FEW_TEXTS
      ? [{ gap, office, kind: kind.kind, when: null, documents: held, expected: documents }]
      : [],
  );
}

const YEAR_FIRST = /^(19|20)\d{2}(?=\d{5,})/;

/** Numbers of one length belong together, and of those that begin with a year the ones of that year. */
function seriesOf(number: string): string {
  const year = YEAR_FIRST.exec(number)?.[0] ?? '';
  return `${year}${'#'.repeat(number.length - year.length)}`;
}

/**
 * What is missing between the first and the last number of each series. `numbers` are the digits of publications of one
 * office and kind; others than plain digits are left out.
 */
export function numberSeries(numbers: readonly string[]): NumberSeries[] {
  const bySeries = new Map<string, string[]>();
  for (const number of numbers) {
    if (!/^\d{1,15}$/.test(number)) continue;
    const series = seriesOf(number);
    const known = bySeries.get(series);
    if (known) known.push(number);
    else bySeries.set(series, [number]);
  }
  return [...bySeries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([series, all]) => {
      // Of one length, so the order of the letters is that of the numbers.
      const sorted = [...new Set(all)].sort();
      const gaps = sorted.slice(1).flatMap((number, at) => {
        const before = Number(sorted[at]);
        const missing = Number(number) - before - 1;
        const width = number.length;
        const written = (value: number): string => String(value).padStart(width, '0');
        return missing > 0 ? [{ from: written(before + 1), to: written(Number(number) - 1), missing }] : [];
      });
      return {
        series,
        first: sorted[0] ?? '',
        last: sorted.at(-1) ?? '',
        documents: sorted.length,
        missing: gaps.reduce((sum, gap) => sum + gap.missing, 0),
        gaps: gaps.sort((a, b) => b.missing - a.missing || (a.from < b.from ? -1 : 1)).slice(0, MOST_RUNS),
      };
    });
}
