import { type ChartFrame, type ChartOption, frameOption, type Slice } from './option.js';

export const RANKING_ROW = 26;

/** The most frequent values as horizontal bars, the largest on top, each name above its bar's start. */
export function rankingOption(slices: readonly Slice[], frame: ChartFrame): ChartOption {
  const { palette, format } = frame;
  return {
    ...frameOption(frame),
    grid: { left: 0, right: 48, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', show: false, max: 'dataMax' },
    yAxis: {
      type: 'category',
      inverse: true,
      data: slices.map(({ label }) => label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: palette.ink, fontSize: 12, width: 150, overflow: 'truncate', interval: 0 },
      triggerEvent: true,
    },
    series: [
      {
        type: 'bar',
        data: slices.map(({ value, count }) => ({ name: value, value: count })),
        barWidth: 14,
        itemStyle: { color: palette.amount },
        label: {
          show: true,
          position: 'right',
          color: palette.inkQuiet,
          fontSize: 12,
          formatter: ({ value }) => format(Number(value)),
        },
        tooltip: {
          formatter: (params) => {
            const slice = slices[params.dataIndex];
            return slice === undefined ? '' : `${slice.label}: ${format(slice.count)}`;
          },
        },
      },
    ],
  };
}
