import type { StatusSpan } from '@quanlian/contract';
import { escapeXml } from '../../../app/escapeXml.js';

/** A stretch of the picture of a legal life: where it begins and how wide it is, in hundredths of the whole. */
export interface Stretch {
  readonly status: StatusSpan['status'];
  readonly from: string;
  readonly left: number;
  readonly width: number;
  /** It lies after the day asked for: what is to be expected, not what was. */
  readonly ahead: boolean;
}

const ENDED: ReadonlySet<StatusSpan['status']> = new Set([
  'lapsed',
  'expired',
  'withdrawn',
  'refused',
  'revoked',
  'ended',
]);

const day = (date: string): number => Date.parse(date) / 86_400_000;

/** The line's first and last day: to the day asked for, or to the end that is still ahead. What has ended goes no further. */
function bounds(spans: readonly StatusSpan[], today: string): [number, number] | undefined {
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return undefined;
  const begin = day(first.from);
  return [begin, Math.max(begin + 1, day(today), day(last.from))];
}

/** The spans on one line. A span across the day asked for is cut there, so that what is ahead looks different. */
export function stretches(spans: readonly StatusSpan[], today: string): Stretch[] {
  const line = bounds(spans, today);
  if (!line) return [];
  const [begin, end] = line;
  const now = day(today);
  const place = (at: number): number => ((at - begin) / (end - begin)) * 100;
  return spans.flatMap(({ status, from, to }) => {
    const ends = Math.min(end, to === null ? end : day(to));
    const begins = day(from);
    const cuts = now > begins && now < ends ? [begins, now, ends] : [begins, ends];
    return cuts.slice(1).flatMap((until, i) => {
      const start = cuts[i] as number;
      const ahead = start >= now;
      // An end that is still to come is the end of the line, not a stretch on it.
      if (until <= start || (ahead && ENDED.has(status))) return [];
      return [{ status, from, left: place(start), width: place(until) - place(start), ahead }];
    });
  });
}

/** Where a day stands on that line, in hundredths; undefined when there is no line. */
export function placeOf(date: string, spans: readonly StatusSpan[]): number | undefined {
  const line = bounds(spans, date);
  if (!line) return undefined;
  const [begin, end] = line;
  return Math.min(100, Math.max(0, ((day(date) - begin) / (end - begin)) * 100));
}

const SVG_WIDTH = 720;
const SVG_BAR = 20;

/** The picture as a file of its own: the bar, the years at its ends, and what each stretch is called. */
export function lifeSvg(
  spans: readonly StatusSpan[],
  today: string,
  texts: { readonly title: string; readonly name: (status: StatusSpan['status']) => string },
  colour: (status: StatusSpan['status']) => string,
): string {
  const parts = stretches(spans, today).map(({ status, from, left, width, ahead }) => {
    const [x, w] = [(left / 100) * SVG_WIDTH, (width / 100) * SVG_WIDTH];
    const label = escapeXml(`${texts.name(status)} ${from}`);
    return `<rect x="${x.toFixed(1)}" y="24" width="${w.toFixed(1)}" height="${SVG_BAR}" fill="${colour(status)}"${ahead ? ' opacity="0.45"' : ''}><title>${label}</title></rect>`;
  });
  const rows = spans.map(
    ({ status, from, to }, i) =>
      `<g transform="translate(0 ${70 + i * 18})"><rect width="10" height="10" y="-9" fill="${colour(status)}"/><text x="16">${escapeXml(`${texts.name(status)} ${from} – ${to ?? ''}`)}</text></g>`,
  );
  const height = 70 + spans.length * 18;
  const place = placeOf(today, spans) ?? 0;
  const mark = `<rect x="${((place / 100) * (SVG_WIDTH - 2)).toFixed(1)}" y="20" width="2" height="${SVG_BAR + 8}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SVG_WIDTH}" height="${height}" viewBox="0 0 ${SVG_WIDTH} ${height}" font-family="sans-serif" font-size="12" role="img"><title>${escapeXml(texts.title)}</title><text y="14">${escapeXml(texts.title)}</text>${parts.join('')}${mark}${rows.join('')}</svg>\n`;
}
