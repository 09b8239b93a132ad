import { crc32 } from 'node:zlib';

/** Bytes of a file that have a sum of their own. */
export const BLOCK_BYTES = 1 << 16;
const BITS = 32;
const BYTE_VALUES = 256;

/** What a sum of the bytes before becomes when so many zeros follow: linear in it, but for what the zeros alone come to. */
const passZeros = (zeros: Uint8Array, sum: number): number => (crc32(zeros, sum) ^ crc32(zeros)) >>> 0;

/** For each value of each byte of a sum, what it becomes behind a whole block. */
function makeTables(): readonly Uint32Array[] {
  const zeros = new Uint8Array(BLOCK_BYTES);
  const ofBit = Uint32Array.from({ length: BITS }, (_, bit) => passZeros(zeros, (1 << bit) >>> 0));
  return [0, 8, 16, 24].map((shift) =>
    Uint32Array.from({ length: BYTE_VALUES }, (_, value) =>
      ofBit.slice(shift, shift + 8).reduce((sum, of, bit) => ((value >> bit) & 1 ? sum ^ of : sum), 0),
    ),
  );
}

let tables: readonly Uint32Array[] | undefined;

/** The sum of some bytes and a block after them, each of which has its own. */
function joinBlock(before: number, block: number): number {
  tables ??= makeTables();
  const [low, second, third, high] = tables;
  const moved = low[before & 255] ^ second[(before >>> 8) & 255] ^ third[(before >>> 16) & 255] ^ high[before >>> 24];
  return (moved ^ block) >>> 0;
}

/** Sums of a file being written: CRC-32 of each block, and of the whole, which is put together from those. */
export interface FileSums {
  add(bytes: Uint8Array): void;
  /** The sums of the blocks so far; the last may be short, and the next begins anew. */
  blocks(): readonly number[];
  /** The sum of all bytes so far. */
  whole(): number;
}

/** Begins the sums of a file: every byte is gone over once. */
export function startSums(): FileSums {
  const sums: number[] = [];
  let whole = 0;
  let block = 0;
  let length = 0;
  const endBlock = (): void => {
    if (length === 0) return;
    sums.push(block);
    whole = length === BLOCK_BYTES ? joinBlock(whole, block) : (passZeros(new Uint8Array(length), whole) ^ block) >>> 0;
    block = 0;
    length = 0;
  };
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + BLOCK_BYTES - length);
        block = crc32(piece, block);
        length += piece.length;
        at += piece.length;
        if (length === BLOCK_BYTES) endBlock();
      }
    },
    blocks() {
      endBlock();
      return sums;
    },
    whole() {
      endBlock();
      return whole;
    },
  };
}
