import type { SectionWriter } from './container.js';
import type { WordField } from './postings.js';

/** Terms spelled backwards, and their numbers in the order of these. */
export interface ReversedTerms {
  readonly bytes: Uint8Array;
  readonly ids: Uint32Array;
}

/** Numbers terms in the order in which they come; they are kept as UTF-8, one after another. */
export interface TermNumbers {
  readonly count: number;
  /** Bytes of all terms. */
  readonly byteLength: number;
  readonly bytes: Uint8Array;
  /** Where each term begins; one more than terms. */
  readonly starts: Uint32Array;
  /** The terms once more, spelled backwards, with the same starts. */
  reversed(): ReversedTerms;
  /** Whether the last word of ASCII had capitals. */
  readonly hadCapitals: boolean;
  /** The number of a term. Halves of surrogate pairs become U+FFFD, as they do when they are stored. */
  add(term: string): number;
  /** The number of a word of ASCII letters and digits, capitals made small. */
  addAscii(text: string, from: number, to: number): number;
  /** The number of a term of one or two characters of the basic plane beyond ASCII (no second: 0). */
  addUnits(first: number, second: number): number;
}

/** Collects what documents have of terms and writes it turned round, by term. */
export interface TermLists {
  readonly terms: TermNumbers;
  /** Bytes this takes at its worst, when it is written. */
  readonly bytes: number;
  /** Adds a token of the term with this number in `terms`; the places of a term ascend. Without places, 0 is the place. */
  add(term: number, place: number): void;
  endDoc(): void;
  /** Writes the lists; document `d` of the segment is the one that was taken in as number `order[d]`. To be called once. */
  write(out: SectionWriter, name: string, order: Uint32Array): void;
}

/** The lists of the texts of documents: their words, and the marks of what folding changed. */
export interface TextLists {
  readonly words: TermLists;
  readonly marks: TermLists;
  /**
   * Takes a text in from place `base` on, with the borders of its sentences, and gives how many places it takes; undefined
   * when it takes no such text and all of it must be walked through unit by unit.
   */
  addText(text: string, base: number): number | undefined;
  /**
   * The JSON of an array of one record, as `JSON.stringify` writes it, with empty lists in the place of the fields whose
   * texts can be taken in without it; undefined when the record is to be read whole.
   */
  outline(json: Uint8Array): string | undefined;
  /**
   * Takes in what is left out of a field in the last outline, the first text from place `base` on, with `gap` places free
   * after each; gives how many places the texts take. What can only be walked through unit by unit is given to `walk`.
   */
  addOutlined(field: OutlinedField, base: number, gap: number, walk: Walk): number;
}

/** Takes a text in from a place on; gives how many places it takes. */
export type Walk = (text: string, base: number) => number;

/** Fields of parts that may be left out of an outline, in the order in which they are taken in. */
export const OUTLINED_FIELDS = ['claims', 'description'] as const satisfies readonly WordField[];
export type OutlinedField = (typeof OUTLINED_FIELDS)[number];

/** How lists are collected: in the memory of a module of WebAssembly, or in JavaScript where there is none. */
export interface ListMaker {
  texts(): TextLists;
  /** Lists of documents alone. */
  keys(): TermLists;
  /** Gives back what the lists take; none of them may be used any more. */
  close(): void;
}
