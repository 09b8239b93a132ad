/** A run of text that a query matched, or did not. */
export interface Piece {
  from: number;
  text: string;
  marked: boolean;
}

interface Span {
  from: number;
  to: number;
}

/**
 * Cuts a text at the ends of its highlights. The pieces joined give the text back, whatever the spans are:
 * they may overlap, touch, be empty, out of order or reach beyond the text.
 */
export function splitHighlights(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to } of mergedSpans(text.length, spans)) {
    if (from > at) pieces.push({ from: at, text: text.slice(at, from), marked: false });
    pieces.push({ from, text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), marked: false });
  return pieces;
}

function mergedSpans(length: number, spans: readonly Span[]): Span[] {
  const inside = spans
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(length, to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of inside) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push(span);
  }
  return merged;
}
