/**
 * The length of a text in one byte: exact below 24, then the excess over 24 with its first four binary digits, so
 * that lengths are told apart to about a tenth. Ranking looks at no more than that (as Lucene does), which keeps the
 * lengths of a million documents in a megabyte. A longer text never has a smaller byte.
 */
const EXACT = 24;
const DIGITS = 4;
const MANTISSA = (1 << (DIGITS - 1)) - 1;

/** The byte of a length (0 to 2^31). */
function lengthByte(length: number): number {
  if (length < EXACT) return length;
  const excess = length - EXACT;
  const digits = 32 - Math.clz32(excess);
  if (digits < DIGITS) return EXACT + excess;
  const dropped = digits - DIGITS;
  return EXACT + (((dropped + 1) << (DIGITS - 1)) | ((excess >>> dropped) & MANTISSA));
}

function lengthOf(byte: number): number {
  if (byte < EXACT + (1 << (DIGITS - 1))) return byte;
  const excess = byte - EXACT;
  const dropped = (excess >>> (DIGITS - 1)) - 1;
  return EXACT + ((excess & MANTISSA) | (MANTISSA + 1)) * 2 ** dropped;
}

/** The least length of each byte: what a length counts as in ranking. */
const BYTE_LENGTHS: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => lengthOf(byte));

/** What a length counts as in ranking. */
export const rankedLength = (length: number): number => BYTE_LENGTHS[lengthByte(length)];

/** The bytes of a column of lengths. */
export function lengthBytes(lengths: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(lengths.length);
  for (let doc = 0; doc < lengths.length; doc++) bytes[doc] = lengthByte(lengths[doc]);
  return bytes;
}

/** How fast more occurrences stop counting, and how much length counts (BM25 as usual). */
export const K1 = 1.2;
const B = 0.75;

/** What an occurrence counts in a text of such a length, before it is set against others. */
export const lengthFactor = (length: number, average: number): number => 1 - B + (B * length) / average;

/** What BM25 looks up at one average length. */
export interface LengthTables {
  /** By the byte of a length, what stands beside the count below the line. */
  readonly factors: Float64Array;
  /** For counts below `TABLED`, by byte and count (`byte * TABLED + count`), what an occurrence of weight 1 comes to. */
  readonly weights: Float64Array;
}

/** Counts below this are looked up. */
export const TABLED = 16;

function makeTables(average: number): LengthTables {
  const factors = BYTE_LENGTHS.map((length) => K1 * lengthFactor(length, average));
  const weights = new Float64Array(factors.length * TABLED);
  for (let byte = 0; byte < factors.length; byte++) {
    for (let count = 1; count < TABLED; count++) weights[byte * TABLED + count] = count / (count + factors[byte]);
  }
  return { factors, weights };
}

/** Averages of which the tables are remembered: those of the fields of a commit or two. */
const REMEMBERED = 16;
const remembered = new Map<number, LengthTables>();

/** The tables at an average length. */
export function lengthTables(average: number): LengthTables {
  const known = remembered.get(average);
  if (known) return known;
  const made = makeTables(average);
  if (remembered.size === REMEMBERED) remembered.clear();
  remembered.set(average, made);
  return made;
}
