import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fastKernel, KERNEL_BYTES, KERNEL_STEP, plainKernel } from './bit-kernel.js';

const JOINS = ['and', 'or', 'xor', 'without'] as const;

test('WebAssembly joins and counts as JavaScript does', () => {
  const fast = fastKernel();
  expect(fast).toBeDefined();
  if (fast === undefined) return;
  const plain = plainKernel();
  const half = KERNEL_BYTES / KERNEL_STEP / 2;
  fc.assert(
    fc.property(
      fc.integer(),
      fc.constantFrom(...JOINS),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: half - 40 }),
      fc.integer({ min: half, max: 2 * half - 40 }),
      (seed, join, steps, into, from) => {
        let state = seed;
        for (let i = 0; i < plain.words.length; i++) {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
          plain.words[i] = state ^ (state >>> 15);
        }
        fast.words.set(plain.words);
        plain[join](into * KERNEL_STEP, from * KERNEL_STEP, steps * KERNEL_STEP);
        fast[join](into * KERNEL_STEP, from * KERNEL_STEP, steps * KERNEL_STEP);
        expect(Buffer.compare(Buffer.from(fast.words.buffer), Buffer.from(plain.words.buffer))).toBe(0);
        expect(fast.count(into * KERNEL_STEP, steps * KERNEL_STEP)).toBe(
          plain.count(into * KERNEL_STEP, steps * KERNEL_STEP),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test('WebAssembly joins lists as JavaScript does', () => {
  const fast = fastKernel();
  const plain = plainKernel();
  expect(fast).toBeDefined();
  if (fast === undefined) return;
  const size = KERNEL_BYTES * 4;
  fc.assert(
    fc.property(
      fc.constantFrom('orList' as const, 'xorList' as const, 'withoutList' as const),
      fc.uniqueArray(fc.nat({ max: size - 1 }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 0, max: 50 }),
      (join, numbers, from) => {
        // Numbers stand in the second half, their set in the first; it may seem to begin before the memory does.
        const shift = from * KERNEL_STEP * 8;
        const list = Uint32Array.from(numbers, (number) => number + shift).sort();
        for (const kernel of [plain, fast]) {
          kernel.words.fill(0x0f0f0f0f);
          kernel.words.set(list, KERNEL_BYTES / 8);
          kernel[join](-from * KERNEL_STEP, KERNEL_BYTES / 2, list.length * 4);
        }
        expect(Buffer.compare(Buffer.from(fast.words.buffer), Buffer.from(plain.words.buffer))).toBe(0);
        const wanted = { orList: true, xorList: undefined, withoutList: false }[join];
        for (const number of numbers) {
          const isIn = (plain.words[number >>> 5] & (1 << (number & 31))) !== 0;
          expect(isIn).toBe(wanted ?? (number & 4) !== 0);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('counts sets in which every bit is set', () => {
  for (const kernel of [plainKernel(), fastKernel()]) {
    kernel?.words.fill(0xffffffff);
    expect(kernel?.count(0, KERNEL_BYTES)).toBe(KERNEL_BYTES * 8);
  }
});
