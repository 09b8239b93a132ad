/** The colours and type a chart is drawn with; read from the theme so that charts follow it, dark or light. */
export interface Palette {
  amount: string;
  areas: readonly string[];
  inkOnArea: string;
  ink: string;
  inkQuiet: string;
  grid: string;
  ground: string;
  font: string;
}

const AREA_COLOURS = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    amount: read('--chart-amount'),
    areas: AREA_COLOURS.map((n) => read(`--chart-${n}`)),
    inkOnArea: read('--chart-ink-on-area'),
    ink: read('--ink'),
    inkQuiet: read('--ink-quiet'),
    grid: read('--chart-grid'),
    ground: read('--surface'),
    font: style.fontFamily,
  };
}
