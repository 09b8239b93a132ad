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
const SHORTENED = new Set(
  'al approx art ca cf chem co corp dept dr ed eds eg eq eqs etc ex fig figs gmbh ie inc incl jr ltd max min mr mrs ms no nos nr op para pat pp prof pt ref refs resp sec ser sp st temp vol vs wt'.split(
    ' ',
  ),
);

const LAST_WORD = /[\p{L}\p{N}.]+$/u;
const LOWER_START = /^[\p{Ll}\p{N},;]/u;

/** A full stop ends no sentence after a shortened word or one letter, nor before a small letter or a digit. */
function endsSentence(text: string, stop: number, next: number): boolean {
  if (LOWER_START.test(text.slice(next, next + 2))) return false;
  const word = LAST_WORD.exec(text.slice(Math.max(0, stop - 24), stop))?.[0] ?? '';
  const letters = word.replaceAll('.', '').toLowerCase();
  return !(word.includes('.') || /^\p{L}$/u.test(letters) || SHORTENED.has(letters));
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
