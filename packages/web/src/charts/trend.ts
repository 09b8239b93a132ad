import { type ChartFrame, type ChartOption, frameOption, type Slice } from './option.js';

/** From this many years or months on, bars are too thin to hit and a line reads better. */
const MOST_BARS = 40;
/** Beyond this many the gaps are left as gaps: one misdated document must not draw a thousand empty years. */
const LONGEST_SPAN = 400;
const MONTHS = 12;

/** Years, or months written `2005-08`, as numbers that follow each other. */
interface Steps {
  readonly form: RegExp;
  numberOf(value: string): number;
  valueOf(number: number): string;
}

const YEARS: Steps = { form: /^\d{4}$/, numberOf: Number, valueOf: String };
const BY_MONTH: Steps = {
  form: /^\d{4}-\d{2}$/,
  numberOf: (value) => Number(value.slice(0, 4)) * MONTHS + Number(value.slice(5)) - 1,
  valueOf: (number) =>
    `${String(Math.floor(number / MONTHS)).padStart(4, '0')}-${String((number % MONTHS) + 1).padStart(2, '0')}`,
};

/** Years, or months, from the first to the last with a count each; one without documents counts 0. */
export function fillTimes(slices: readonly Slice[]): Slice[] {
  const steps = slices.some(({ value }) => BY_MONTH.form.test(value)) ? BY_MONTH : YEARS;
  const known = slices.filter(({ value }) => steps.form.test(value));
  const counts = new Map(known.map(({ value, count }) => [steps.numberOf(value), count]));
  if (counts.size === 0) return [];
  const times = [...counts.keys()].sort((a, b) => a - b);
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first;
  const all = last - first > LONGEST_SPAN ? times : Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return all.map((time) => ({ value: steps.valueOf(time), label: steps.valueOf(time), count: counts.get(time) ?? 0 }));
}

/** Documents a year or a month: bars, or a line when they are many. */
export function trendOption(slices: readonly Slice[], frame: ChartFrame): ChartOption {
  const times = fillTimes(slices);
  const { palette, format } = frame;
  const data = times.map(({ value, count }) => ({ name: value, value: count }));
  const axisLabel = { color: palette.inkQuiet, fontSize: 12 };
  return {
    ...frameOption(frame),
    grid: { left: 4, right: 10, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: times.map(({ value }) => value),
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
      times.length <= MOST_BARS
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
