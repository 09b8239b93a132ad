import { BarChart, LineChart, TreemapChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { ChartOption } from './option.js';

/*
 * The only module that loads the chart library; the pages import it when a chart is first shown.
 * On screen charts are canvases, because the library's SVG sets style attributes, which the server's
 * content security policy forbids; SVG is made as text for files.
 */
use([BarChart, LineChart, TreemapChart, GridComponent, TooltipComponent, CanvasRenderer, SVGRenderer]);

export interface MountedChart {
  show: (option: ChartOption) => void;
  resize: () => void;
  remove: () => void;
}

/** Draws into an element; `onPick` gets the value of the bar, point or area that was clicked. */
export function mountChart(element: HTMLElement, onPick: (value: string) => void): MountedChart {
  const chart = init(element, null, { renderer: 'canvas' });
  chart.on('click', ({ componentType, name }) => {
    if (componentType === 'series' && name !== '') onPick(name);
  });
  return {
    show: (option) => chart.setOption(option, { notMerge: true }),
    resize: () => chart.resize(),
    remove: () => chart.dispose(),
  };
}

/** The chart as the text of an SVG file; needs no page. */
export function chartSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
