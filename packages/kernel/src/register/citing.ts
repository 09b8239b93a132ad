import { CITATION_ORIGINS, type Citation, type CitationOrigin, citationOrigin } from '@quanlian/contract';

const LETTERS = 26;
const A = 65;

/** Letters of categories as bits, and above them the origin. */
export function packCitation({ category = '', phase }: Pick<Citation, 'category' | 'phase'>): number {
  let bits = 0;
  for (const letter of category.toUpperCase()) {
    const bit = letter.charCodeAt(0) - A;
    if (bit >= 0 && bit < LETTERS) bits |= 1 << bit;
  }
  return bits | (CITATION_ORIGINS.indexOf(citationOrigin(phase)) << LETTERS);
}

/** The same citation named twice: all its categories, and the origin that was named first. */
export const joinCitations = (first: number, second: number): number =>
  first >>> LETTERS === 0 ? first | second : first | (second & ((1 << LETTERS) - 1));

/** Categories in the order of the alphabet, and the origin. */
export function unpackCitation(packed: number): { categories: string; origin: CitationOrigin } {
  let categories = '';
  for (let bit = 0; bit < LETTERS; bit++) if (packed & (1 << bit)) categories += String.fromCharCode(A + bit);
  return { categories, origin: CITATION_ORIGINS[packed >>> LETTERS] ?? 'unknown' };
}
