import type { Passage } from '@quanlian/contract';

/** Characters of a passage that a hit shows, and how many of them stand before the first match. */
const LENGTH = 220;
const BEFORE = 40;

type Excerpt = Pick<Passage, 'text' | 'highlights'>;

/** True at a place between two words, or beside a character of a script without spaces. */
const isBreak = (text: string, at: number): boolean => !/[\p{Script=Latin}\p{N}]/u.test(text.charAt(at - 1));

/** The nearest place between words, looking back no further than a long word reaches. */
function backToBreak(text: string, wanted: number): number {
  for (let at = wanted; at > wanted - BEFORE; at -= 1) if (at <= 0 || isBreak(text, at)) return Math.max(at, 0);
  return wanted;
}

/** The piece of a long passage around its first match, with the matches moved along; short passages stay whole. */
export function excerpt({ text, highlights }: Excerpt): Excerpt {
  if (text.length <= LENGTH) return { text, highlights };
  const first = highlights.reduce((least, { from }) => Math.min(least, from), text.length);
  const wanted = first === text.length ? 0 : Math.max(0, Math.min(first - BEFORE, text.length - LENGTH));
  let start = backToBreak(text, wanted);
  let end = start + LENGTH >= text.length ? text.length : backToBreak(text, start + LENGTH);
  // A character of two units is not cut through.
  if (/[\uDC00-\uDFFF]/.test(text.charAt(start))) start += 1;
  if (/[\uDC00-\uDFFF]/.test(text.charAt(end))) end -= 1;
  const lead = start > 0 ? '…' : '';
  const shift = lead.length - start;
  return {
    text: `${lead}${text.slice(start, end)}${end < text.length ? '…' : ''}`,
    highlights: highlights
      .filter(({ from, to }) => to > start && from < end)
      .map(({ from, to }) => ({ from: Math.max(from, start) + shift, to: Math.min(to, end) + shift })),
  };
}
