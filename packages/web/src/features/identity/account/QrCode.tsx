import { generate } from 'lean-qr';
import { useMemo } from 'react';

/** The quiet border that ISO/IEC 18004 asks for around a code, in modules. */
const BORDER = 4;

interface Props {
  text: string;
  /** What the picture is, for who cannot see it. */
  label: string;
}

/** A text as a QR code, drawn here: a secret in it is told to nobody. */
export function QrCode({ text, label }: Props) {
  const { size, path } = useMemo(() => {
    const code = generate(text);
    const squares: string[] = [];
    for (let y = 0; y < code.size; y += 1)
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) squares.push(`M${x} ${y}h1v1h-1z`);
    return { size: code.size, path: squares.join('') };
  }, [text]);
  const side = size + 2 * BORDER;
  return (
    <svg
      className="qr-code"
      viewBox={`${-BORDER} ${-BORDER} ${side} ${side}`}
      width={side * 5}
      height={side * 5}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      {/* Dark on light in both schemes: not every reader takes a code that is inverted. */}
      <rect x={-BORDER} y={-BORDER} width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
