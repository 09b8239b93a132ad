import { newMemory, openModule, type WasmMemory } from '../storage/wasm-module.js';

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
  measure(lists: number, order: number): void;
  place(lists: number, order: number, ids: number): void;
  termCount(lists: number): number;
  termBytes(lists: number): number;
  termEnd(lists: number): number;
  termStarts(lists: number): number;
  termInfo(lists: number): number;
  tapeBytes(lists: number): number;
  postings(lists: number): number;
  postingBytes(lists: number): number;
  places(lists: number): number;
  placeBytes(lists: number): number;
}

let start: ReturnType<typeof openModule<Machine>>;
let isOpened = false;
/** The memory of the machine that ended last: a new one for each would stay until somebody clears up. */
let spare: WasmMemory | undefined;

/** A machine, to be ended by `endMachine`; undefined where there is none. */
export function startMachine(): Machine | undefined {
  if (!isOpened) start = openModule<Machine>('inverter');
  isOpened = true;
  if (start === undefined) return undefined;
  const memory = spare ?? newMemory();
  spare = undefined;
  // What a module takes to be zero at first it clears itself, because the memory is not its own.
  return start(memory);
}

/** Gives the memory of a machine to the next one; nothing that it holds may be used any more. */
export function endMachine({ memory }: Machine): void {
  spare = memory;
}
