import { FIELDS, type QueryNode } from '@quanlian/contract';
import fc from 'fast-check';

const fieldOf = (...kinds: string[]) =>
  fc.constantFrom(...FIELDS.filter((field) => kinds.includes(field.kind)).map((field) => field.name));

const PIECES = ['a', 'Q', '7', 'pump', '电', '池', '后', ' ', '-', '.', "'"];
const SIGNS = [
  '"',
  '”',
  '\\',
  '(',
  '）',
  ':',
  '*',
  '?',
  '#',
  '$',
  '+',
  '=',
  '/',
  '@',
  ',',
  '^',
  'OR',
  'and',
  '与',
  '３',
  'L1',
  'S2',
  'F',
];

const textOf = (pieces: readonly string[]) =>
  fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join('').trim())
    .filter((text) => /[\p{L}\p{N}]/u.test(text));

/** Texts: mostly plain words, sometimes full of signs that a language must guard or refuse to write. */
const text = fc.oneof(
  { weight: 4, arbitrary: textOf(PIECES) },
  { weight: 1, arbitrary: textOf([...PIECES, ...SIGNS]) },
);
const word = fc.stringMatching(/^[a-z]{3,6}$/);

const date = fc.constantFrom('2019', '2020-02', '2020-02-29', '2021-12-31');
const symbol = fc.constantFrom('H', 'H01', 'H01M', 'H01M 10/00', 'H01M 10/0525', 'Y02E 60/10');
const wildcard = fc.oneof(
  fc.record({ min: fc.nat(2) }),
  fc.tuple(fc.nat(2), fc.nat(2)).map(([min, more]) => ({ min, max: min + more })),
);

const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.record({
    op: fc.constantFrom('term' as const, 'phrase' as const),
    field: fieldOf('text', 'name'),
    text,
    exact: fc.constantFrom(false, false, false, true),
  }),
  fc.record({ op: fc.constant('prefix' as const), field: fieldOf('text', 'name'), text: word }),
  fc.record({
    op: fc.constant('pattern' as const),
    field: fieldOf('text', 'name'),
    parts: fc.oneof(fc.tuple(word, wildcard, word), fc.tuple(word, wildcard), fc.tuple(wildcard, word)),
  }),
  fc.record({ op: fc.constant('value' as const), field: fc.constant('office'), value: fc.constantFrom('CN', 'EP') }),
  fc.record({ op: fc.constant('value' as const), field: fc.constant('kind'), value: fc.constantFrom('A1', 'U') }),
  fc.record({
    op: fc.constant('value' as const),
    field: fc.constant('id'),
    value: fc.constantFrom('EP1000000', 'US7654321B2', 'US8000001'),
  }),
  fc.record({ op: fc.constant('class' as const), field: fieldOf('class'), symbol, below: fc.boolean() }),
  fc
    .record({
      field: fieldOf('date'),
      from: fc.option(date, { nil: undefined }),
      to: fc.option(date, { nil: undefined }),
    })
    .filter(({ from, to }) => !from || !to || from.slice(0, to.length) <= to.slice(0, from.length))
    .map((range): QueryNode => ({ op: 'range', ...range })),
  fc.record({
    op: fc.constant('near' as const),
    field: fieldOf('text', 'name'),
    texts: fc.array(word, { minLength: 2, maxLength: 3 }),
    distance: fc.integer({ min: 1, max: 50 }),
    ordered: fc.boolean(),
  }),
  fc.constantFrom<QueryNode>(
    { op: 'set', name: 'S1' },
    { op: 'set', name: 'L15' },
    { op: 'index', index: 'cpci', relation: '=', text: 'A01B' },
    { op: 'index', index: 'SIZE', relation: '<', text: '2589' },
    { op: 'index', index: 'BSUM', relation: '=', text: 'dog' },
    { op: 'index', index: '申请人地址', relation: '=', text: '北京' },
    { op: 'index', index: 'dc.creator', relation: 'adj', text: 'x', modifiers: [{ name: 'stem' }] },
  ),
);

/** Random queries of every operator. */
export const { tree: anyQuery } = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const, 'xor' as const),
      clauses: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
    fc
      .tuple(tie('tree'), tie('tree'))
      .map(([a, b]): QueryNode => ({ op: 'and', clauses: [a, { op: 'not', clause: b }] })),
    fc.record({
      op: fc.constant('proximity' as const),
      unit: fc.constantFrom('word' as const, 'sentence' as const, 'paragraph' as const, 'field' as const),
      least: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
      most: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
      ordered: fc.boolean(),
      clauses: fc.array(leaf, { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('boost' as const), clause: tie('tree'), factor: fc.constantFrom(0.5, 2, 100) }),
  ),
}));

/** The JSON of a value with its keys in order and without what is undefined. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, ordered(item)]));
}

function plain(node: QueryNode): unknown {
  if (node.op === 'term' || node.op === 'phrase') return { ...node, op: 'phrase' };
  if (node.op === 'proximity') return { ...node, clauses: node.clauses.map(plain) };
  if ('clauses' in node) {
    return { ...node, clauses: node.clauses.map((clause) => JSON.stringify(ordered(plain(clause)))).sort() };
  }
  return 'clause' in node ? { ...node, clause: plain(node.clause) } : node;
}

/**
 * One shape for trees that mean the same: a word in quotes is the word, and the order of alternatives and of
 * conditions does not count.
 */
export const sameMeaning = (node: QueryNode): unknown => ordered(plain(node));
