import type { StatusSpan } from '@quanlian/contract';

/** A stretch of the picture of a legal life: where it begins and how wide it is, in hundredths of the whole. */
export interface Stretch {
  readonly status: StatusSpan['status'];
  readonly from: string;
  readonly left: number;
  readonly width: number;
}

const day = (date: string): number => Date.parse(date) / 86_400_000;

/** The spans on one line from the first day known to the end of the term, or today when that is later. */
export function stretches(spans: readonly StatusSpan[], today: string, termEnds: string | null): Stretch[] {
  const [first] = spans;
  if (!first) return [];
  const begin = day(first.from);
  const last = spans.at(-1)?.from ?? first.from;
  const end = Math.max(day(today), day(last) + 365, termEnds === null ? 0 : day(termEnds) + 365);
  const whole = Math.max(1, end - begin);
  return spans.map(({ status, from, to }) => ({
    status,
    from,
    left: ((day(from) - begin) / whole) * 100,
    width: (((to === null ? end : day(to)) - day(from)) / whole) * 100,
  }));
}

/** Where today stands on that line, in hundredths; undefined when there is no line. */
export function placeOf(
  date: string,
  spans: readonly StatusSpan[],
  today: string,
  termEnds: string | null,
): number | undefined {
  const [first] = spans;
  if (!first) return undefined;
  const begin = day(first.from);
  const end = Math.max(
    day(today),
    day(spans.at(-1)?.from ?? first.from) + 365,
    termEnds === null ? 0 : day(termEnds) + 365,
  );
  return Math.min(100, Math.max(0, ((day(date) - begin) / Math.max(1, end - begin)) * 100));
}
