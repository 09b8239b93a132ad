import { splitHighlights } from './highlight.js';

interface Props {
  text: string;
  spans: readonly { from: number; to: number }[];
}

/** A text with the matched runs marked. */
export function Marked({ text, spans }: Props) {
  return splitHighlights(text, spans).map((piece) =>
    piece.marked ? <mark key={piece.from}>{piece.text}</mark> : <span key={piece.from}>{piece.text}</span>,
  );
}
