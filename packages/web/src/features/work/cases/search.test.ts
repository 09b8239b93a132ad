import { describe, expect, it } from 'vitest';
import { caseFilter, tidyCaseSearch } from './search.js';

describe('the address of the list of cases', () => {
  it('keeps what it can mean and leaves out the rest', () => {
    const raw = {
      view: 'wall',
      open: 'maybe',
      overdue: 'true',
      month: '2026-13',
      offset: '-5',
      text: '',
      process: 'p',
    };
    expect(tidyCaseSearch(raw)).toEqual({ overdue: 'true', process: 'p' });
    expect(tidyCaseSearch({ view: 'board', offset: '50', month: '2026-03' })).toEqual({
      view: 'board',
      offset: 50,
      month: '2026-03',
    });
  });

  it('asks the server only for which cases, not how they are shown', () => {
    expect(caseFilter({ view: 'board', month: '2026-03', offset: 50, process: 'p', open: 'true' })).toEqual({
      process: 'p',
      open: 'true',
    });
  });
});
