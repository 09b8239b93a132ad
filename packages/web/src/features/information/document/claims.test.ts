import type { Claim } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClaimNode, claimTree, parentNumbers } from './claims.js';

const claim = (number: number, ...dependsOn: number[]): Claim => ({ lang: 'en', number, text: `${number}`, dependsOn });

/** `1(2(3) 4)` for a tree. */
const shape = (nodes: readonly ClaimNode[]): string =>
  nodes.map(({ claim: c, children }) => c.number + (children.length > 0 ? `(${shape(children)})` : '')).join(' ');

const count = (nodes: readonly ClaimNode[]): number =>
  nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);

describe('claimTree', () => {
  it('puts a claim under the one it depends on, in printed order', () => {
    const tree = claimTree([claim(1), claim(2, 1), claim(3, 2), claim(4, 1), claim(5), claim(6, 5)]);
    expect(shape(tree)).toBe('1(2(3) 4) 5(6)');
    expect(parentNumbers(tree)).toEqual([1, 2, 5]);
  });

  it('puts a claim that depends on several under the first and names the others', () => {
    const [first] = claimTree([claim(1), claim(2, 1), claim(3, 1, 2)]);
    expect(first?.children.map(({ claim: c, alsoDependsOn }) => [c.number, alsoDependsOn])).toEqual([
      [2, []],
      [3, [2]],
    ]);
  });

  it('takes claims that name themselves, missing claims, later claims or a circle', () => {
    expect(shape(claimTree([claim(1, 1), claim(2, 9)]))).toBe('1 2');
    expect(shape(claimTree([claim(1, 2), claim(2)]))).toBe('2(1)');
    expect(shape(claimTree([claim(1, 3), claim(2, 1), claim(3, 2)]))).toBe('3(1(2))');
  });

  it('loses no claim and repeats none, whatever the numbers', () => {
    const number = fc.integer({ min: 1, max: 8 });
    const any = fc.tuple(number, fc.array(number, { maxLength: 3 })).map(([n, on]) => claim(n, ...on));
    fc.assert(fc.property(fc.array(any, { maxLength: 12 }), (claims) => count(claimTree(claims)) === claims.length));
  });
});
