import { type ChartFrame, type ChartOption, frameOption } from './option.js';

/** A part of a whole under a name; a whole of 0 means that nothing is known. */
export interface Share {
  readonly value: string;
  readonly label: string;
  readonly part: number;
  readonly whole: number;
}

export const SHARE_ROW = 30;

/** Parts of wholes as bars from 0 to 100 %, each with its figures behind it. */
export function sharesOption(shares: readonly Share[], frame: ChartFrame): ChartOption {
  const { palette, format } = frame;
  const told = ({ part, whole }: Share) =>
    whole === 0 ? '–' : `${Math.round((part / whole) * 1000) / 10} %  ${format(part)}/${format(whole)}`;
  return {
    ...frameOption(frame),
    grid: { left: 0, right: 120, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', show: false, min: 0, max: 1 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: shares.map(({ label }) => label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: palette.ink, fontSize: 12, width: 130, overflow: 'truncate', interval: 0 },
    },
    series: [
      {
        type: 'bar',
        data: shares.map(({ value, part, whole }) => ({ name: value, value: whole === 0 ? 0 : part / whole })),
        barWidth: 14,
        showBackground: true,
        backgroundStyle: { color: palette.grid },
        itemStyle: { color: palette.amount },
        tooltip: {
          formatter: (params) => {
            const share = shares[params.dataIndex];
            return share === undefined ? '' : `${share.label}: ${told(share)}`;
          },
        },
      },
      {
        // Carries the figures at the end of every bar, whatever its length.
        type: 'bar',
        data: shares.map(({ value }) => ({ name: value, value: 1 })),
        barWidth: 14,
        barGap: '-100%',
        itemStyle: { color: 'transparent' },
        tooltip: { show: false },
        label: {
          show: true,
          position: 'right',
          color: palette.inkQuiet,
          fontSize: 12,
          formatter: ({ dataIndex }) => {
            const share = shares[dataIndex];
            return share === undefined ? '' : told(share);
          },
        },
      },
    ],
  };
}
