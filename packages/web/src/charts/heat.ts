import { escapeXml } from '../app/escapeXml.js';
import type { Palette } from './palette.js';

const ROW = 22;
const CELL = 64;
/** Room for the names at the left, in pixels; longer ones are cut. */
const NAMES = 220;
const LONGEST_NAME = 30;
/** The share of the full colour that the largest cell has, so that dark figures stay readable on it. */
const DEEPEST = 0.6;

/** Counts by two kinds of value; `cells` has a row for each of `rows`. */
export interface Heat {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly (readonly number[])[];
}

const cut = (text: string, most: number): string => {
  const signs = [...text];
  return escapeXml(signs.length > most ? `${signs.slice(0, most - 1).join('')}…` : text);
};

/** A table whose cells are shaded by their share of the largest, as the text of an SVG file. */
export function heatSvg(
  { title, rows, columns, cells }: Heat,
  palette: Palette,
  format: (amount: number) => string,
): string {
  const largest = Math.max(1, ...cells.flat());
  const [width, height] = [NAMES + columns.length * CELL, (rows.length + 2) * ROW];
  const text = (x: number, y: number, anchor: 'start' | 'end', words: string): string =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
  const head = columns.map((name, at) => text(NAMES + (at + 1) * CELL - 4, ROW * 2 - 7, 'end', cut(name, 9)));
  const lines = rows.map((name, row) => {
    const top = (row + 2) * ROW;
    const boxes = columns.map((_, at) => {
      const amount = cells[row]?.[at] ?? 0;
      if (amount === 0) return '';
      const shade = ((DEEPEST * amount) / largest).toFixed(3);
      const x = NAMES + at * CELL;
      return `<rect x="${x}" y="${top}" width="${CELL}" height="${ROW}" fill="${palette.amount}" fill-opacity="${shade}"/>${text(x + CELL - 4, top + ROW - 7, 'end', escapeXml(format(amount)))}`;
    });
    return text(0, top + ROW - 7, 'start', cut(name, LONGEST_NAME)) + boxes.join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="${palette.ink}" role="img"><title>${escapeXml(title)}</title><rect width="${width}" height="${height}" fill="${palette.ground}"/>${text(0, ROW - 7, 'start', escapeXml(title))}${head.join('')}${lines.join('')}</svg>\n`;
}
