import { CharacterBit, characterBits, SHORTENED } from '@quanlian/kernel';
import type { SectionWriter } from './container.js';
import { DictionaryWriter, memorySink } from './dictionary.js';
import {
  type ListMaker,
  OUTLINED_FIELDS,
  type OutlinedField,
  type ReversedTerms,
  type TermLists,
  type TermNumbers,
  type TextLists,
  type Walk,
} from './lists.js';
import { endMachine, type Machine, startMachine } from './machine.js';
import { PARAGRAPH_TERM, SENTENCE_TERM } from './postings.js';

/** The longest a UTF-16 unit gets in UTF-8. */
const UNIT_BYTES = 3;
/**
 * Bytes a byte of the tape takes at most: it is written once more, by parts with a little room to spare, and is gone before
 * lists are made of these.
 */
const TAPE_COST = 2.1;
/** Bytes a term costs beside its own: slots just doubled, what its lists take, its order and its rank. */
const TERM_COST = 128;
/** Words, and terms of other kinds, that a table has at hand beside all others: 2 to this power, 32 bytes each. */
const WORDS_AT_HAND = 13;
const TERMS_AT_HAND = 10;
/** Bytes given to a section at once. */
const PIECE_BYTES = 1 << 18;
/** A longer record is read whole, and a longer text walked through: the machine keeps the room for them. */
const MOST_OUTLINED = 1 << 24;
const MOST_TEXT = 1 << 26;
/** Numbers that the machine tells of a term: its documents, and the bytes of its documents, frequencies and places. */
const INFO = 4;

/** What was learned of characters, for every machine after. */
const knownBits = new Uint16Array(1 << 16);

/** The memory of a machine, seen anew whenever it grew. */
class Memory {
  #view: Buffer;

  constructor(readonly machine: Machine) {
    this.#view = Buffer.from(machine.memory.buffer);
  }

  get view(): Buffer {
    if (this.#view.length === 0) this.#view = Buffer.from(this.machine.memory.buffer);
    return this.#view;
  }

  /** Where the text to take in goes; there is room for so many bytes. */
  textAt(bytes: number): number {
    return this.machine.textAt(bytes) >>> 0;
  }

  numbers(at: number, count: number): Uint32Array {
    return new Uint32Array(this.view.buffer, at >>> 0, count);
  }

  /** A copy of some numbers in the memory; to be freed. */
  copy(numbers: Uint32Array): number {
    const at = this.machine.alloc(numbers.byteLength);
    this.numbers(at, numbers.length).set(numbers);
    return at;
  }

  write(out: SectionWriter, at: number, length: number): void {
    const from = at >>> 0;
    for (let done = 0; done < length; done += PIECE_BYTES) {
      out.write(this.view.subarray(from + done, from + Math.min(length, done + PIECE_BYTES)));
    }
  }

  /** Writes a text where texts go; returns how many bytes it takes. */
  putText(text: string): number {
    const { length } = text;
    const at = this.textAt(length * UNIT_BYTES);
    const { view } = this;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) return view.write(text, at, 'utf8');
      view[at + i] = code;
    }
    return length;
  }
}

class MachineTerms implements TermNumbers {
  hadCapitals = false;

  constructor(
    readonly memory: Memory,
    readonly lists: number,
  ) {}

  get count(): number {
    return this.memory.machine.termCount(this.lists);
  }

  get byteLength(): number {
    return this.memory.machine.termEnd(this.lists) >>> 0;
  }

  get bytes(): Uint8Array {
    const from = this.memory.machine.termBytes(this.lists) >>> 0;
    return new Uint8Array(this.memory.view.buffer, from, this.byteLength);
  }

  get starts(): Uint32Array {
    return this.memory.numbers(this.memory.machine.termStarts(this.lists), this.count + 1);
  }

  add(term: string): number {
    return this.memory.machine.textTerm(this.lists, this.memory.putText(term));
  }

  addAscii(text: string, from: number, to: number): number {
    const word = text.slice(from, to);
    const folded = word.toLowerCase();
    this.hadCapitals = folded !== word;
    return this.add(folded);
  }

  addUnits(first: number, second: number): number {
    return this.memory.machine.pairTerm(this.lists, first, second);
  }
  reversed(): ReversedTerms {
    const { memory, count, byteLength } = this;
    const { machine } = memory;
    const startsAt = machine.termStarts(this.lists);
    const bytesAt = machine.reversedTerms(machine.termBytes(this.lists), startsAt, count);
    const idsAt = machine.sortedTerms(bytesAt, startsAt, count);
    const from = bytesAt >>> 0;
    const bytes = new Uint8Array(memory.view.buffer, from, byteLength).slice();
    const ids = memory.numbers(idsAt, count).slice();
    machine.free(bytesAt);
    machine.free(idsAt);
    return { bytes, ids };
  }
}

class MachineLists implements TermLists {
  readonly terms: MachineTerms;

  constructor(
    readonly memory: Memory,
    readonly lists: number,
    readonly withPlaces: boolean,
  ) {
    this.terms = new MachineTerms(memory, lists);
  }

  get bytes(): number {
    const { count, byteLength } = this.terms;
    return this.memory.machine.tapeBytes(this.lists) * TAPE_COST + count * TERM_COST + byteLength * 4;
  }

  add(term: number, place: number): void {
    if (this.withPlaces) this.memory.machine.addToken(this.lists, term, place);
    else this.memory.machine.addTerm(this.lists, term);
  }

  endDoc(): void {
    this.memory.machine.endDocument(this.lists);
  }

  write(out: SectionWriter, name: string, order: Uint32Array): void {
    const { memory, lists } = this;
    const { machine } = memory;
    const { terms } = this;
    const idsAt = machine.sortedTerms(machine.termBytes(lists), machine.termStarts(lists), terms.count);
    const orderAt = memory.copy(order);
    const parts = machine.divide(lists, orderAt, idsAt);
    machine.free(orderAt);
    out.begin(`${name}.postings`);
    for (let part = 0; part < parts; part++) {
      machine.makePart(lists, part);
      memory.write(out, machine.partPostings(), machine.partPostingBytes() >>> 0);
    }
    out.begin(`${name}.positions`);
    for (let part = 0; part < parts; part++) {
      memory.write(out, machine.partPlaces(part), machine.partPlaceBytes(part) >>> 0);
    }
    this.#writeTerms(out, name, memory.numbers(idsAt, terms.count));
    machine.freeParts(parts);
    machine.free(idsAt);
  }

  #writeTerms(out: SectionWriter, name: string, ids: Uint32Array): void {
    const { bytes, starts, count } = this.terms;
    const info = this.memory.numbers(this.memory.machine.termInfo(), count * INFO);
    const blocks = memorySink();
    const dictionary = new DictionaryWriter(blocks);
    for (let rank = 0; rank < count; rank++) {
      const at = rank * INFO;
      const df = info[at];
      if (df === 0) continue;
      const id = ids[rank];
      dictionary.add(bytes, starts[id], starts[id + 1], df, info[at + 1], info[at + 2], info[at + 3]);
    }
    dictionary.writeIndex(out, name);
    out.begin(`${name}.terms`);
    out.write(blocks.bytes.view());
  }
}

class MachineTexts implements TextLists {
  readonly words: MachineLists;
  readonly marks: MachineLists;

  constructor(readonly memory: Memory) {
    this.words = makeLists(memory, true, WORDS_AT_HAND);
    this.marks = makeLists(memory, true, TERMS_AT_HAND);
    const { terms } = this.words;
    memory.machine.setBorderTerms(terms.add(SENTENCE_TERM), terms.add(PARAGRAPH_TERM));
  }

  addText(text: string, base: number): number | undefined {
    const { memory, words, marks } = this;
    const { length } = text;
    if (length > MOST_TEXT) return undefined;
    if (Buffer.byteLength(text) === length) {
      const at = memory.textAt(length);
      memory.view.write(text, at, length, 'latin1');
      return memory.machine.addAscii(words.lists, marks.lists, length, base);
    }
    const at = memory.textAt(2 * length);
    memory.view.write(text, at, 2 * length, 'utf16le');
    return this.#addWide(length, base);
  }

  outline(json: Uint8Array): string | undefined {
    if (json.length > MOST_OUTLINED) return undefined;
    const { memory } = this;
    const { machine } = memory;
    const at = machine.reserveRecord(json.length) >>> 0;
    memory.view.set(json, at);
    const length = machine.outline(json.length);
    if (length === 0) return undefined;
    const from = machine.outlineAt() >>> 0;
    return memory.view.toString('utf8', from, from + length);
  }

  addOutlined(field: OutlinedField, base: number, gap: number, walk: Walk): number {
    const { words, marks } = this;
    const { machine } = this.memory;
    const number = OUTLINED_FIELDS.indexOf(field);
    const first = machine.firstText(number);
    const end = first + machine.textsOf(number);
    let taken = 0;
    let place = base;
    for (let at = first; at < end; at++) {
      at = machine.addTexts(words.lists, marks.lists, at, end, place, gap);
      taken += machine.takenByTexts();
      place = machine.behindTexts() >>> 0;
      if (at === end) break;
      const own = this.#addWide(~machine.takeText(at), place) ?? walk(this.#textOf(at), place);
      taken += own;
      place += own + gap;
    }
    return taken;
  }

  #textOf(number: number): string {
    const { machine, view } = this.memory;
    const text = view.toString('utf8', machine.textStart(number) >>> 0, machine.textEnd(number) >>> 0);
    return JSON.parse(`"${text}"`) as string;
  }

  /** Takes in the text of UTF-16 that stands where texts go. */
  #addWide(length: number, base: number): number | undefined {
    const { memory, words, marks } = this;
    this.#learn(length);
    if ((memory.machine.allBits(length) & CharacterBit.special) !== 0) return undefined;
    return memory.machine.addWide(words.lists, marks.lists, length, base);
  }

  /** Tells the machine what characters it meets for the first time are. */
  #learn(length: number): void {
    const { machine, view } = this.memory;
    let at = machine.findUnknown(length, 0);
    if (at === length) return;
    const bits = bitsOf(this.memory);
    const text = machine.textAt(0) >>> 0;
    for (; at < length; at = machine.findUnknown(length, at)) {
      const code = view.readUInt16LE(text + 2 * at);
      knownBits[code] = characterBits(code);
      bits[code] = knownBits[code];
    }
  }
}

const bitsOf = ({ machine, view }: Memory): Uint16Array =>
  new Uint16Array(view.buffer, machine.bitsAt() >>> 0, knownBits.length);

const makeLists = (memory: Memory, withPlaces: boolean, lately: number): MachineLists =>
  new MachineLists(memory, memory.machine.createLists(Number(withPlaces), lately), withPlaces);

/** Collects lists in a machine; undefined where there is none. */
export function machineLists(): ListMaker | undefined {
  const machine = startMachine();
  if (machine === undefined) return undefined;
  const memory = new Memory(machine);
  if (knownBits[0] === 0) for (let code = 0; code < 128; code++) knownBits[code] = characterBits(code);
  bitsOf(memory).set(knownBits);
  for (const word of SHORTENED) machine.addShortened(memory.putText(word));
  return {
    texts: () => new MachineTexts(memory),
    keys: () => makeLists(memory, false, TERMS_AT_HAND),
    close: () => endMachine(machine),
  };
}
