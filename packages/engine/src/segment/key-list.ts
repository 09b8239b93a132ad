import { type Bits, emptyBits, setBit } from '../storage/bits.js';

/** Above one document in so many a list is held as a bit set, which is then the smaller. */
const DENSE_ONE_IN = 32;

/** The documents of a key: a bit set when they are many, else a list. */
export type KeyList = { readonly docs: Uint32Array } | { readonly bits: Bits };

export const bytesOfKeyList = (list: KeyList): number =>
  100 + ('bits' in list ? list.bits.byteLength : list.docs.byteLength);

export function makeKeyList(docs: Uint32Array, size: number): KeyList {
  if (docs.length * DENSE_ONE_IN < size) return { docs };
  const bits = emptyBits(size);
  for (let i = 0; i < docs.length; i++) setBit(bits, docs[i]);
  return { bits };
}
