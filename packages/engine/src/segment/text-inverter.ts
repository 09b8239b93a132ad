import { type TextBorder, textBorders, UNIT_CJK, UNIT_PART, type UnitSink, walkUnits } from '@quanlian/kernel';
import type { OutlinedField, TermLists, TextLists } from './lists.js';
import { PARAGRAPH_TERM, SENTENCE_TERM } from './postings.js';

/** Separates a folded unit from its form as written in the dictionary of marks. */
export const MARK_SEPARATOR = '\u0001';

/**
 * Takes the texts of documents in: their words with their places, where sentences and paragraphs begin, and the marks of
 * what folding changed.
 */
export class TextInverter implements UnitSink {
  readonly words: TermLists;
  readonly marks: TermLists;
  readonly #sentence: number;
  readonly #paragraph: number;
  /** The position of the text's first unit. */
  #base = 0;
  #borders: readonly TextBorder[] = [];
  #nextBorder = 0;
  /** Where the next border lies; beyond every text when there is none. */
  #borderAt = 0;
  /** A CJK unit waits for its neighbour: the two together are the term at its place. */
  #waiting = 0;
  #waitingText = '';
  #waitingPlace = 0;
  #waitingEnd = -1;

  constructor(readonly lists: TextLists) {
    this.words = lists.words;
    this.marks = lists.marks;
    this.#sentence = this.words.terms.add(SENTENCE_TERM);
    this.#paragraph = this.words.terms.add(PARAGRAPH_TERM);
  }

  /** Bytes this takes at its worst, when it is written. */
  get bytes(): number {
    return this.words.bytes + this.marks.bytes;
  }

  /** Takes a text in from place `base` on; returns how many positions it takes. */
  addText(text: string, base: number): number {
    return this.lists.addText(text, base) ?? this.#walk(text, base);
  }

  /** Takes in what is left out of a field in the last outline, with `gap` places free after each text; tells how many it takes. */
  addOutlined(field: OutlinedField, base: number, gap: number): number {
    return this.lists.addOutlined(field, base, gap, (text, place) => this.#walk(text, place));
  }

  #walk(text: string, base: number): number {
    this.#base = base;
    this.#borders = textBorders(text);
    this.#nextBorder = -1;
    this.#borderAt = 0;
    const taken = walkUnits(text, this);
    this.#endWaiting();
    return taken;
  }

  endDoc(): void {
    this.words.endDoc();
    this.marks.endDoc();
  }

  /** A border is a place that all words before it are less than; one where no word follows borders nothing. */
  #markBorder(from: number, place: number): void {
    let paragraph = false;
    while (this.#borderAt <= from) {
      // The text itself begins a paragraph.
      paragraph ||= this.#nextBorder < 0 || this.#borders[this.#nextBorder].paragraph;
      this.#nextBorder++;
      this.#borderAt = this.#borders[this.#nextBorder]?.at ?? Number.MAX_SAFE_INTEGER;
    }
    this.words.add(paragraph ? this.#paragraph : this.#sentence, place);
  }

  #endWaiting(): void {
    if (this.#waiting !== 0) this.words.add(this.words.terms.addUnits(this.#waiting, 0), this.#waitingPlace);
    else if (this.#waitingText !== '') this.words.add(this.words.terms.add(this.#waitingText), this.#waitingPlace);
    this.#waiting = 0;
    this.#waitingText = '';
  }

  #mark(unit: string, original: string, place: number): void {
    this.marks.add(this.marks.terms.add(unit + MARK_SEPARATOR + original), place);
  }

  ascii(text: string, from: number, to: number, position: number): void {
    const place = this.#base + position;
    if (this.#borderAt <= from) this.#markBorder(from, place);
    this.#endWaiting();
    const { terms } = this.words;
    this.words.add(terms.addAscii(text, from, to), place);
    if (!terms.hadCapitals) return;
    const original = text.slice(from, to);
    this.#mark(original.toLowerCase(), original, place);
  }

  cjk(code: number, from: number, position: number): void {
    const place = this.#base + position;
    if (this.#borderAt <= from) this.#markBorder(from, place);
    if (this.#waiting !== 0 && this.#waitingEnd === from) {
      this.words.add(this.words.terms.addUnits(this.#waiting, code), this.#waitingPlace);
      this.#waitingText = '';
    } else if (this.#waitingText !== '' && this.#waitingEnd === from) {
      this.#waitingText += String.fromCharCode(code);
      this.#endWaiting();
    } else this.#endWaiting();
    this.#waiting = code;
    this.#waitingPlace = place;
    this.#waitingEnd = from + 1;
  }

  // A function of its own, because the walk calls it without the sink.
  readonly unit = (kind: number, unit: string, original: string, position: number, from: number, to: number): void => {
    const place = this.#base + position;
    if (this.#borderAt <= from) this.#markBorder(from, place);
    const cjk = kind === UNIT_CJK;
    if (cjk && this.#waitingEnd === from) {
      if (this.#waiting !== 0) this.#waitingText = String.fromCharCode(this.#waiting);
      this.#waiting = 0;
      if (this.#waitingText !== '') this.#waitingText += unit;
    }
    this.#endWaiting();
    if (cjk) {
      this.#waitingText = unit;
      this.#waitingPlace = place;
      this.#waitingEnd = to;
    } else this.words.add(this.words.terms.add(unit), place);
    // Parts of a divided word are always marked, because two alike in one place may be written differently.
    if (original !== unit || kind === UNIT_PART) this.#mark(unit, original, place);
  };
}
