import { type ChartFrame, type ChartOption, frameOption, type Slice } from './option.js';

/** From this many years on, bars are too thin to hit and a line reads better. */
const MOST_BARS = 40;
/** Beyond this many years the gaps are left as gaps: one misdated document must not draw a thousand empty years. */
const LONGEST_SPAN = 400;

/** Years from the first to the last with a count each; a year without documents counts 0. */
export function fillYears(slices: readonly Slice[]): Slice[] {
  const counts = new Map(slices.filter(({ value }) => /^\d{4}$/.test(value)).map((s) => [Number(s.value), s.count]));
  if (counts.size === 0) return [];
  const years = [...counts.keys()].sort((a, b) => a - b);
  const first = years[0] ?? 0;
  const last = years.at(-1) ?? first;
  const all = last - first > LONGEST_SPAN ? years : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return all.map((year) => ({ value: String(year), label: String(year), count: counts.get(year) ?? 0 }));
}

/** Documents a year: bars, or a line when the years are many. */
export function trendOption(slices: readonly Slice[], frame: ChartFrame): ChartOption {
  const years = fillYears(slices);
  const { palette, format } = frame;
  const data = years.map(({ value, count }) => ({ name: value, value: count }));
  const axisLabel = { color: palette.inkQuiet, fontSize: 12 };
  return {
    ...frameOption(frame),
    grid: { left: 4, right: 10, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: years.map(({ value }) => value),
      axisLine: { lineStyle: { color: palette.inkQuiet } },
      axisTick: { show: false },
      axisLabel: { ...axisLabel, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: palette.grid } },
      axisLabel: { ...axisLabel, formatter: (amount: number) => format(amount) },
    },
    series:
      years.length <= MOST_BARS
        ? [{ type: 'bar', data, itemStyle: { color: palette.amount }, barCategoryGap: '25%', tooltip: tooltip(format) }]
        : [
            {
              type: 'line',
              data,
              symbolSize: 5,
              showAllSymbol: true,
              lineStyle: { color: palette.amount, width: 1.5 },
              itemStyle: { color: palette.amount },
              areaStyle: { color: palette.amount, opacity: 0.12 },
              tooltip: tooltip(format),
            },
          ],
  };
}

function tooltip(format: ChartFrame['format']) {
  return { valueFormatter: (amount: unknown) => format(Number(amount)) };
}
