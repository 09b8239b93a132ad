import { type ChartFrame, type ChartOption, frameOption } from './option.js';

/** A value on a day; null is "not known" and leaves a gap. */
export interface DayValue {
  readonly date: string;
  readonly value: number | null;
  /** What a click picks. */
  readonly id: string;
}

/** The course of a value with the targets it is measured by, both against time. */
export function courseOption(
  values: readonly DayValue[],
  targets: readonly DayValue[],
  names: { readonly value: string; readonly target: string },
  frame: ChartFrame,
): ChartOption {
  const { palette, format } = frame;
  const axisLabel = { color: palette.inkQuiet, fontSize: 12, hideOverlap: true };
  const points = (rows: readonly DayValue[]) =>
    rows.map(({ date, value, id }) => ({ name: id, value: [date, value] as [string, number | null] }));
  const tooltip = (name: string, rows: readonly DayValue[]) => ({
    formatter: ({ dataIndex }: { dataIndex: number }) => {
      const row = rows[dataIndex];
      return row === undefined || row.value === null ? '' : `${name}, ${row.date}: ${format(row.value)}`;
    },
  });
  return {
    ...frameOption(frame),
    grid: { left: 4, right: 16, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'time', axisLine: { lineStyle: { color: palette.inkQuiet } }, axisLabel },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: 3,
      splitLine: { lineStyle: { color: palette.grid } },
      axisLabel: { ...axisLabel, formatter: (amount: number) => format(amount) },
    },
    series: [
      {
        type: 'line',
        name: names.target,
        data: points(targets),
        symbol: 'diamond',
        symbolSize: 9,
        lineStyle: { color: palette.inkQuiet, width: 1, type: 'dashed' },
        itemStyle: { color: palette.inkQuiet },
        tooltip: tooltip(names.target, targets),
      },
      {
        type: 'line',
        name: names.value,
        data: points(values),
        symbolSize: 7,
        showAllSymbol: true,
        lineStyle: { color: palette.amount, width: 2 },
        itemStyle: { color: palette.amount },
        tooltip: tooltip(names.value, values),
      },
    ],
  };
}
