import type { QueryNode } from '@quanlian/contract';
import { FIELDS, QueryNodeSchema } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeQuery } from '../normal.js';
import { LONGEST_QUERY, parseQuery } from '../parse.js';
import { printQuery } from './print.js';

const term = (text: string, field = 'text'): QueryNode => ({ op: 'term', field, text });
const phrase = (text: string, field = 'text'): QueryNode => ({ op: 'phrase', field, text });
const not = (clause: QueryNode): QueryNode => ({ op: 'not', clause });
const and = (...clauses: QueryNode[]): QueryNode => ({ op: 'and', clauses });
const or = (...clauses: QueryNode[]): QueryNode => ({ op: 'or', clauses });

const read: readonly (readonly [string, QueryNode])[] = [
  ['', { op: 'all' }],
  ['   　', { op: 'all' }],
  ['*', { op: 'all' }],
  ['pump valve', and(term('pump'), term('valve'))],
  ['pump AND valve', and(term('pump'), term('valve'))],
  ['电池，隔膜', and(term('电池'), term('隔膜'))],
  ['pump, valve;', and(term('pump'), term('valve'))],
  ['1,2-dichloroethane', term('1,2-dichloroethane')],
  ['"heat pump"', phrase('heat pump')],
  ['“热泵”', phrase('热泵')],
  ['"a \\"b\\" c"', phrase('a "b" c')],
  ['pump -valve', and(term('pump'), not(term('valve')))],
  ['pump －valve', and(term('pump'), not(term('valve')))],
  ['pump NOT valve', and(term('pump'), not(term('valve')))],
  ['a b OR c', or(and(term('a'), term('b')), term('c'))],
  ['a 或 b', or(term('a'), term('b'))],
  ['a (b OR c)', and(term('a'), or(term('b'), term('c')))],
  ['（a 或 b） c', and(or(term('a'), term('b')), term('c'))],
  ['title:pump', term('pump', 'title')],
  ['TI:pump', term('pump', 'title')],
  ['标题：泵', term('泵', 'title')],
  ['申请人:"某 公司"', phrase('某 公司', 'applicant')],
  ['title:(a b)', and(term('a', 'title'), term('b', 'title'))],
  ['title:(a OR abstract:b)', or(term('a', 'title'), term('b', 'abstract'))],
  ['text:a', term('a')],
  ['batter*', { op: 'prefix', field: 'text', text: 'batter' }],
  ['title:batter＊', { op: 'prefix', field: 'title', text: 'batter' }],
  ['=后', { op: 'term', field: 'text', text: '后', exact: true }],
  ['title:="乾 燥"', { op: 'phrase', field: 'title', text: '乾 燥', exact: true }],
  ['10:30', term('10:30')],
  ['http://a.example/b', term('http://a.example/b')],
  ['std::sort', term('std::sort')],
  ['date:2020', { op: 'range', field: 'date', from: '2020', to: '2020' }],
  ['date:2020..2022', { op: 'range', field: 'date', from: '2020', to: '2022' }],
  ['date:2020-05..', { op: 'range', field: 'date', from: '2020-05' }],
  ['date:..20200512', { op: 'range', field: 'date', to: '2020-05-12' }],
  ['date:>=2020-05', { op: 'range', field: 'date', from: '2020-05' }],
  ['date:>2020', { op: 'range', field: 'date', from: '2021' }],
  ['date:>2020-12-31', { op: 'range', field: 'date', from: '2021-01-01' }],
  ['date:<2020-03-01', { op: 'range', field: 'date', to: '2020-02-29' }],
  ['申请日：2020年5月12日', { op: 'range', field: 'filed', from: '2020-05-12', to: '2020-05-12' }],
  ['date:2020-02..2020', { op: 'range', field: 'date', from: '2020-02', to: '2020' }],
  ['date:..', { op: 'range', field: 'date' }],
  ['class:h01m', { op: 'class', field: 'class', symbol: 'H01M', below: true }],
  ['class:H01M10/00', { op: 'class', field: 'class', symbol: 'H01M 10/00', below: true }],
  ['class:H01M10', { op: 'class', field: 'class', symbol: 'H01M 10/00', below: true }],
  ['class:H01M 10/0525', { op: 'class', field: 'class', symbol: 'H01M 10/0525', below: false }],
  ['cpc:H01M10/0525+', { op: 'class', field: 'cpc', symbol: 'H01M 10/0525', below: true }],
  ['class:=H01M', { op: 'class', field: 'class', symbol: 'H01M', below: false }],
  ['class:H01M10/05*', { op: 'prefix', field: 'class', text: 'H01M 10/05' }],
  ['office:cn', { op: 'value', field: 'office', value: 'CN' }],
  ['专利类型:实用新型', { op: 'value', field: 'type', value: 'utility-model' }],
  ['kind:B*', { op: 'prefix', field: 'kind', text: 'B' }],
  ['id:EP 1', and({ op: 'value', field: 'id', value: 'EP' }, term('1'))],
  ['id:"EP 1 000 000 B1"', { op: 'value', field: 'id', value: 'EP1000000B1' }],
  ['申请号:ZL200710308494.X', { op: 'value', field: 'application', value: 'CN200710308494' }],
  ['公开（公告）号：CN101234567A', { op: 'value', field: 'id', value: 'CN101234567A' }],
  ['公开(公告)号:CN101234567A', { op: 'value', field: 'id', value: 'CN101234567A' }],
  ['--a', term('a')],
  ['-*', { op: 'none' }],
  ['@next/3(a "b c")', { op: 'near', field: 'text', texts: ['a', 'b c'], distance: 3, ordered: true }],
];

const refused: readonly (readonly [string, string, number, number])[] = [
  ['foo:bar', 'query.unknown_field', 0, 3],
  ['a 类别：b', 'query.unknown_field', 2, 4],
  ['a OR', 'query.missing_operand', 4, 4],
  ['OR a', 'query.missing_operand', 0, 2],
  ['a "b', 'query.unclosed_quote', 2, 4],
  ['(a', 'query.unclosed_group', 0, 1],
  ['a)', 'query.extra_bracket', 1, 2],
  ['a ()', 'query.empty_group', 2, 4],
  ['title:', 'query.missing_value', 0, 6],
  ['date:2021-13', 'query.bad_date', 5, 12],
  ['date:2021-02-29', 'query.bad_date', 5, 15],
  ['date:2022..2020', 'query.bad_date', 5, 15],
  ['class:H1', 'query.bad_class', 6, 8],
  ['a*b', 'query.bad_wildcard', 0, 3],
  ['=ab*', 'query.bad_wildcard', 1, 4],
  ['pump - valve', 'query.nothing_to_find', 5, 6],
  ['@near(a b)', 'query.bad_call', 0, 5],
];

describe('simple syntax', () => {
  it.each(read)('reads %s', (text, ast) => {
    const answer = parseQuery(text, 'simple');
    expect(answer.errors).toEqual([]);
    expect(answer.ast).toEqual(ast);
    expect(parseQuery(answer.canonical ?? '', 'simple').ast).toEqual(ast);
  });

  it.each(refused)('refuses %s', (text, code, from, to) => {
    const answer = parseQuery(text, 'simple');
    expect(answer).toMatchObject({ valid: false, ast: null, canonical: null });
    expect(answer.errors[0]).toMatchObject({ code, from, to });
  });

  it('names every unknown field and every bad value', () => {
    expect(parseQuery('foo:a bar:b', 'simple').errors.map((e) => e.code)).toEqual([
      'query.unknown_field',
      'query.unknown_field',
    ]);
    expect(parseQuery('date:x class:9', 'simple').errors.map((e) => e.code)).toEqual([
      'query.bad_date',
      'query.bad_class',
    ]);
  });

  it('takes every field by every name it has', () => {
    for (const { name, aliases, kind } of FIELDS) {
      const value = kind === 'date' ? '2020' : kind === 'class' ? 'H01M' : 'EP1000000';
      for (const alias of [name, ...aliases]) {
        const { ast } = parseQuery(`${alias}:${value}`, 'simple');
        expect(ast, alias).toMatchObject({ field: name });
      }
    }
  });

  it('bounds length and depth', () => {
    expect(parseQuery('电'.repeat(40_000), 'simple').errors[0]?.code).toBe('query.too_long');
    expect(parseQuery('a'.repeat(LONGEST_QUERY + 1), 'simple').errors[0]?.code).toBe('query.too_long');
    expect(parseQuery(`${'('.repeat(101)}a${')'.repeat(101)}`, 'simple').errors[0]?.code).toBe('query.too_deep');
    expect(parseQuery(`${'('.repeat(100)}a${')'.repeat(100)}`, 'simple').ast).toEqual(term('a'));
    expect(parseQuery(`${'-'.repeat(90_001)}a`, 'simple').ast).toEqual(not(term('a')));
    expect(parseQuery(`${'a OR '.repeat(19_000)}a`, 'simple').valid).toBe(true);
  });

  it('answers hostile input at once', () => {
    const blanks = ' '.repeat(40_000);
    const inputs = [
      `class:"A${blanks}("`,
      `id:"1${blanks}x"`,
      `date:"${'.'.repeat(60_000)}"`,
      `${'a:'.repeat(30_000)}`,
      '@near/1('.repeat(9_000),
    ];
    const start = Date.now();
    for (const input of inputs) parseQuery(input, 'simple');
    expect(Date.now() - start).toBeLessThan(2_000);
  });

  it('keeps the number of a family as it is written', () => {
    expect(parseQuery('family:200710308494', 'simple').ast).toEqual({
      op: 'value',
      field: 'family',
      value: '200710308494',
    });
    expect(parseQuery('同族：demo-000012', 'simple').ast).toEqual({
      op: 'value',
      field: 'family',
      value: 'DEMO-000012',
    });
  });
});

const text = fc
  .array(
    fc.constantFrom(
      'a',
      'Q',
      '7',
      '电',
      '后',
      ' ',
      '-',
      '"',
      '”',
      '\\',
      '(',
      '）',
      ':',
      '：',
      '*',
      '=',
      '@',
      ',',
      'OR',
      '或',
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join(''))
  .filter((t) => /[\p{L}\p{N}]/u.test(t));
const fieldOf = (...kinds: string[]) =>
  fc.constantFrom(...FIELDS.filter((f) => kinds.includes(f.kind)).map((f) => f.name));
const date = fc.constantFrom('2019', '2020-02', '2020-02-29', '2021-12-31');
const dates = fc
  .tuple(fc.option(date), fc.option(date))
  .filter(([a, b]) => !a || !b || a.slice(0, b.length) <= b.slice(0, a.length));
const symbol = fc.constantFrom('H', 'H01', 'H01M', 'H01M 10/00', 'H01M 10/0525', 'Y02E 60/10');

const { tree } = fc.letrec<{ tree: QueryNode }>((tie) => {
  const clauses = fc.array(tie('tree'), { maxLength: 3 });
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<QueryNode>({ op: 'all' }, { op: 'none' }),
      fc.record({
        op: fc.constantFrom('term' as const, 'phrase' as const),
        field: fieldOf('text', 'name'),
        text,
        exact: fc.boolean(),
      }),
      fc.record({ op: fc.constant('prefix' as const), field: fieldOf('text', 'name'), text }),
      fc.record({
        op: fc.constant('value' as const),
        field: fc.constant('office'),
        value: fc.constantFrom('CN', 'EP'),
      }),
      fc.record({
        op: fc.constant('value' as const),
        field: fieldOf('number'),
        value: fc.constantFrom('EP1000000', 'US7654321B2'),
      }),
      fc.record({ op: fc.constant('class' as const), field: fieldOf('class'), symbol, below: fc.boolean() }),
      fc.record({ field: fieldOf('date'), ends: dates }).map(
        ({ field, ends: [from, to] }): QueryNode => ({
          op: 'range',
          field,
          from: from ?? undefined,
          to: to ?? undefined,
        }),
      ),
      fc.record({
        op: fc.constant('near' as const),
        field: fieldOf('text', 'name'),
        texts: fc.array(text, { minLength: 1, maxLength: 3 }),
        distance: fc.nat(50),
        ordered: fc.boolean(),
      }),
      fc.record({
        op: fc.constant('ids' as const),
        ids: fc.array(fc.constantFrom('EP1B1', 'CN 2', 'x"y'), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ op: fc.constantFrom('and' as const, 'or' as const), clauses }),
      fc.record({ op: fc.constantFrom('not' as const, 'filter' as const), clause: tie('tree') }),
      fc.record({
        op: fc.constant('boost' as const),
        clause: tie('tree'),
        factor: fc.constantFrom(0.5, 2, 1e-7, 1e21),
      }),
    ),
  };
});

describe('properties', () => {
  it('printing and reading gives the normal form', () => {
    fc.assert(
      fc.property(tree, (ast) => {
        const answer = parseQuery(printQuery(ast), 'simple');
        expect(answer.errors).toEqual([]);
        expect(answer.ast).toEqual(normalizeQuery(ast));
        expect(answer.canonical).toBe(printQuery(ast));
      }),
      { numRuns: 3000 },
    );
  });

  it('any text is read or refused with places, and what is read has the shape of a query', () => {
    const mixed = fc.array(
      fc.oneof(
        fc.constantFrom(
          'a',
          '电',
          ' ',
          '"',
          '(',
          ')',
          ':',
          'title:',
          'date:',
          'class:',
          '-',
          '=',
          '*',
          'OR',
          '@near/2(',
          '..',
          '>',
          '2020',
          'H01M',
          '\\',
          '：',
          '“',
        ),
        fc.string({ unit: 'binary' }),
      ),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(mixed, (parts) => {
        const input = parts.join('');
        const answer = parseQuery(input, 'simple');
        expect(answer.valid).toBe(answer.errors.length === 0);
        for (const error of answer.errors) {
          expect(error.message).not.toBe('');
          expect(error.from).toBeGreaterThanOrEqual(0);
          expect(error.to).toBeGreaterThanOrEqual(error.from);
          expect(error.to).toBeLessThanOrEqual(input.length);
        }
        if (answer.ast) {
          expect(QueryNodeSchema.safeParse(answer.ast).success).toBe(true);
          expect(parseQuery(answer.canonical ?? '', 'simple').ast).toEqual(answer.ast);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
