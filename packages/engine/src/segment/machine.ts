import { giveMemory, openModule, takeMemory, type WasmMemory } from '../storage/wasm-module.js';

/** What the module made of `assembly/` gives; numbers that stand for addresses are signed, as WebAssembly hands them. */
export interface Machine {
  readonly memory: WasmMemory;
  createLists(withPlaces: number, lately: number): number;
  textAt(bytes: number): number;
  reserveRecord(bytes: number): number;
  outline(length: number): number;
  outlineAt(): number;
  firstText(field: number): number;
  textsOf(field: number): number;
  textStart(number: number): number;
  textEnd(number: number): number;
  takeText(number: number): number;
  addTexts(words: number, marks: number, from: number, to: number, base: number, gap: number): number;
  behindTexts(): number;
  takenByTexts(): number;
  bitsAt(): number;
  alloc(bytes: number): number;
  free(at: number): void;
  setBorderTerms(sentence: number, paragraph: number): void;
  addShortened(length: number): void;
  addAscii(words: number, marks: number, length: number, base: number): number;
  findUnknown(length: number, from: number): number;
  allBits(length: number): number;
  addWide(words: number, marks: number, length: number, base: number): number;
  textTerm(lists: number, length: number): number;
  pairTerm(lists: number, first: number, second: number): number;
  addToken(lists: number, term: number, place: number): void;
  addTerm(lists: number, term: number): void;
  endDocument(lists: number): void;
  /** The numbers of terms in the order of the terms, and the terms with their characters in the other order; to be freed. */
  sortedTerms(bytes: number, starts: number, count: number): number;
  reversedTerms(bytes: number, starts: number, count: number): number;
  divide(lists: number, order: number, ids: number): number;
  makePart(lists: number, part: number): void;
  partPostings(): number;
  partPostingBytes(): number;
  partPlaces(part: number): number;
  partPlaceBytes(part: number): number;
  freeParts(count: number): void;
  termCount(lists: number): number;
  termBytes(lists: number): number;
  termEnd(lists: number): number;
  termStarts(lists: number): number;
  termInfo(): number;
  tapeBytes(lists: number): number;
}

let start: ReturnType<typeof openModule<Machine>>;
let isOpened = false;

/** A machine, to be ended by `endMachine`; undefined where there is none. */
export function startMachine(): Machine | undefined {
  if (!isOpened) start = openModule<Machine>('inverter');
  isOpened = true;
  if (start === undefined) return undefined;
  return start(takeMemory());
}

/** Gives the memory of a machine to the next one; nothing that it holds may be used any more. */
export function endMachine({ memory }: Machine): void {
  giveMemory(memory);
}
