import { FIELD_SPAN, SKIP_INTERVAL, WORD_FIELDS } from './postings.js';

/** List items whose places are read from disk and kept together: a whole number of skip intervals. */
const PIECE_SHIFT = 12;
const PIECE = 1 << PIECE_SHIFT;
export const SKIPS_A_PIECE = PIECE / SKIP_INTERVAL;
/** Items between two marks of where frequencies and places stand in a piece. */
const MARK_SHIFT = 4;
const ALL_ONCE = 0x80;

/** The frequencies of a list with the byte at which those of each piece begin. */
export interface ListFrequencies {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/** The places of the items of one piece, with marks every 16 items into frequencies and places. */
export interface PlacePiece {
  readonly bytes: Uint8Array;
  readonly frequencyAt: Uint32Array;
  readonly placeAt: Uint32Array;
}

export const bytesOfFrequencies = ({ bytes, starts }: ListFrequencies): number => bytes.length + starts.byteLength;
export const bytesOfPiece = ({ bytes, frequencyAt, placeAt }: PlacePiece): number =>
  bytes.length + frequencyAt.byteLength + placeAt.byteLength;

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

/** Marks where the items of a piece stand. */
export function indexPiece(bytes: Uint8Array, frequencies: ListFrequencies, piece: number, df: number): PlacePiece {
  const items = Math.min(PIECE, df - (piece << PIECE_SHIFT));
  const marks = Math.ceil(items / (1 << MARK_SHIFT));
  const frequencyAt = new Uint32Array(marks);
  const placeAt = new Uint32Array(marks);
  const walk = new FrequencyWalk(frequencies.bytes, frequencies.starts[piece]);
  let place = 0;
  for (let item = 0; item < items; item++) {
    if ((item & ((1 << MARK_SHIFT) - 1)) === 0) {
      frequencyAt[item >>> MARK_SHIFT] = walk.at;
      placeAt[item >>> MARK_SHIFT] = place;
    }
    walk.next();
    for (let left = walk.places; left > 0; ) if (bytes[place++] < 128) left--;
  }
  return { bytes, frequencyAt, placeAt };
}

/** What a reader takes places from. */
export interface PlaceSource {
  frequencies(): ListFrequencies;
  piece(number: number): PlacePiece;
}

/**
 * Reads the places of one list item after another into an array of its own, without making anything else: all fields
 * in one ascending row, a place of field `f` as `f * FIELD_SPAN + position`.
 */
export class PlaceReader {
  places = new Uint32Array(64);
  length = 0;
  readonly #source: PlaceSource;
  readonly #frequencies: Uint8Array;
  #piece: PlacePiece | undefined;
  #number = -1;
  #item = 0;
  #frequencyAt = 0;
  #placeAt = 0;

  constructor(source: PlaceSource) {
    this.#source = source;
    this.#frequencies = source.frequencies().bytes;
  }

  /** Reads the places that item `item` of the list has in the fields of `mask`. */
  read(item: number, mask: number): void {
    const piece = this.#goTo(item);
    const frequencies = this.#frequencies;
    const { bytes } = piece;
    this.length = 0;
    const head = frequencies[this.#frequencyAt++];
    let at = this.#placeAt;
    for (let fields = head & ~ALL_ONCE; fields !== 0; fields &= fields - 1) {
      let count = 1;
      if (head < ALL_ONCE) {
        count = 0;
        let byte = 128;
        for (let shift = 0; byte > 127; shift += 7) {
          byte = frequencies[this.#frequencyAt++];
          count |= (byte & 127) << shift;
        }
      }
      const bit = fields & -fields;
      if ((bit & mask) === 0) {
        for (let left = count; left > 0; ) if (bytes[at++] < 128) left--;
        continue;
      }
      at = this.#take(bytes, at, count, (31 - Math.clz32(bit)) * FIELD_SPAN);
    }
    this.#placeAt = at;
    this.#item = item + 1;
  }

  #take(bytes: Uint8Array, from: number, count: number, base: number): number {
    if (this.length + count > this.places.length) {
      const grown = new Uint32Array((this.length + count) * 2);
      grown.set(this.places);
      this.places = grown;
    }
    const { places } = this;
    let { length } = this;
    let at = from;
    let place = base;
    for (let left = count; left > 0; left--) {
      let byte = bytes[at++];
      let step = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++];
        step |= (byte & 127) << shift;
      }
      place += step;
      places[length++] = place;
    }
    this.length = length;
    return at;
  }

  /** Moves to an item: on from where it stands when that is near, else by the nearest mark. */
  #goTo(item: number): PlacePiece {
    const number = item >>> PIECE_SHIFT;
    let piece = this.#piece;
    if (piece === undefined || number !== this.#number) {
      piece = this.#source.piece(number);
      this.#piece = piece;
      this.#number = number;
      this.#item = -1;
    }
    const mark = (item & (PIECE - 1)) >>> MARK_SHIFT;
    const marked = (number << PIECE_SHIFT) + (mark << MARK_SHIFT);
    if (this.#item < marked || this.#item > item) {
      this.#item = marked;
      this.#frequencyAt = piece.frequencyAt[mark];
      this.#placeAt = piece.placeAt[mark];
    }
    if (this.#item < item) this.#pass(piece.bytes, item);
    return piece;
  }

  #pass(bytes: Uint8Array, item: number): void {
    const walk = new FrequencyWalk(this.#frequencies, this.#frequencyAt);
    let left = 0;
    for (; this.#item < item; this.#item++) {
      walk.next();
      left += walk.places;
    }
    let at = this.#placeAt;
    while (left > 0) if (bytes[at++] < 128) left--;
    this.#frequencyAt = walk.at;
    this.#placeAt = at;
  }
}

/** Every field. */
export const ALL_FIELDS = (1 << WORD_FIELDS.length) - 1;
