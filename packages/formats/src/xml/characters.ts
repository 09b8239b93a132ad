import type { XmlText } from './tree.js';

/** How many characters (UTF-16 units) of a text are not white space. */
export function charactersOf(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    // Most characters are plain letters; the rest is looked at one by one.
    if (code > 32 && code < 0xa0) count += 1;
    else if (!isUncounted(code)) count += 1;
  }
  return count;
}

function isUncounted(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  return code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200b);
}

/** True for a character that is white space to a reader or to a regular expression. */
export function isWhite(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0xa0;
  return (
    code === 0x3000 || code === 0xfeff || code === 0x1680 || (code >= 0x2000 && code <= 0x200b) || isRareWhite(code)
  );
}

function isRareWhite(code: number): boolean {
  return code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f;
}

const WHITE_RUN = / \s|[^\S ]/;

/** True when a text holds no white space but single blanks. */
export function isPlain(text: string): boolean {
  return !WHITE_RUN.test(text);
}

/** A piece of text that no reader has met yet. */
export function textNode(text: string): XmlText {
  return { type: 'text', text, fate: 'unseen', size: charactersOf(text), plain: isPlain(text) };
}

/** The line end between elements. One for all: nothing in it is counted, so its fate is of no matter. */
export const NEWLINE_TEXT: XmlText = textNode('\n');
