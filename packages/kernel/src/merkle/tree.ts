import { QuanlianError } from '@quanlian/contract';
import { concat, type HashFunction, sameBytes } from './bytes.js';

/** A proof that a leaf is in a tree, or that one tree is the beginning of another: hashes from the bottom up. */
export type Proof = readonly Uint8Array[];

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The hash of a leaf: a zero byte first, so that no leaf can pass for an inner node (RFC 9162, 2.1.1). */
export function leafHash(hash: HashFunction, data: Uint8Array): Uint8Array {
  return hash(concat(LEAF, data));
}

function nodeHash(hash: HashFunction, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(concat(NODE, left, right));
}

/** The largest power of two below n, for n of at least 2. */
function split(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

/** The root over leaf hashes in order; of no leaves the hash of nothing (RFC 9162, 2.1.1). */
export function merkleRoot(hash: HashFunction, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash(new Uint8Array());
  let level = leaves;
  // Pairing level by level, an odd last one moving up, gives the same tree as splitting at powers of two.
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index] as Uint8Array, level[index + 1]];
      next.push(right ? nodeHash(hash, left, right) : left);
    }
    level = next;
  }
  return level[0] as Uint8Array;
}

/** A tree that grows leaf by leaf and keeps only the roots of its complete parts: a few hashes for any size. */
export interface GrowingTree {
  readonly size: number;
  add(leaf: Uint8Array): void;
  /** The root over all leaves so far; equal to {@link merkleRoot}. */
  root(): Uint8Array;
}

/** An empty growing tree. */
export function createGrowingTree(hash: HashFunction): GrowingTree {
  // Roots of complete subtrees, largest first; their sizes are the powers of two that make up the count.
  const parts: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(leaf) {
      let merged = leaf;
      for (let count = size; count % 2 === 1; count = Math.floor(count / 2))
        merged = nodeHash(hash, parts.pop() as Uint8Array, merged);
      parts.push(merged);
      size += 1;
    },
    root() {
      const last = parts.at(-1);
      if (!last) return merkleRoot(hash, []);
      return parts.slice(0, -1).reduceRight((right, left) => nodeHash(hash, left, right), last);
    },
  };
}

function outOfRange(what: string, value: number, size: number): QuanlianError {
  return new QuanlianError('request.invalid', `The ${what} ${value} is not in a tree of ${size} leaves.`);
}

/** The proof that leaf `index` is in the tree (RFC 9162, 2.1.3.1). Throws `request.invalid` outside the tree. */
export function inclusionProof(hash: HashFunction, leaves: readonly Uint8Array[], index: number): Proof {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length)
    throw outOfRange('leaf', index, leaves.length);
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionProof(hash, left, index), merkleRoot(hash, right)]
    : [...inclusionProof(hash, right, index - k), merkleRoot(hash, left)];
}

/** What an inclusion proof is checked against. */
export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether the proof shows that the leaf hash stands at `index` of the tree of this size and root (2.1.3.2). */
export function verifyInclusion(hash: HashFunction, claim: InclusionClaim, proof: Proof): boolean {
  const { leaf, index, size, root } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [at, last, computed] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      computed = nodeHash(hash, sibling, computed);
      // A last node without a partner moves up until it is the right one of a pair.
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else computed = nodeHash(hash, computed, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(computed, root);
}

function subproof(hash: HashFunction, leaves: readonly Uint8Array[], older: number, whole: boolean): Proof {
  if (older === leaves.length) return whole ? [] : [merkleRoot(hash, leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return older <= k
    ? [...subproof(hash, left, older, whole), merkleRoot(hash, right)]
    : [...subproof(hash, right, older - k, false), merkleRoot(hash, left)];
}

/**
 * The proof that the tree over the first `older` leaves is the beginning of the whole (RFC 9162, 2.1.4.1). Throws
 * `request.invalid` unless 0 < older <= size.
 */
export function consistencyProof(hash: HashFunction, leaves: readonly Uint8Array[], older: number): Proof {
  if (!Number.isSafeInteger(older) || older < 1 || older > leaves.length)
    throw outOfRange('older size', older, leaves.length);
  return subproof(hash, leaves, older, true);
}

/** Two heads of a growing tree. */
export interface ConsistencyClaim {
  readonly older: { readonly size: number; readonly root: Uint8Array };
  readonly newer: { readonly size: number; readonly root: Uint8Array };
}

/** Whether the proof shows that nothing of the older tree was changed in the newer (RFC 9162, 2.1.4.2). */
export function verifyConsistency(hash: HashFunction, { older, newer }: ConsistencyClaim, proof: Proof): boolean {
  if (!Number.isSafeInteger(older.size) || !Number.isSafeInteger(newer.size)) return false;
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);
  // When the older tree is complete, its root is a node of the newer and is left out of the proof.
  const complete = 2 ** Math.floor(Math.log2(older.size)) === older.size;
  const [first, ...rest] = complete ? [older.root, ...proof] : proof;
  if (!first) return false;
  let [at, last] = [older.size - 1, newer.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [oldRoot, newRoot] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldRoot = nodeHash(hash, sibling, oldRoot);
      newRoot = nodeHash(hash, sibling, newRoot);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else newRoot = nodeHash(hash, newRoot, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && sameBytes(oldRoot, older.root) && sameBytes(newRoot, newer.root);
}
