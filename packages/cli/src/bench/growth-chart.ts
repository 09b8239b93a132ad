import type { GrowthReport, GrowthRow } from './growth.js';

const COLUMNS = 4;
const PANEL = { width: 230, height: 130 };
/** Of a panel, what is left free around its lines. */
const MARGIN = { left: 12, right: 60, top: 30, bottom: 22 };
const INK = '#1f2933';
const QUIET = '#6b7280';
const LINE = '#1d4ed8';

const escaped = (text: string): string => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');

const brief = (count: number): string => {
  if (count >= 1e6) return `${count / 1e6} M`;
  return count >= 1000 ? `${count / 1000} k` : String(count);
};

/** Where a value of a row of numbers lies between its least and its greatest, by its logarithm: 0 to 1. */
function logScale(values: readonly number[]): (value: number) => number {
  const logs = values.filter((value) => value > 0).map(Math.log);
  const least = Math.min(...logs);
  const span = Math.max(...logs) - least;
  return (value) => (span === 0 ? 0.5 : (Math.log(value) - least) / span);
}

/** Ways of asking that the name of the class does not tell. */
const ASKED: Readonly<Record<string, string>> = { top: ', best ten', count: ', count' };

interface Frame {
  readonly across: (docs: number) => number;
  readonly up: (milliseconds: number) => number;
}

const label = (at: { x: number; y: number }, text: string, style: string): string =>
  `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" ${style}>${escaped(text)}</text>`;

/** One class: its times over the sizes, both by their logarithms, with the first and the last written. */
function panel({ kind, mode, times, power }: GrowthRow, sizes: readonly number[], { across, up }: Frame): string {
  const points = times.map((time, index) => ({ x: across(sizes[index] ?? 1), y: up(time), time }));
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const ends = points.map(({ x, y, time }, index) => {
    const isLast = index === points.length - 1;
    const dot = `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.5" fill="${LINE}"/>`;
    return isLast ? dot + label({ x: x + 6, y: y + 4 }, `${time.toPrecision(2)} ms`, `fill="${INK}"`) : dot;
  });
  const base = PANEL.height - MARGIN.bottom;
  const axis = `<path d="M${MARGIN.left} ${base}H${PANEL.width - MARGIN.right}" stroke="${QUIET}"/>`;
  const ticks = sizes.map((docs) =>
    label({ x: across(docs), y: base + 13 }, brief(docs), `fill="${QUIET}" text-anchor="middle"`),
  );
  const title = label({ x: 4, y: 14 }, `${kind}${ASKED[mode] ?? ''}`, `fill="${INK}" font-weight="600"`);
  const grows = Number.isFinite(power)
    ? label({ x: PANEL.width - 8, y: 14 }, `^${power.toFixed(2)}`, `fill="${QUIET}" text-anchor="end"`)
    : '';
  const drawn = `<polyline points="${line}" fill="none" stroke="${LINE}" stroke-width="1.5"/>`;
  return [title, grows, axis, ...ticks, drawn, ...ends].join('');
}

/** A drawing of all classes, a small one each, on the same scales: how the time of a query grows with the documents. */
export function growthChart({ sizes, rows }: GrowthReport): string {
  const docs = sizes.map((size) => size.docs);
  const byDocs = logScale(docs);
  const byTime = logScale(rows.flatMap(({ times }) => times));
  const inner = {
    width: PANEL.width - MARGIN.left - MARGIN.right,
    height: PANEL.height - MARGIN.top - MARGIN.bottom,
  };
  const frame: Frame = {
    across: (count) => MARGIN.left + byDocs(count) * inner.width,
    up: (time) => PANEL.height - MARGIN.bottom - byTime(time) * inner.height,
  };
  const panels = rows.map((row, index) => {
    const [x, y] = [(index % COLUMNS) * PANEL.width, Math.floor(index / COLUMNS) * PANEL.height];
    return `<g transform="translate(${x} ${y})">${panel(row, docs, frame)}</g>`;
  });
  const [width, height] = [COLUMNS * PANEL.width, Math.ceil(rows.length / COLUMNS) * PANEL.height];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>Median times of queries by documents, both on logarithmic scales</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...panels,
    '</svg>\n',
  ].join('\n');
}
