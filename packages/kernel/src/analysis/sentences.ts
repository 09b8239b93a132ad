/** Where a sentence or paragraph of a text begins, in UTF-16 units; the beginning of the text itself is not listed. */
export interface TextBorder {
  readonly at: number;
  readonly paragraph: boolean;
}

/**
 * A line break; a full stop of Chinese or Japanese, or ! and ? in either width, with the closing marks after it; or
 * a Latin full stop that blanks follow (group 1).
 */
const BORDER = /[\n\r\u2028\u2029]\s*|[。．！？!?｡]+[”’」』）)\]"']*\s*|(\.[”’)\]"']*\s+)/gu;
const LINE_BREAK = /[\n\r\u2028\u2029]/u;

/** Words that a full stop shortens, letters compared without case; single letters and single capitals as well. */
export const SHORTENED: ReadonlySet<string> = new Set(
  'al approx art ca cf chem co corp dept dr ed eds eg eq eqs etc ex fig figs gmbh ie inc incl jr ltd max min mr mrs ms no nos nr op para pat pp prof pt ref refs resp sec ser sp st temp vol vs wt'.split(
    ' ',
  ),
);

/** In UTF-16 units; a single letter may have two. */
const LONGEST_SHORTENED = Math.max(...[...SHORTENED].map(({ length }) => length));

const LAST_WORD = /[\p{L}\p{N}.]+$/u;
const LOWER_START = /^[\p{Ll}\p{N},;]/u;

/** How far before a full stop the word that it may shorten is looked for. */
const REACH = 24;

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isAsciiDigit = (code: number): boolean => code >= 48 && code <= 57;
const isAsciiStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || isAsciiDigit(code) || code === 0x2c || code === 0x3b;

/** What may be a word with its stops before `stop`; the common letters are looked at without an expression. */
function lastWord(text: string, stop: number): string {
  const least = Math.max(0, stop - REACH);
  let from = stop;
  while (from > least) {
    const code = text.charCodeAt(from - 1);
    if (code > 127) return LAST_WORD.exec(text.slice(least, stop))?.[0] ?? '';
    if (!isAsciiLetter(code) && !isAsciiDigit(code) && code !== 0x2e) break;
    from--;
  }
  return text.slice(from, stop);
}

/** A full stop ends no sentence after a shortened word or one letter, nor before a small letter or a digit. */
function endsSentence(text: string, stop: number, next: number): boolean {
  const after = text.charCodeAt(next);
  if (after < 128 ? isAsciiStart(after) : LOWER_START.test(text.slice(next, next + 2))) return false;
  const word = lastWord(text, stop);
  if (word.includes('.')) return false;
  return word.length > LONGEST_SHORTENED || !(/^\p{L}$/u.test(word) || SHORTENED.has(word.toLowerCase()));
}

/**
 * The borders between the sentences and paragraphs of a text, in order. A paragraph ends with a line break, a
 * sentence with its punctuation; every paragraph begins a sentence. The rule is of the text alone, so that the same
 * text has the same sentences everywhere.
 */
export function textBorders(text: string): TextBorder[] {
  const borders: TextBorder[] = [];
  for (const match of text.matchAll(BORDER)) {
    const at = match.index + match[0].length;
    if (at >= text.length) break;
    const paragraph = LINE_BREAK.test(match[0]);
    if (!paragraph && match[1] !== undefined && !endsSentence(text, match.index, at)) continue;
    const last = borders[borders.length - 1];
    if (last?.at === at) borders[borders.length - 1] = { at, paragraph: paragraph || last.paragraph };
    else borders.push({ at, paragraph });
  }
  return borders;
}
