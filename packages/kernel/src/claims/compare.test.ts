import type { Claim } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareClaims } from './compare.js';
import { compareWords } from './words.js';

const claims = (...texts: string[]): Claim[] =>
  texts.map((text, i) => ({ lang: 'en', number: i + 1, text, dependsOn: [] }));
const told = (rows: ReturnType<typeof compareClaims>) =>
  rows.map(({ before, after, change }) => `${before ?? '-'}>${after ?? '-'} ${change}`);

describe('two versions of claims', () => {
  it('tells what became of each: taken in, dropped, moved up, worded anew', () => {
    const before = claims(
      'A battery with an anode and a cathode.',
      'The battery of claim 1, wherein the anode is lithium.',
      'The battery of claim 1, wherein the cathode is porous and coated with a polymer layer.',
    );
    const after = claims(
      'A battery with an anode and a cathode, wherein the anode is lithium.',
      'The battery of claim 1, wherein the cathode is porous and coated with a polymer layer.',
      'A vehicle driven by electric motors fed from several such sources of current.',
    );
    const rows = compareClaims(before, after);
    expect(told(rows)).toEqual(['1>1 changed', '2>- deleted', '3>2 same', '->3 added']);
    expect(rows[0]?.pieces).toEqual([
      { op: 'same', text: 'A battery with an anode and a cathode' },
      { op: 'added', text: ', wherein the anode is lithium' },
      { op: 'same', text: '.' },
    ]);
  });

  it.each([
    ['一种锂电池,包括正极和负极。', '一种固态锂电池,包括正极、负极。', '固态'],
    ['リチウム電池であって正極を備える。', 'リチウム電池であって負極を備える。', '負'],
    ['리튬 전지 및 양극을 포함하는 장치', '리튬 전지 및 음극을 포함하는 장치', '음'],
    ['Батарея с анодом из лития.', 'Батарея с катодом из лития.', 'катодом'],
  ])('finds the changed words of %s', (before, after, added) => {
    const pieces = compareWords(before, after);
    expect(pieces.some(({ op, text }) => op === 'added' && text.includes(added))).toBe(true);
    expect(pieces.filter(({ op }) => op === 'same').length).toBeGreaterThan(0);
  });

  it('gives both texts back from the pieces, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('电', '池', 'a', 'b', ' ', ',', '가', '\n', '1'), maxLength: 40 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = compareWords(before, after);
        const side = (op: string) => pieces.filter((piece) => piece.op !== op).map((piece) => piece.text);
        expect(side('added').join('')).toBe(before);
        expect(side('deleted').join('')).toBe(after);
        for (let i = 1; i < pieces.length; i++) expect(pieces[i]?.op).not.toBe(pieces[i - 1]?.op);
      }),
    );
  });

  it('names every claim of both versions once', () => {
    const list = fc.array(fc.string({ unit: fc.constantFrom('x', 'y', 'z', ' '), maxLength: 12 }), { maxLength: 7 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        const rows = compareClaims(claims(...before), claims(...after));
        const numbers = (side: 'before' | 'after') => rows.flatMap((row) => row[side] ?? []).toSorted((a, b) => a - b);
        expect(numbers('before')).toEqual(before.map((_, i) => i + 1));
        expect(numbers('after')).toEqual(after.map((_, i) => i + 1));
      }),
    );
  });
});
