import { expect, test } from 'vitest';
import { ByteCache } from './cache.js';

const OVERHEAD = 160;
const size = (): number => 100;

/** Asks for a key and says whether its value had to be made. */
function ask(keeper: { get: ByteCache['get'] }, key: string | number): boolean {
  let made = false;
  keeper.get(
    key,
    () => {
      made = true;
      return `value ${key}`;
    },
    size,
  );
  return made;
}

test('what is kept never takes more than the bound', () => {
  const cache = new ByteCache(3 * (100 + OVERHEAD));
  for (let key = 0; key < 50; key++) {
    ask(cache, key);
    ask(cache, key % 7);
    expect(cache.bytes).toBeLessThanOrEqual(cache.bound);
  }
});

test('what was asked for lately outlives what was not', () => {
  const cache = new ByteCache(3 * (100 + OVERHEAD));
  for (const key of ['a', 'b', 'c']) ask(cache, key);
  expect(ask(cache, 'a')).toBe(false);
  ask(cache, 'd');
  expect(ask(cache, 'a')).toBe(false);
  expect(ask(cache, 'b')).toBe(true);
});

test('a value above the bound is handed out and not kept', () => {
  const cache = new ByteCache(100);
  expect(cache.get('a', () => 'large', size)).toBe('large');
  expect(cache.bytes).toBe(0);
});

test('shelves have keys of their own, share the bound and are cleared alone', () => {
  const cache = new ByteCache(10 * (100 + OVERHEAD));
  const [one, other] = [cache.shelf(), cache.shelf()];
  expect([ask(one, 'a'), ask(other, 'a'), ask(one, 'a')]).toEqual([true, true, false]);
  one.clear();
  expect(cache.bytes).toBe(100 + OVERHEAD);
  expect([ask(other, 'a'), ask(one, 'a')]).toEqual([false, true]);
});
