import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, fromHex, toHex, utf8 } from './bytes.js';
import { canonicalJson, type Json } from './canonical.js';
import { sha256 } from './sha256.js';
import {
  consistencyProof,
  createGrowingTree,
  inclusionProof,
  leafHash,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from './tree.js';

interface Platform {
  readonly crypto: { readonly subtle: { digest(name: 'SHA-256', data: Uint8Array): Promise<ArrayBuffer> } };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
}
const platform = globalThis as unknown as Platform;

const leaves = (count: number, seed = 0) =>
  Array.from({ length: count }, (_, index) => leafHash(sha256, utf8(`leaf ${seed} ${index}`)));
const flip = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at % bytes.length ? byte ^ 1 : byte));

describe('SHA-256', () => {
  it('gives the values of the standard', () => {
    const of = (text: string) => toHex(sha256(utf8(text)));
    expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(of('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    );
    expect(of('a'.repeat(1_000_000))).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  });

  it('agrees with the platform on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (data) => {
        expect(toHex(sha256(data))).toBe(toHex(new Uint8Array(await platform.crypto.subtle.digest('SHA-256', data))));
      }),
    );
  });
});

describe('bytes and canonical JSON', () => {
  it('writes UTF-8 as the platform does, and refuses half a pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(utf8(text)).toEqual(new platform.TextEncoder().encode(text));
      }),
    );
    expect(() => utf8('a\ud800')).toThrow(/surrogate/);
    expect(() => fromHex('0g')).toThrow(/hexadecimal/);
    expect(fromHex('00ff')).toEqual(Uint8Array.of(0, 255));
  });

  it('does not depend on the order of names and can be read back', () => {
    expect(canonicalJson({ b: [1, true, null], a: { d: 'é"', c: -0.5 } })).toBe(
      '{"a":{"c":-0.5,"d":"é\\""},"b":[1,true,null]}',
    );
    expect(() => canonicalJson(Number.NaN)).toThrow(/JSON/);
    expect(() => canonicalJson({ a: undefined } as unknown as Json)).toThrow(/leave absent/);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});

describe('the Merkle tree', () => {
  const node = (a: Uint8Array, b: Uint8Array) => sha256(concat(Uint8Array.of(1), a, b));

  it('has the shape of RFC 9162', () => {
    const [a, b, c, d, e, f, g] = leaves(7) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const left = node(node(a, b), node(c, d));
    const right = node(node(e, f), g);
    expect(merkleRoot(sha256, leaves(7))).toEqual(node(left, right));
    expect(leafHash(sha256, utf8('d'))).toEqual(sha256(Uint8Array.of(0, 100)));
    expect(toHex(merkleRoot(sha256, []))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    // The examples of RFC 9162, section 2.1.5.
    expect(inclusionProof(sha256, leaves(7), 0)).toEqual([b, node(c, d), right]);
    expect(inclusionProof(sha256, leaves(7), 3)).toEqual([c, node(a, b), right]);
    expect(inclusionProof(sha256, leaves(7), 4)).toEqual([f, g, left]);
    expect(inclusionProof(sha256, leaves(7), 6)).toEqual([node(e, f), left]);
    expect(consistencyProof(sha256, leaves(7), 3)).toEqual([c, d, node(a, b), right]);
    expect(consistencyProof(sha256, leaves(7), 4)).toEqual([right]);
    expect(consistencyProof(sha256, leaves(7), 6)).toEqual([node(e, f), g, left]);
  });

  it('grows leaf by leaf to the same root', () => {
    const tree = createGrowingTree(sha256);
    expect(tree.root()).toEqual(merkleRoot(sha256, []));
    leaves(70).forEach((leaf, index, all) => {
      tree.add(leaf);
      expect([tree.size, toHex(tree.root())]).toEqual([index + 1, toHex(merkleRoot(sha256, all.slice(0, index + 1)))]);
    });
  });

  it('proves every leaf, and no other leaf, place, size or root', () => {
    const sizes = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), (size, pick, at, wrong) => {
        const list = leaves(size);
        const index = pick % size;
        const claim = { leaf: list[index] as Uint8Array, index, size, root: merkleRoot(sha256, list) };
        const proof = inclusionProof(sha256, list, index);
        expect(verifyInclusion(sha256, claim, proof)).toBe(true);
        expect(verifyInclusion(sha256, { ...claim, leaf: flip(claim.leaf, at) }, proof)).toBe(false);
        expect(verifyInclusion(sha256, { ...claim, root: flip(claim.root, at) }, proof)).toBe(false);
        const otherIndex = wrong % (size + 1);
        if (otherIndex !== index) expect(verifyInclusion(sha256, { ...claim, index: otherIndex }, proof)).toBe(false);
        expect(verifyInclusion(sha256, claim, [...proof, claim.leaf])).toBe(false);
        if (proof.length === 0) return;
        expect(verifyInclusion(sha256, claim, proof.slice(1))).toBe(false);
        const hit = at % proof.length;
        const bent = proof.map((hash, place) => (place === hit ? flip(hash, wrong) : hash));
        expect(verifyInclusion(sha256, claim, bent)).toBe(false);
      }),
      { numRuns: 150 },
    );
    const three = leaves(3);
    expect(() => inclusionProof(sha256, three, 3)).toThrow(/not in a tree/);
  });

  it('proves that a tree has only grown', () => {
    for (let size = 1; size <= 20; size += 1) {
      const list = leaves(size);
      const newer = { size, root: merkleRoot(sha256, list) };
      for (let count = 1; count <= size; count += 1) {
        const older = { size: count, root: merkleRoot(sha256, list.slice(0, count)) };
        expect([
          size,
          count,
          verifyConsistency(sha256, { older, newer }, consistencyProof(sha256, list, count)),
        ]).toEqual([size, count, true]);
      }
    }
    expect(() => consistencyProof(sha256, leaves(3), 0)).toThrow(/not in a tree/);
    expect(() => consistencyProof(sha256, leaves(3), 4)).toThrow(/not in a tree/);
  });

  it('finds a changed beginning, whatever the proof says', () => {
    const sizes = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), fc.nat(), (size, pick, changed, at) => {
        const list = leaves(size);
        const count = 1 + (pick % (size - 1));
        const older = { size: count, root: merkleRoot(sha256, list.slice(0, count)) };
        const forged = list.map((leaf, index) => (index === changed % count ? flip(leaf, at) : leaf));
        const newer = { size, root: merkleRoot(sha256, forged) };
        expect(verifyConsistency(sha256, { older, newer }, consistencyProof(sha256, forged, count))).toBe(false);
        expect(verifyConsistency(sha256, { older, newer }, consistencyProof(sha256, list, count))).toBe(false);
        const honest = { size, root: merkleRoot(sha256, list) };
        const proof = consistencyProof(sha256, list, count);
        const bent = proof.map((hash, place) => (place === changed % proof.length ? flip(hash, at) : hash));
        expect(verifyConsistency(sha256, { older, newer: honest }, bent)).toBe(false);
        expect(verifyConsistency(sha256, { older, newer: honest }, [...proof, older.root])).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});
