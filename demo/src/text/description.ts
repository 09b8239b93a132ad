import type { DescriptionPart } from '@quanlian/contract';

/** A description as it is written: headings, and paragraphs with four-digit numbers from 0001. */
export interface DescriptionWriter {
  readonly parts: readonly DescriptionPart[];
  heading(text: string): void;
  paragraph(text: string): void;
}

/** Starts a description in a language. */
export function writeDescription(lang: string): DescriptionWriter {
  const parts: DescriptionPart[] = [];
  let paragraphs = 0;
  return {
    parts,
    heading(text) {
      parts.push({ lang, heading: text });
    },
    paragraph(text) {
      paragraphs++;
      parts.push({ lang, number: String(paragraphs).padStart(4, '0'), text });
    },
  };
}
