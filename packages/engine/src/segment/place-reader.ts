import { SKIP_INTERVAL, WORD_FIELDS } from './postings.js';

/** List items whose places are read from disk and kept together: a whole number of skip intervals. */
export const PIECE_SHIFT = 12;
const PIECE = 1 << PIECE_SHIFT;
export const SKIPS_A_PIECE = PIECE / SKIP_INTERVAL;
const ALL_ONCE = 0x80;

/** The frequencies of a list with the byte at which those of each piece begin. */
export interface ListFrequencies {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/**
 * A place of field `f` in a row, as `f * ROW_SPAN + position`: all of them, and what lies between any two, fit 32 bits
 * with a sign, in which numbers are quickest. No text has so many positions.
 */
export const ROW_SPAN = 2 ** 28;

/** The places of the items of one piece: those of item `i` ascend from `starts[i]` on and before the next. */
export interface PlacePiece {
  readonly starts: Uint32Array;
  readonly places: Int32Array;
}

export const bytesOfFrequencies = ({ bytes, starts }: ListFrequencies): number => bytes.length + starts.byteLength;
export const bytesOfPiece = ({ starts, places }: PlacePiece): number => starts.byteLength + places.byteLength;

/** Goes over the frequencies of one item; `places` is how many places it has. */
class FrequencyWalk {
  places = 0;

  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {}

  next(): void {
    const { bytes } = this;
    const head = bytes[this.at++];
    let left = head & ~ALL_ONCE;
    this.places = 0;
    for (; left !== 0; left &= left - 1) {
      if (head >= ALL_ONCE) {
        this.places++;
        continue;
      }
      let count = 0;
      let byte = 128;
      for (let shift = 0; byte > 127; shift += 7) {
        byte = bytes[this.at++];
        count |= (byte & 127) << shift;
      }
      this.places += count;
    }
  }
}

/** Finds where the frequencies of each piece begin. */
export function indexFrequencies(bytes: Uint8Array, df: number): ListFrequencies {
  const starts = new Uint32Array(Math.ceil(df / PIECE));
  const walk = new FrequencyWalk(bytes, 0);
  for (let item = 0; item < df; item++) {
    if ((item & (PIECE - 1)) === 0) starts[item >>> PIECE_SHIFT] = walk.at;
    walk.next();
  }
  return { bytes, starts };
}

/** The byte after so many numbers of 7 bits a byte. */
function passNumbers(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0; at++) if (bytes[at] < 128) left--;
  return at;
}

/** Makes the places that a piece has in the fields of a mask ready. */
export function readPiece(
  bytes: Uint8Array,
  frequencies: ListFrequencies,
  { piece, df, mask }: { readonly piece: number; readonly df: number; readonly mask: number },
): PlacePiece {
  const items = Math.min(PIECE, df - (piece << PIECE_SHIFT));
  const starts = new Uint32Array(items + 1);
  // No place takes less than a byte.
  const places = new Int32Array(bytes.length);
  const counts = frequencies.bytes;
  let countAt = frequencies.starts[piece];
  let at = 0;
  let length = 0;
  for (let item = 0; item < items; item++) {
    const head = counts[countAt++];
    for (let fields = head & ~ALL_ONCE; fields !== 0; fields &= fields - 1) {
      let count = 1;
      if (head < ALL_ONCE) {
        count = 0;
        let byte = 128;
        for (let shift = 0; byte > 127; shift += 7) {
          byte = counts[countAt++];
          count |= (byte & 127) << shift;
        }
      }
      if ((fields & -fields & mask) === 0) {
        at = passNumbers(bytes, at, count);
        continue;
      }
      let place = (31 - Math.clz32(fields & -fields)) * ROW_SPAN;
      for (; count > 0; count--) {
        let byte = bytes[at++];
        let step = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = bytes[at++];
          step |= (byte & 127) << shift;
        }
        place += step;
        places[length++] = place;
      }
    }
    starts[item + 1] = length;
  }
  return { starts, places: places.slice(0, length) };
}

/** What a reader takes places from. */
export interface PlaceSource {
  piece(number: number): PlacePiece;
}

const NO_PLACES = new Int32Array(0);
const NO_STARTS = new Uint32Array(0);

/** Goes to the places of list items: `places[from..to)`, which ascend and are not to be changed. */
export class PlaceReader {
  places: Int32Array = NO_PLACES;
  from = 0;
  to = 0;
  readonly #source: PlaceSource;
  #starts: Uint32Array = NO_STARTS;
  #number = -1;

  constructor(source: PlaceSource) {
    this.#source = source;
  }

  /** Goes to an item of the list. */
  go(item: number): void {
    const number = item >>> PIECE_SHIFT;
    if (number !== this.#number) {
      const piece = this.#source.piece(number);
      this.#number = number;
      this.#starts = piece.starts;
      this.places = piece.places;
    }
    const at = item & (PIECE - 1);
    this.from = this.#starts[at];
    this.to = this.#starts[at + 1];
  }

  /** Where a document stands that does not have the word: nowhere. */
  leave(): void {
    this.from = 0;
    this.to = 0;
  }
}

/** Every field. */
export const ALL_FIELDS = (1 << WORD_FIELDS.length) - 1;
