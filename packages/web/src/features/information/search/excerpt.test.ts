import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt.js';

describe('excerpt', () => {
  it('keeps a short passage whole', () => {
    const passage = { text: 'short', highlights: [{ from: 0, to: 5 }] };
    expect(excerpt(passage)).toEqual(passage);
  });

  it('starts at a word before the first match and moves the match along', () => {
    const text = `${'word '.repeat(100)}battery ${'word '.repeat(100)}`;
    const { text: piece, highlights } = excerpt({ text, highlights: [{ from: 500, to: 507 }] });
    expect(piece).toMatch(/^…word .*word …$/);
    expect(piece.slice(highlights[0]?.from, highlights[0]?.to)).toBe('battery');
    expect(piece.length).toBeLessThan(300);
  });

  it('starts at the beginning when that is a word away', () => {
    const text = `Provided is a high-energy-density lithium-ion battery ${'word '.repeat(60)}`;
    expect(excerpt({ text, highlights: [{ from: 46, to: 53 }] }).text).toMatch(/^Provided is/);
  });

  it('marks the same characters as the whole passage did', () => {
    const text = fc.string({ minLength: 0, maxLength: 600, unit: fc.constantFrom('a', ' ', '电', '1') });
    fc.assert(
      fc.property(text, fc.nat(600), fc.integer({ min: 1, max: 20 }), (whole, from, length) => {
        fc.pre(from + length <= whole.length);
        const piece = excerpt({ text: whole, highlights: [{ from, to: from + length }] });
        const [mark] = piece.highlights;
        expect(piece.text.slice(mark?.from, mark?.to)).toBe(whole.slice(from, from + length));
      }),
    );
  });
});
