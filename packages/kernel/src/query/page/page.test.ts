import { QueryNodeSchema, type SearchSet, SYNTAXES } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../parse.js';
import { anyQuery } from '../query.fixture.js';
import { makeAnswerable } from './answerable.js';
import { translateWhatCanBe } from './leave-out.js';
import { MARK_KINDS, markQuery } from './marks.js';
import { readCombination, resolveSets, setsIn } from './sets.js';
import { fieldBefore, fieldsOf, operatorsOf } from './words.js';

const set = (name: string, text: string, syntax: SearchSet['syntax'] = 'simple'): SearchSet => ({ name, text, syntax });

describe('sets of a history', () => {
  const sets = [set('S1', 'battery'), set('S2', 'TI/cell', 'command'), set('S3', 'S1 AND L2'), set('S4', '@set(S3) x')];

  it.each([
    ['S1 AND S2', true],
    ['s1 or (L2 not S3)', true],
    ['S1 与 S2 或 L3', true],
    ['S1', true],
    ['S1 battery', false],
    ['S9', false],
    ['AND', false],
    ['', false],
  ])('tells whether %j combines sets', (text, is) => {
    expect(readCombination(text, sets) !== undefined).toBe(is);
  });

  it('puts the queries in their place, those within them too', () => {
    const { ast } = parseQuery('@set(S4) OR @set(L2)', 'simple');
    const resolved = ast && resolveSets(ast, sets);
    expect(resolved && setsIn(resolved)).toEqual([]);
    expect(resolved).toMatchObject({
      op: 'or',
      clauses: [
        { op: 'and', clauses: [{ op: 'and', clauses: [{ text: 'battery' }, { text: 'cell' }] }, { text: 'x' }] },
        { op: 'term', field: 'title', text: 'cell' },
      ],
    });
  });

  it('refuses a set that is missing, unreadable, on itself, or grown beyond measure', () => {
    const refuse = (text: string, list: SearchSet[], code = 'query.invalid') =>
      expect(() => resolveSets(parseQuery(text, 'simple').ast ?? { op: 'none' }, list)).toThrow(
        expect.objectContaining({ code }),
      );
    refuse('@set(S8)', sets);
    refuse('@set(S1)', [set('S1', '(')]);
    refuse('@set(S1)', [set('S1', '@set(S2)'), set('S2', 'S3 OR S1'), set('S3', 'a')]);
    const doubling = Array.from({ length: 40 }, (_, i) => set(`S${i + 1}`, i === 0 ? 'a b' : `S${i} AND S${i}`));
    refuse('@set(S40)', doubling, 'query.too_costly');
  });
});

describe('what a backend can answer', () => {
  const read = (text: string) => makeAnswerable(parseQuery(text, 'cql12').ast ?? { op: 'none' });

  it('takes the order from a sort clause and drops modifiers that only weigh', () => {
    expect(read('cat sortBy date/descending')).toMatchObject({ sort: 'newest', ast: { op: 'term' } });
    expect(read('cat sortBy dc.date')).toMatchObject({ sort: 'oldest' });
    expect(read('title any/relevant cat').ast).toEqual(read('title any cat').ast);
  });

  it.each([
    ['cat sortBy dc.title', 'dc.title'],
    ['cat sortBy date/missingOmit', 'missingomit'],
    ['cat sortBy date title', 'title'],
    ['title =/stem cat', 'stem'],
    ['bath.isbn = cat', 'bath.isbn'],
  ])('refuses %s by name', (text, name) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'query.unsupported', message: expect.stringContaining(name) }),
    );
  });
});

describe.each(SYNTAXES)('the page in %s', (syntax) => {
  it('marks every piece of any text in order, none over another', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let end = 0;
        for (const { from, to, kind } of markQuery(text, syntax)) {
          expect(MARK_KINDS).toContain(kind);
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes what it can of any query and names the rest', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const { text, lost } = translateWhatCanBe(query, syntax);
        if (text === '') {
          expect(lost.length).toBeGreaterThan(0);
          return;
        }
        const { ast, errors } = parseQuery(text, syntax);
        expect(errors, text).toEqual([]);
        expect(QueryNodeSchema.safeParse(ast).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('offers fields and operators that it reads, and knows in which field a value is typed', () => {
    expect(operatorsOf(syntax).length).toBeGreaterThan(5);
    for (const { field, text } of fieldsOf(syntax)) {
      const value = { date: '2020', class: 'H01M', keyword: 'CN', number: 'EP1000000' }[field.kind as string] ?? 'abc';
      expect(parseQuery(`${text}${value}`, syntax).errors, text).toEqual([]);
      if (!text.startsWith('@')) expect([text, fieldBefore(`x ${text}`, syntax)?.name]).toEqual([text, field.name]);
    }
    expect(fieldBefore('plain words ', syntax)).toBeUndefined();
  });
});

it('leaves out what has no writing and says so', () => {
  const { ast } = parseQuery('ti=battery and cpci=A01B', 'cql');
  const partial = ast && translateWhatCanBe(ast, 'cnipa');
  expect(partial).toEqual({ text: '发明名称=battery', lost: ['@index("cpci" "=" "A01B")'] });
});
