import { describe, expect, it } from 'vitest';
import type { SearchState } from '../search/state.js';
import { classPlace, toClassPlace } from './classLevels.js';

const state = (filters: SearchState['filters']): SearchState => ({
  q: 'x',
  filters,
  sort: 'relevance',
  page: 3,
  families: true,
  synonyms: false,
  merged: false,
  schemes: [],
});

describe('the place in the tree of classes', () => {
  it('starts at the sections', () => {
    expect(classPlace([{ name: 'office', value: 'EP' }])).toEqual({ path: [], shown: 'section', prefix: '' });
  });

  it('shows the level below the chosen symbol, with the way back', () => {
    expect(classPlace([{ name: 'subclass', value: 'G06F' }])).toEqual({
      path: [
        { level: 'section', value: 'G' },
        { level: 'class', value: 'G06' },
        { level: 'subclass', value: 'G06F' },
      ],
      shown: 'group',
      prefix: 'G06F',
    });
  });

  it('shows a chosen group among its neighbours', () => {
    expect(classPlace([{ name: 'group', value: 'G06F 17' }])).toMatchObject({ shown: 'group', prefix: 'G06F' });
  });

  it('goes up or out and keeps other filters', () => {
    const deep = state([
      { name: 'subclass', value: 'G06F' },
      { name: 'office', value: 'EP' },
    ]);
    expect(toClassPlace(deep, { level: 'section', value: 'G' })).toMatchObject({
      filters: [
        { name: 'office', value: 'EP' },
        { name: 'section', value: 'G' },
      ],
      page: 1,
    });
    expect(toClassPlace(deep, undefined).filters).toEqual([{ name: 'office', value: 'EP' }]);
  });
});
