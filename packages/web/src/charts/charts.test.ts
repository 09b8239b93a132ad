import { describe, expect, it } from 'vitest';
import { chartSvg } from './engine.js';
import type { ChartFrame, Slice } from './option.js';
import type { Palette } from './palette.js';
import { rankingOption } from './ranking.js';
import { treemapOption } from './treemap.js';
import { fillTimes, trendOption } from './trend.js';

const palette: Palette = {
  amount: '#111111',
  areas: ['#222222', '#333333'],
  inkOnArea: '#ffffff',
  ink: '#000000',
  inkQuiet: '#555555',
  grid: '#dddddd',
  ground: '#ffffff',
  font: 'sans-serif',
};
const frame: ChartFrame = { palette, format: (n) => `${n} docs` };
const slice = (value: string, count: number, label = value): Slice => ({ value, label, count });

/** The first series of an option, as plain data. */
const series = (option: { series?: unknown }) => [option.series].flat()[0] as { type: string; data: unknown[] };

describe('fillTimes', () => {
  it('puts a zero where a year inside the range has no documents', () => {
    const filled = fillTimes([slice('2003', 2), slice('2000', 5), slice('unknown', 9)]);
    expect(filled.map(({ value, count }) => [value, count])).toEqual([
      ['2000', 5],
      ['2001', 0],
      ['2002', 0],
      ['2003', 2],
    ]);
  });

  it('puts a zero where a month inside the range has no documents, across years', () => {
    const filled = fillTimes([slice('2001-02', 1), slice('2000-11', 5), slice('unknown', 9)]);
    expect(filled.map(({ value, count }) => [value, count])).toEqual([
      ['2000-11', 5],
      ['2000-12', 0],
      ['2001-01', 0],
      ['2001-02', 1],
    ]);
  });

  it('does not draw a thousand empty years for one wrong date', () => {
    expect(fillTimes([slice('0019', 1), slice('2019', 4)])).toHaveLength(2);
    expect(fillTimes([])).toEqual([]);
  });
});

describe('trendOption', () => {
  it('draws bars for few years and a line for many, each point named by its year', () => {
    const few = series(trendOption([slice('2000', 1), slice('2010', 3)], frame));
    expect(few.type).toBe('bar');
    expect(few.data[10]).toEqual({ name: '2010', value: 3 });
    expect(series(trendOption([slice('1920', 1), slice('2020', 3)], frame)).type).toBe('line');
  });
});

describe('rankingOption', () => {
  it('shows labels and picks by value', () => {
    const option = rankingOption([slice('a', 5, 'Alpha'), slice('b', 3, 'Beta')], frame);
    expect(option.yAxis).toMatchObject({ data: ['Alpha', 'Beta'], inverse: true });
    expect(series(option).data).toEqual([
      { name: 'a', value: 5 },
      { name: 'b', value: 3 },
    ]);
  });
});

describe('treemapOption', () => {
  it('goes round the colours of the palette', () => {
    const option = treemapOption([slice('A', 5), slice('B', 3), slice('C', 1)], frame);
    const colours = series(option).data.map((node) => (node as { itemStyle: { color: string } }).itemStyle.color);
    expect(colours).toEqual(['#222222', '#333333', '#222222']);
  });
});

describe('chartSvg', () => {
  it('writes each chart as an SVG file with its figures in it', () => {
    const slices = [slice('2000', 1200), slice('2001', 7)];
    for (const option of [rankingOption(slices, frame), treemapOption(slices, frame)]) {
      const svg = chartSvg(option, 400, 200);
      expect(svg).toMatch(/^<svg [^>]*width="400"/);
      expect(svg).toContain('1200 docs');
    }
    expect(chartSvg(trendOption(slices, frame), 400, 200)).toContain('2001');
  });
});
