import { type ChartFrame, type ChartOption, frameOption } from './option.js';

/** One kind of amount in every stack, such as a severity. */
export interface Layer {
  readonly name: string;
  readonly amounts: readonly number[];
  /** A colour of its own; else the next of the palette. */
  readonly colour?: string;
}

/** A stack to draw; `value` is what a click picks. */
export interface Stack {
  readonly value: string;
  readonly label: string;
}

/** Amounts of several kinds on top of each other, one stack for each label, with the kinds named above. */
export function stacksOption(stacks: readonly Stack[], layers: readonly Layer[], frame: ChartFrame): ChartOption {
  const { palette, format } = frame;
  const axisLabel = { color: palette.inkQuiet, fontSize: 12 };
  return {
    ...frameOption(frame),
    grid: { left: 4, right: 10, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: stacks.map(({ label }) => label),
      axisLine: { lineStyle: { color: palette.inkQuiet } },
      axisTick: { show: false },
      axisLabel: { ...axisLabel, interval: 0, overflow: 'truncate', width: 90 },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: palette.grid } },
      axisLabel: { ...axisLabel, formatter: (amount: number) => format(amount) },
    },
    series: layers.map(({ name, amounts, colour }, place) => ({
      type: 'bar',
      name,
      stack: 'all',
      barMaxWidth: 48,
      itemStyle: { color: colour ?? palette.areas[place % palette.areas.length] ?? palette.amount },
      data: stacks.map(({ value }, index) => ({ name: value, value: amounts[index] ?? 0 })),
      tooltip: {
        formatter: ({ dataIndex }) => `${stacks[dataIndex]?.label ?? ''}, ${name}: ${format(amounts[dataIndex] ?? 0)}`,
      },
    })),
  };
}
