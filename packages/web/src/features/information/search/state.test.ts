import { COUNTABLE, SORTS } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '../../../app/searchParams.js';
import {
  decodeSearch,
  encodeSearch,
  pageCount,
  parseFilter,
  type SearchState,
  withFilter,
  withoutFilter,
} from './state.js';

const state: fc.Arbitrary<SearchState> = fc.record({
  q: fc.string({ unit: 'grapheme' }),
  filters: fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...COUNTABLE), value: fc.string({ minLength: 1, unit: 'grapheme' }) }),
    { maxLength: 5, selector: ({ name, value }) => `${name}:${value}` },
  ),
  sort: fc.constantFrom(...SORTS),
  page: fc.integer({ min: 1, max: 1_000_000 }),
  families: fc.boolean(),
  synonyms: fc.boolean(),
  merged: fc.boolean(),
  schemes: fc.subarray(['IPC:2026.01', 'CPC:2024.01']),
});

const start: SearchState = {
  q: '',
  filters: [],
  sort: 'relevance',
  page: 1,
  families: false,
  synonyms: false,
  merged: false,
  schemes: [],
};

describe('the address of a search', () => {
  it('gives back any state it was made from', () => {
    fc.assert(
      fc.property(state, (given) => {
        const address = stringifySearch({ ...encodeSearch(given) });
        expect(decodeSearch(parseSearch(address))).toEqual(given);
      }),
    );
  });

  it('is readable and leaves defaults out', () => {
    expect(stringifySearch({ ...encodeSearch(start) })).toBe('');
    const filters = [{ name: 'office', value: 'EP' } as const];
    expect(
      stringifySearch({
        ...encodeSearch({ ...start, q: 'a b', filters, sort: 'newest', page: 2, synonyms: true, merged: true }),
      }),
    ).toBe('?q=a+b&filter=office%3AEP&sort=newest&page=2&synonyms=true&names=merged');
  });

  it('takes an address written by hand: nonsense falls back to the default', () => {
    const raw = parseSearch(
      '?q=x&q=y&filter=nothing:1&filter=office:&filter=office:EP&filter=office:EP&sort=best&page=-3',
    );
    expect(decodeSearch(raw)).toEqual({ ...start, q: 'x', filters: [{ name: 'office', value: 'EP' }] });
  });

  it('keeps colons in values', () => {
    expect(parseFilter('applicant:A: B')).toEqual({ name: 'applicant', value: 'A: B' });
    expect(parseFilter('office')).toBeUndefined();
  });
});

describe('filters', () => {
  it('a class replaces the level above it and returns to the first page', () => {
    const inSection = withFilter({ ...start, page: 7 }, { name: 'section', value: 'H' });
    const inClass = withFilter(inSection, { name: 'class', value: 'H01' });
    expect(inClass).toEqual({ ...start, filters: [{ name: 'class', value: 'H01' }] });
  });

  it('other filters stay beside each other, and one taken twice counts once', () => {
    const office = { name: 'office', value: 'EP' } as const;
    const twice = withFilter(withFilter(withFilter(start, office), { name: 'section', value: 'G' }), office);
    expect(twice.filters).toHaveLength(2);
    expect(withoutFilter(twice, office).filters).toEqual([{ name: 'section', value: 'G' }]);
  });
});

describe('pageCount', () => {
  it('holds every hit and is never zero', () => {
    expect([0, 1, 20, 21, 1263].map(pageCount)).toEqual([1, 1, 1, 2, 64]);
  });
});
