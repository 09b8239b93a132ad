import { FIELDS } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../parse.js';
import { sameMeaning } from '../query.fixture.js';
import { CNIPA_CASES } from './cases.fixture.js';
import { CNIPA_SETTINGS, NAME_OF } from './fields.js';
import { parseCnipa } from './grammar.js';

describe('Chinese command style', () => {
  it.each(CNIPA_CASES)('$query', ({ query, means, refused }) => {
    const answer = parseQuery(query, 'cnipa');
    if (refused) {
      const [code, from, to] = refused;
      expect(answer).toMatchObject({ valid: false, ast: null });
      expect(answer.errors[0]).toMatchObject({ code, from, to });
      return;
    }
    const wanted = parseQuery(means ?? '', 'simple');
    expect(wanted.errors).toEqual([]);
    expect(answer.errors).toEqual([]);
    expect(answer.ast && sameMeaning(answer.ast)).toEqual(wanted.ast && sameMeaning(wanted.ast));
  });

  it('has a Chinese name for every field, and takes every name it has', () => {
    for (const { name, aliases, kind } of FIELDS) {
      const value = kind === 'date' ? '2020' : kind === 'class' ? 'H01M' : 'EP1000000';
      for (const alias of [name, ...aliases, NAME_OF[name] ?? '']) {
        expect(parseQuery(`${alias}=${value}`, 'cnipa').ast, alias).toMatchObject({ field: name });
      }
    }
  });

  it('joins words by what is set, and knows only the letters that are set', () => {
    const settings = { ...CNIPA_SETTINGS, blank: 'or' as const, letters: {} };
    expect(parseCnipa('a b', settings).ast?.op).toBe('or');
    expect(parseCnipa('a 3W b', settings).ast).toMatchObject({ op: 'or', clauses: [{}, { text: '3W' }, {}] });
  });
});
