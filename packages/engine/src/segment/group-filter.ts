import { groupListKey } from '../content/document.js';
import type { SectionReader } from './container.js';
import { TermWalk } from './dictionary.js';

/** Bits for each group, and of them set by one: about one group in a hundred seems to be there and is not. */
const BITS_A_GROUP = 10;
const PROBES = 5;

/** A number of a group for a filter, by its key in the list of groups. */
function hashBytes(bytes: Uint8Array, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** The number by which a filter knows a group. */
export function groupHash(group: string): number {
  const bytes = Buffer.from(groupListKey(group), 'utf8');
  return hashBytes(bytes, bytes.length);
}

/** Bits that tell of most groups that a segment has not got them. */
export interface GroupFilter {
  readonly bits: Uint32Array;
}

const stepOf = (hash: number): number => (Math.imul(hash, 0x9e3779b1) >>> 0) | 1;

/** Reads the list of groups of a segment once. */
export function buildGroupFilter(sections: SectionReader, groups: number): GroupFilter {
  const bits = new Uint32Array(Math.ceil((groups * BITS_A_GROUP) / 32) + 1);
  const size = bits.length * 32;
  const walk = new TermWalk(sections, 'groups');
  while (walk.next()) {
    const hash = hashBytes(walk.bytes, walk.to);
    for (let probe = 0, at = hash; probe < PROBES; probe++, at = (at + stepOf(hash)) >>> 0)
      bits[(at % size) >>> 5] |= 1 << ((at % size) & 31);
  }
  return { bits };
}

/** False when a group is not there for sure. */
export function mayHave({ bits }: GroupFilter, hash: number): boolean {
  const size = bits.length * 32;
  for (let probe = 0, at = hash; probe < PROBES; probe++, at = (at + stepOf(hash)) >>> 0)
    if ((bits[(at % size) >>> 5] & (1 << ((at % size) & 31))) === 0) return false;
  return true;
}
