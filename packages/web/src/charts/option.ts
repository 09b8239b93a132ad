import type { BarSeriesOption, LineSeriesOption, TreemapSeriesOption } from 'echarts/charts';
import type { AriaComponentOption, GridComponentOption, TooltipComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Palette } from './palette.js';

/** What the chart library is asked to draw; only the parts that the pages register. */
export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | TreemapSeriesOption
  | GridComponentOption
  | TooltipComponentOption
  | AriaComponentOption
>;

/** One value and how many documents have it. `label` is what people read; `value` is what a click filters by. */
export interface Slice {
  value: string;
  label: string;
  count: number;
}

/** What a chart needs besides its data. */
export interface ChartFrame {
  palette: Palette;
  /** Writes an amount in the reader's language. */
  format: (amount: number) => string;
}

/** The settings all charts share: quiet, no motion, tooltips drawn on the canvas because markup would need inline styles. */
export function frameOption({ palette }: ChartFrame): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: palette.font, color: palette.ink },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: palette.ground,
      borderColor: palette.inkQuiet,
      borderWidth: 1,
      padding: [4, 8],
      textStyle: { color: palette.ink, fontFamily: palette.font, fontSize: 13 },
    },
  };
}
