import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../app/states/ErrorNotice.js';
import { Waiting } from '../app/states/Waiting.js';
import { useMedia } from '../app/useMedia.js';
import type { MountedChart } from './engine.js';
import type { ChartOption } from './option.js';
import { type Palette, readPalette } from './palette.js';

interface Props {
  /** The chart in words, for who cannot see it. */
  label: string;
  /** Makes the option from the theme's colours; give it through `useCallback`. */
  draw: (palette: Palette) => ChartOption;
  onPick: (value: string) => void;
  /** In pixels. */
  height: number;
}

/**
 * A chart for the eye and the pointer; assistive technology meets it as a picture with a text. The table beside it
 * holds the same figures and the same actions.
 */
export function ChartView({ label, draw, onPick, height }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  pick.current = onPick;
  const [chart, setChart] = useState<MountedChart>();
  const [error, setError] = useState<unknown>();
  const dark = useMedia('(prefers-color-scheme: dark)');

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let mounted: MountedChart | undefined;
    let gone = false;
    const resized = new ResizeObserver(() => mounted?.resize());
    import('./engine.js').then(({ mountChart }) => {
      if (gone) return;
      mounted = mountChart(element, (value) => pick.current(value));
      resized.observe(element);
      setChart(mounted);
    }, setError);
    return () => {
      gone = true;
      resized.disconnect();
      mounted?.remove();
      setChart(undefined);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours read from the page change with the scheme.
  useEffect(() => {
    if (frame.current !== null) chart?.show(draw(readPalette(frame.current)));
  }, [chart, draw, dark]);

  useEffect(() => {
    if (height > 0) chart?.resize();
  }, [chart, height]);

  if (error !== undefined) return <ErrorNotice error={error} />;
  return (
    <>
      {chart === undefined ? <Waiting /> : null}
      <div ref={frame} className="chart" style={{ height }} role="img" aria-label={label} />
    </>
  );
}
