import { PatentDocumentSchema } from '@quanlian/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChecker } from './checker.js';

const check = createChecker(PatentDocumentSchema);

const whole = {
  id: 'EP1B1',
  office: 'EP',
  number: '1',
  date: '2003-02-12',
  titles: { en: 'A lamp' },
  claims: [{ lang: 'en', number: 1, text: 'A lamp.', dependsOn: [] }],
  description: [{ lang: 'en', text: 'It shines.' }],
  citations: [{ id: 'EP2A1', date: '1999', npl: null }],
  classifications: [{ scheme: 'IPC', symbol: 'F21K 9/00' }],
  correction: null,
  sources: [{ format: 'ep-st36', file: 'a.xml', offset: 0, sha256: 'x' }],
  extra: { other: [1, { a: true }] },
};

/** Every place in a value, as the keys that lead there. */
function places(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, one]) => places(one).map((rest) => [key, ...rest]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[key] = replaced((value as Record<string, unknown>)[key], rest, by);
  return copy;
}

test('a whole document fits', () => {
  expect(check(whole)).toBe(true);
  expect(PatentDocumentSchema.safeParse(whole).success).toBe(true);
});

test('whatever is put in whatever place, the answer is that of the schema', () => {
  let refused = 0;
  const other = fc.constantFrom<unknown>(
    '',
    '2003-13-01',
    'x',
    0,
    1.5,
    -1,
    true,
    null,
    undefined,
    [],
    [null],
    {},
    { en: 1 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...places(whole)), other, (place, value) => {
      const candidate = replaced(whole, place, value);
      const fits = PatentDocumentSchema.safeParse(candidate).success;
      if (!fits) refused += 1;
      expect(check(candidate)).toBe(fits);
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(100);
});
