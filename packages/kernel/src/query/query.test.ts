import { QueryNodeSchema, SYNTAXES, type Syntax } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeQuery } from './normal.js';
import { LONGEST_QUERY, parseQuery } from './parse.js';
import { anyQuery, sameMeaning } from './query.fixture.js';
import { translateQuery } from './translate.js';

const utf8Length = (text: string): number => encodeURIComponent(text).replace(/%../g, '-').length;

const SIGNS = [
  'a',
  '电',
  ' ',
  '\n',
  '"',
  '“',
  '(',
  ')',
  '（',
  '）',
  ':',
  '=',
  '==',
  '<',
  '>',
  '>=',
  '<>',
  '/',
  '\\',
  '*',
  '?',
  '#',
  '$',
  '$3',
  '+',
  '^4',
  '~2',
  '@',
  '@PD>=2020',
  '.TI.',
  '.',
  ',',
  '&',
  '|',
  ' and ',
  ' OR ',
  ' not ',
  ' xor ',
  ' prox/unit=word ',
  ' prox/distance<=3 ',
  'ADJ2',
  'NEAR',
  'WITH',
  '3W',
  '=2D',
  'S',
  '与',
  '非',
  'ti',
  'ti=',
  'pd=',
  'cpc=',
  'title',
  '发明名称=',
  '申请日=',
  'IPC分类号=',
  '2020',
  '20200101',
  'H01M',
  'H01M10/0525',
  'EP1000000',
  'sortby',
  'any',
  'within',
  '> dc="x" ',
  'L1',
  '-',
  '，',
  '。',
  '　',
  '＝',
  '\u0000',
  '\ud800',
];

/** The languages whose parsers take what random trees print; each must be able to write at least this share of them. */
const SHARES: Readonly<Record<Syntax, number>> = { simple: 1, cql: 0.06, cql12: 0.12, command: 0.1, cnipa: 0.12 };

/** The processor's time so far in milliseconds, which other work on the machine does not add to. */
function processorTime(): number {
  const { process } = globalThis as { process?: { cpuUsage(): { user: number; system: number } } };
  const usage = process?.cpuUsage();
  return usage ? (usage.user + usage.system) / 1000 : Date.now();
}

/** Milliseconds that reading takes. */
function timed(input: string, syntax: Syntax): number {
  const start = processorTime();
  parseQuery(input, syntax);
  return processorTime() - start;
}

describe.each(SYNTAXES)('every language: %s', (syntax) => {
  it('reads back what it prints', () => {
    let printed = 0;
    let all = 0;
    fc.assert(
      fc.property(anyQuery, (query) => {
        all++;
        const translation = translateQuery(query, syntax);
        if (!('text' in translation)) {
          expect(translation.problems.length).toBeGreaterThan(0);
          return;
        }
        printed++;
        const answer = parseQuery(translation.text, syntax);
        expect(answer.errors, translation.text).toEqual([]);
        const read = answer.ast ?? { op: 'none' as const };
        expect(sameMeaning(read), translation.text).toEqual(sameMeaning(normalizeQuery(query)));
      }),
      { numRuns: 3000 },
    );
    expect(printed / all).toBeGreaterThanOrEqual(SHARES[syntax]);
  });

  it('reads or refuses any text, and its canonical text means the same', () => {
    const mixed = fc.array(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...SIGNS) }, fc.string({ unit: 'binary', maxLength: 6 })),
      {
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(mixed, (parts) => {
        const input = parts.join('');
        const answer = parseQuery(input, syntax);
        expect(answer.valid).toBe(answer.errors.length === 0);
        for (const { code, message, from, to } of answer.errors) {
          expect(code).toMatch(/^query\./);
          expect(message).toMatch(/[.。]$/u);
          expect(0 <= from && from <= to && to <= input.length, `${from}-${to} of ${input.length}`).toBe(true);
        }
        if (!answer.ast) return;
        expect(QueryNodeSchema.safeParse(answer.ast).success).toBe(true);
        const again = parseQuery(answer.canonical ?? '', syntax);
        expect(again.errors, answer.canonical ?? '').toEqual([]);
        expect(sameMeaning(again.ast ?? { op: 'none' }), answer.canonical ?? '').toEqual(sameMeaning(answer.ast));
      }),
      { numRuns: 4000 },
    );
  });

  it('answers long and hostile texts at once', () => {
    const size = LONGEST_QUERY - 10;
    const pieces = [
      'a',
      'a ',
      '(',
      '((a)',
      ')',
      '"',
      '\\',
      ' ',
      ',',
      '.',
      '/',
      '*',
      '?',
      '$',
      '#',
      '^',
      '~',
      '@',
      '=',
      '>',
      '-',
      'a=',
      'a.',
      'a/',
      'a:',
      'ti=a and ',
      'ti=a or ti=b and ',
      'a not ',
      'a and b or ',
      'a AND b OR ',
      'a ADJ b NEAR ',
      'a.TI.',
      'TI/',
      '.TI',
      '@PD>=2020',
      'NOT ',
      '非 ',
      'a 与 b 或 ',
      '发明名称=(',
      '发明名称=a ',
      '申请(',
      '申请日=2020:',
      'a prox ',
      'a prox/distance<=3 ',
      'pd=2020,',
      'prox/unit',
      '> a ',
      'a any ',
      'cpc=H01M',
      'H01M ',
      '电',
      '　',
      ' "',
      '" ',
      'a"',
      'a,',
      'a^4',
      '$1',
      '??',
      '+#',
      'xor ',
      'a XOR ',
      '-a ',
      '@xor(',
    ];
    for (const piece of pieces) {
      for (const input of [piece.repeat(Math.floor(size / utf8Length(piece))), piece.repeat(1_000_000)]) {
        const took = timed(input, syntax);
        expect(took, `${JSON.stringify(piece)} × ${input.length}`).toBeLessThan(1_000);
      }
    }
  });
});

it('translates between languages where the meaning exists', () => {
  const { ast } = parseQuery('(ti=battery or ab=battery) and pa="Apple Inc" not pd<2010 and cpc=H01M10/0525', 'cql');
  expect(ast).not.toBeNull();
  const texts = SYNTAXES.map((syntax) => (ast ? translateQuery(ast, syntax) : undefined));
  expect(texts).toEqual([
    { text: '(title:battery OR abstract:battery) applicant:"Apple Inc" -date:..2009 cpc:H01M10/0525' },
    { text: 'ta=battery and pa="Apple Inc" and cpc=H01M10/0525 not pd<=2009' },
    {
      text: '(title = battery or abstract = battery) and applicant = "Apple Inc" and cpc = "H01M 10/0525" not date <= 2009',
    },
    { text: '(battery.TI. OR battery.AB.) AND "Apple Inc".AS. AND H01M10/0525.CPC. NOT @PD<=2009' },
    {
      text: '(发明名称=battery OR 摘要=battery) AND 申请(专利权)人="Apple Inc" AND CPC分类号=H01M10/0525 NOT 公开(公告)日<=2009',
    },
  ]);
});

it('names what a language has no writing for', () => {
  const { ast } = parseQuery('a WITH b AND L15', 'command');
  const translated = ast ? translateQuery(ast, 'cql') : undefined;
  expect(translated).toEqual({
    problems: [
      'The language “cql” has no writing for the text “a” in field text.',
      'The language “cql” has no writing for the text “b” in field text.',
      'The language “cql” has no writing for the set L15.',
    ],
  });
});
