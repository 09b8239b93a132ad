import { isPlain } from '../xml/characters.js';

/** White space between two pieces of text: none, a blank, a line end. The greater one wins. */
const NONE = 0;
const BLANK = 1;
const LINE = 2;
type Gap = typeof NONE | typeof BLANK | typeof LINE;

/** White space that is not a single blank; single blanks are most of a text and stay as they are. */
const RUN = / \s+|[^\S ]\s*/g;

/** Any white space as single blanks. */
export function collapsed(text: string): string {
  return text.replace(RUN, ' ');
}

/**
 * Text in the making. White space is collapsed as the pieces come (blanks within lines, empty lines, blanks around line
 * ends, both ends of the text), so that the whole need not be gone over again.
 */
export class TextWriter {
  #text = '';
  #gap: Gap = NONE;

  get text(): string {
    return this.#text;
  }

  /** Adds text whose white space is all blanks or none of a reader's business; `plain` when it is single blanks already. */
  addText(text: string, plain: boolean): void {
    this.#add(plain ? text : collapsed(text));
  }

  /** Adds text in which line ends count. */
  addLines(text: string): void {
    if (isPlain(text)) this.#add(text);
    else this.#add(text.replace(BLANKS, ' ').replace(/ ?\n[ \n]*/g, '\n'));
  }

  /** What follows begins a line of its own. */
  endLine(): void {
    this.#gap = LINE;
  }

  /** Adds text in which at most one blank or line end stands between two words, and at either end. */
  #add(text: string): void {
    const length = text.length;
    if (length === 0) return;
    const before = gapOf(text.charCodeAt(0));
    if (before > this.#gap) this.#gap = before;
    const from = before === NONE ? 0 : 1;
    if (from === length) return;
    const after = gapOf(text.charCodeAt(length - 1));
    const piece = from === 0 && after === NONE ? text : text.slice(from, after === NONE ? length : length - 1);
    if (this.#text === '') this.#text = piece;
    else if (this.#gap === NONE) this.#text += piece;
    else this.#text += (this.#gap === LINE ? '\n' : ' ') + piece;
    this.#gap = after;
  }
}

/** Blanks of every kind but the line end and the one that no line is broken at. */
const BLANKS = / [^\S\n\u00a0]+|[^\S\n\u00a0 ][^\S\n\u00a0]*/g;

function gapOf(code: number): Gap {
  if (code === 0x20) return BLANK;
  return code === 0x0a ? LINE : NONE;
}
