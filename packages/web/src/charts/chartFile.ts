import type { ChartOption } from './option.js';
import { type Palette, readPalette } from './palette.js';

/** A chart file is drawn at this width, whatever the screen; in pixels. */
const FILE_WIDTH = 720;

/** A chart as the text of an SVG file, in the colours of the page; the library is loaded when it is asked for. */
export async function chartFile(draw: (palette: Palette) => ChartOption, height: number): Promise<string> {
  const { chartSvg } = await import('./engine.js');
  return chartSvg(draw(readPalette(document.body)), FILE_WIDTH, height);
}
