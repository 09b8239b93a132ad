import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitHighlights } from './highlight.js';

const shape = (text: string, spans: { from: number; to: number }[]) =>
  splitHighlights(text, spans)
    .map(({ text: piece, marked }) => (marked ? `[${piece}]` : piece))
    .join('');

describe('splitHighlights', () => {
  it('marks the spans and keeps the rest', () => {
    expect(shape('a battery cell', [{ from: 2, to: 9 }])).toBe('a [battery] cell');
    expect(shape('固态电池', [{ from: 2, to: 4 }])).toBe('固态[电池]');
  });

  it('joins spans that overlap or touch, whatever their order', () => {
    const spans = [
      { from: 4, to: 6 },
      { from: 0, to: 2 },
      { from: 1, to: 4 },
    ];
    expect(shape('abcdefgh', spans)).toBe('[abcdef]gh');
  });

  it('gives the text whole without spans, and nothing for no text', () => {
    expect(splitHighlights('abc', [])).toEqual([{ from: 0, text: 'abc', marked: false }]);
    expect(splitHighlights('', [{ from: 0, to: 3 }])).toEqual([]);
  });

  it('marks exactly the characters inside some span, and loses none', () => {
    const span = fc.record({ from: fc.integer({ min: -5, max: 30 }), to: fc.integer({ min: -5, max: 30 }) });
    fc.assert(
      fc.property(fc.string({ maxLength: 25 }), fc.array(span, { maxLength: 6 }), (text, spans) => {
        const pieces = splitHighlights(text, spans);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const piece of pieces) {
          for (let i = piece.from; i < piece.from + piece.text.length; i++) {
            expect(spans.some(({ from, to }) => from <= i && i < to)).toBe(piece.marked);
          }
        }
      }),
    );
  });
});
