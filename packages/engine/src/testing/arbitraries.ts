import type { ColumnName, ColumnUpdate, PatentDocument, QueryNode } from '@quanlian/contract';
import fc from 'fast-check';

/** Small worlds, so that random documents and random queries meet. */
const WORDS = [
  'solid',
  'state',
  'Battery',
  'battery',
  'H₂O',
  'h2o',
  'H²h',
  '10²',
  'LED',
  'ＬＥＤ',
  'stat',
  'é',
  'e\u0301',
];
const CJK = ['后', '後', '干', '乾', '电', '電', '池', '固', '态', '態', 'カ', 'ｶ', '가', '𠮷', '发', '發'];
const GAPS = [' ', ' ', '', ', ', '。', '-', '\n', '. ', '! '];
const NAMES = ['Solid State Ltd', '华为技术有限公司', '華為技術有限公司', 'Müller, Hans', '张三'];
const SYMBOLS = ['H01M 10/00', 'H01M 10/0525', 'H01M 4/00', 'A61K 9/00', 'A61K 9/20', 'H01M', 'Y02E 60/10'];
const DATES = ['2001-02-03', '2001-02', '2001', '2003-12-31', '2003-12-30', '1999'];
const OFFICES = ['EP', 'CN'];
const NUMBERS = ['1000001', '1000002', '1000003', '1000004', '1000005'];
const KINDS = ['A1', 'B1', undefined];

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

const piece = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.array(fc.constantFrom(...CJK), { minLength: 1, maxLength: 4 }).map((characters) => characters.join('')),
);

const text = fc
  .array(fc.tuple(piece, fc.constantFrom(...GAPS)), { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.flat().join(''));

const byLanguage = fc.dictionary(fc.constantFrom('en', 'zh'), text, { maxKeys: 2 });
const parties = fc.array(fc.record({ name: fc.constantFrom(...NAMES) }), { maxLength: 2 });
const classification = fc.record({
  scheme: fc.constantFrom('IPC', 'IPCR', 'CPC'),
  symbol: fc.constantFrom(...SYMBOLS),
});
const claim = fc.record({ lang: fc.constant('en'), number: fc.constantFrom(1, 2), text, dependsOn: fc.constant([]) });
const part = fc.record({ lang: fc.constant('zh'), text });

let lastHash = 0;

const record: fc.Arbitrary<PatentDocument> = fc
  .record({
    office: fc.constantFrom(...OFFICES),
    number: fc.constantFrom(...NUMBERS),
    kind: fc.constantFrom(...KINDS),
    date: optional(fc.constantFrom(...DATES)),
    lang: optional(fc.constantFrom('en', 'zh')),
    type: optional(fc.constantFrom('invention', 'design')),
    familyId: optional(fc.constantFrom('1111', '2222')),
    filed: optional(fc.constantFrom(...DATES)),
    titles: byLanguage,
    abstracts: byLanguage,
    applicants: parties,
    assignees: parties,
    inventors: parties,
    agents: parties,
    classifications: fc.array(classification, { maxLength: 3 }),
    claims: fc.array(claim, { maxLength: 2 }),
    description: fc.array(part, { maxLength: 2 }),
    deleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    format: fc.constantFrom('ep-st36', 'docdb'),
    sourceDate: fc.constantFrom(...DATES),
  })
  .map(({ filed, deleted, format, sourceDate, ...fields }) => {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const { office, number, kind } = fields;
    return {
      ...given,
      id: office + number + (kind ?? ''),
      office,
      number,
      ...(filed === undefined ? {} : { application: { office, number: `99${number}`, kind: 'A', date: filed } }),
      ...(deleted ? { deleted: true as const } : {}),
      sources: [{ format, file: 'f', offset: 0, sha256: String(++lastHash), sourceDate }],
    };
  });

export const batches = fc.array(fc.array(record, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 });

const IDS = OFFICES.flatMap((office) =>
  NUMBERS.flatMap((number) => KINDS.map((kind) => office + number + (kind ?? ''))),
);
const COLUMN_VALUES = {
  status: ['active', 'expired'],
  family: ['F1', '2222'],
  holder: ['X', 'Y'],
  citedby: ['0', '3', '12'],
  province: ['北京市', 'Ohio'],
  city: ['北京市', '深圳市'],
  district: ['北京市海淀区'],
};

/** What a derived column is told of some documents, in one or two steps of time. */
export const columnUpdates: fc.Arbitrary<{ name: ColumnName; updates: ColumnUpdate[] }> = fc
  .constantFrom<ColumnName>('status', 'family', 'holder', 'citedby', 'province', 'city', 'district')
  .chain((name) => {
    const value = fc.record({
      value: fc.constantFrom(...COLUMN_VALUES[name]),
      from: optional(fc.constantFrom('2001', '2010-05-01')),
    });
    // A document is of one family at a time.
    const selector = (held: { value: string; from: string | undefined }): string =>
      `${held.from} ${name === 'family' ? '' : held.value}`;
    const values = fc.uniqueArray(value, { maxLength: 3, selector });
    const update = fc.record({ id: fc.constantFrom(...IDS), values });
    return fc.record({ name: fc.constant(name), updates: fc.array(update, { minLength: 1, maxLength: 8 }) });
  });

const TEXT_FIELDS = ['text', 'title', 'abstract', 'claims', 'description', 'applicant', 'inventor', 'agent'];
const textField = fc.oneof(fc.constant('text'), fc.constantFrom(...TEXT_FIELDS));
const words = fc.oneof(
  piece,
  fc.array(piece, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')),
  fc.constantFrom(...NAMES),
);
const exact = optional(fc.boolean());

const valueNode: fc.Arbitrary<QueryNode> = fc
  .oneof(
    fc.tuple(fc.constantFrom('applicant', 'inventor'), fc.constantFrom(...NAMES, 'unknown')),
    fc.tuple(fc.constant('office'), fc.constantFrom(...OFFICES)),
    fc.tuple(fc.constantFrom('kind', 'lang', 'type'), fc.constantFrom('A1', 'B1', 'en', 'design', 'unknown')),
    fc.tuple(fc.constant('year'), fc.constantFrom('2001', '2003', 'unknown')),
    fc.tuple(fc.constant('status'), fc.constantFrom('active', 'expired', 'unknown')),
    fc.tuple(fc.constant('family'), fc.constantFrom('F1', '1111', '2222', 'unknown')),
    fc.tuple(fc.constant('holder'), fc.constantFrom('X', 'unknown')),
    fc.tuple(
      fc.constantFrom('section', 'class', 'subclass', 'group'),
      fc.constantFrom('H', 'H01', 'H01M', 'H01M 10/00', 'unknown'),
    ),
    fc.tuple(fc.constantFrom('id'), fc.constantFrom('EP1000001', 'EP1000001A1', 'CN1000002', 'CN1000002B1')),
    fc.tuple(fc.constantFrom('application'), fc.constantFrom('EP991000001', 'EP991000001A', 'CN991000002', 'unknown')),
  )
  .map(([field, value]) => ({ op: 'value', field, value }));

const fields = fc.option(fc.array(fc.constantFrom(...TEXT_FIELDS), { minLength: 1, maxLength: 2 }), {
  nil: undefined,
  freq: 5,
});

const wordNode: fc.Arbitrary<QueryNode> = fc.record({
  op: fc.constantFrom('term' as const, 'phrase' as const),
  field: textField,
  text: words,
  exact,
  fields,
});

const prefixNode: fc.Arbitrary<QueryNode> = fc.record({
  op: fc.constant('prefix' as const),
  field: textField,
  text: fc.oneof(words, fc.constantFrom('s', 'st', 'h', 'solid st', '电')),
  fields,
});

const stretch = fc.constantFrom({ min: 0 }, { min: 1, max: 1 }, { min: 0, max: 1 }, { min: 2 }, { min: 1, max: 3 });
const patternNode: fc.Arbitrary<QueryNode> = fc.record({
  op: fc.constant('pattern' as const),
  field: textField,
  parts: fc.oneof(
    fc.tuple(fc.constantFrom('s', 'b', 'st', 'h'), stretch),
    fc.tuple(stretch, fc.constantFrom('y', 'te', 'o', 'd')),
    fc.tuple(stretch, fc.constantFrom('at', 'l', '2'), stretch),
    fc.tuple(fc.constantFrom('s', 'B'), stretch, fc.constantFrom('d', 'y', 'te')),
    fc.tuple(
      fc.constantFrom('电', '固', '后'),
      fc.constantFrom({ min: 1, max: 1 }, { min: 0, max: 2 }),
      fc.constantFrom('池', '态', '乾'),
    ),
  ),
});

/** A leaf that has places in a text. */
const placed: fc.Arbitrary<QueryNode> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('term' as const), field: textField, text: piece, exact }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('prefix' as const),
      field: textField,
      text: fc.constantFrom('s', 'st', '电'),
    }),
  },
  { weight: 1, arbitrary: patternNode },
);
const places: fc.Arbitrary<QueryNode> = fc.oneof(
  { weight: 3, arbitrary: placed },
  {
    weight: 1,
    arbitrary: fc.record({ op: fc.constant('or' as const), clauses: fc.array(placed, { minLength: 1, maxLength: 2 }) }),
  },
);

const proximity = (clause: fc.Arbitrary<QueryNode>): fc.Arbitrary<QueryNode> =>
  fc.record({
    op: fc.constant('proximity' as const),
    unit: fc.constantFrom('word' as const, 'sentence' as const, 'paragraph' as const, 'field' as const),
    least: optional(fc.constantFrom(0, 1, 2)),
    most: optional(fc.constantFrom(0, 1, 3)),
    ordered: optional(fc.boolean()),
    clauses: fc.array(clause, { minLength: 2, maxLength: 3 }),
  });

const nearNode: fc.Arbitrary<QueryNode> = fc.record({
  op: fc.constant('near' as const),
  field: textField,
  texts: fc.array(piece, { minLength: 1, maxLength: 3 }),
  distance: fc.integer({ min: 1, max: 4 }),
  ordered: optional(fc.boolean()),
  fields,
});

const rangeNode: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.record({
    op: fc.constant('range' as const),
    field: fc.constantFrom('date', 'filed'),
    from: optional(fc.constantFrom(...DATES)),
    to: optional(fc.constantFrom(...DATES)),
  }),
  fc.record({
    op: fc.constant('range' as const),
    field: fc.constant('citedby'),
    from: optional(fc.constantFrom('0', '2')),
    to: optional(fc.constantFrom('3', '11')),
  }),
);

const classNode: fc.Arbitrary<QueryNode> = fc.record({
  op: fc.constant('class' as const),
  field: fc.constantFrom('class', 'ipc', 'cpc'),
  symbol: fc.constantFrom('H', 'H01', 'H01M', 'H01M10/00', 'H01M10/0525', 'Y02E60/10'),
  below: fc.boolean(),
  symbols: fc.option(fc.constant<string[]>(['H01M10/0525', 'A61K9/20']), { nil: undefined, freq: 4 }),
});

const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<QueryNode>({ op: 'all' }, { op: 'none' }) },
  { weight: 5, arbitrary: wordNode },
  { weight: 2, arbitrary: prefixNode },
  { weight: 2, arbitrary: patternNode },
  { weight: 3, arbitrary: nearNode },
  { weight: 4, arbitrary: proximity(places) },
  { weight: 1, arbitrary: proximity(fc.oneof(places, proximity(places))) },
  { weight: 4, arbitrary: valueNode },
  { weight: 1, arbitrary: classNode },
  { weight: 1, arbitrary: rangeNode },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('ids' as const),
      ids: fc.array(fc.constantFrom('EP1000001A1', 'CN1000002B1', 'EP1000003')),
    }),
  },
);

export const query: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const, 'or' as const, 'xor' as const),
      clauses: fc.array(tie('node'), { maxLength: 3 }),
    }),
    fc.record({ op: fc.constantFrom('not' as const, 'filter' as const), clause: tie('node') }),
    fc.record({ op: fc.constant('boost' as const), clause: tie('node'), factor: fc.constantFrom(0.5, 2) }),
  ),
})).node;
