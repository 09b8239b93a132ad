import {
  COLUMNS,
  type ColumnName,
  type ColumnUpdate,
  type Facet,
  type FacetRequest,
  type FacetTable,
  type FacetTableRequest,
  type FieldWeights,
  type PatentDocument,
  type QueryNode,
  type Sort,
} from '@quanlian/contract';
import { addRecord, classLevels, groupKey, mergeGroup } from '@quanlian/kernel';
import {
  applicants,
  countIn,
  countInField,
  distinctNames,
  fieldOf,
  isScored,
  lengthOf,
  listed,
  type Scored,
  TEXT_NAMES,
  weightOf,
} from './oracle-text.js';

/**
 * What the engine must answer, by looking at every document. It shares with the engine the reading of a text into
 * units (tested on its own) and the merge of records, and nothing else.
 */

const first = (date: string | undefined): string | undefined => date && `${date}-01-01`.slice(0, 10);
const lastDay = (date: string): string =>
  date.length === 4 ? `${date}-12-31` : date.length === 7 ? `${date}-31` : date;

function dateOf(field: string, doc: PatentDocument): string | undefined {
  if (field === 'date') return first(doc.date);
  if (field === 'filed') return first(doc.application?.date);
  return (doc.priorities ?? []).flatMap(({ date }) => first(date) ?? []).sort()[0];
}

const symbolsOf = (field: string, doc: PatentDocument): string[] =>
  (doc.classifications ?? [])
    .filter(({ scheme }) => field === 'class' || (field === 'cpc' ? scheme === 'CPC' : scheme.startsWith('IPC')))
    .map(({ symbol }) => symbol.replace(/\s/g, ''));

/** `H01M10/00` stands for every `H01M10/…`; a section, class or subclass for all that begin with it. */
function isBelow(symbol: string, upper: string): boolean {
  if (upper.endsWith('/00')) return symbol.startsWith(upper.slice(0, -2));
  return upper.includes('/') ? symbol === upper : symbol.startsWith(upper);
}

function facetValuesOf(name: string, doc: PatentDocument): string[] {
  const level = (key: 'section' | 'class' | 'subclass' | 'group'): string[] => [
    ...new Set(
      (doc.classifications ?? [])
        .filter(({ scheme }) => scheme === 'CPC' || scheme.startsWith('IPC'))
        .flatMap(({ symbol }) => classLevels(symbol)[key] ?? []),
    ),
  ];
  switch (name) {
    case 'year':
      return doc.date ? [doc.date.slice(0, 4)] : [];
    case 'applicant':
      return applicants(doc);
    case 'inventor':
      return distinctNames(doc.inventors);
    case 'section':
    case 'class':
    case 'subclass':
    case 'group':
      return level(name);
    case 'office':
      return [doc.office];
    case 'lang':
    case 'kind':
    case 'type':
      return doc[name] === undefined ? [] : [doc[name]];
    default:
      return [];
  }
}

/** What the derived columns say, by column and id. */
type NaiveColumns = Partial<Record<ColumnName, ReadonlyMap<string, ColumnUpdate['values']>>>;

/** The documents of a corpus as a query sees them: with derived columns, on a day. */
export interface World {
  readonly docs: readonly PatentDocument[];
  readonly columns: NaiveColumns;
  readonly asOf: string;
}

function derived({ columns, asOf }: World, name: ColumnName, doc: PatentDocument): string[] {
  const values = (columns[name]?.get(doc.id) ?? []).map(({ value, from }) => ({ value, from: first(from) ?? '' }));
  const begun = values.filter(({ from }) => from <= asOf);
  const latest = begun
    .map(({ from }) => from)
    .sort()
    .at(-1);
  return begun.filter(({ from }) => from === latest).map(({ value }) => value);
}

function countable(world: World, name: string, doc: PatentDocument): string[] {
  const column = COLUMNS.find((one) => one === name && one !== 'family');
  if (column !== undefined) return derived(world, column, doc);
  if (name === 'family') {
    const own = derived(world, name, doc);
    return own.length > 0 || doc.familyId === undefined ? own : [doc.familyId];
  }
  if (name === 'month') return first(doc.date) ? [(first(doc.date) ?? '').slice(0, 7)] : [];
  return facetValuesOf(name, doc);
}

function hasValue(world: World, field: string, value: string, doc: PatentDocument): boolean {
  const { office, number, kind } = doc;
  if (field === 'id') return [office + number, office + number + (kind ?? '')].includes(value);
  if (field === 'application') {
    const { application } = doc;
    if (!application) return value === 'unknown';
    return [
      `${application.office}${application.number}`,
      `${application.office}${application.number}${application.kind}`,
    ].includes(value);
  }
  const values = countable(world, field, doc);
  return values.includes(value) || (value === 'unknown' && values.length === 0);
}

function inRange(world: World, { field, from, to }: Extract<QueryNode, { op: 'range' }>, doc: PatentDocument): boolean {
  if (field === 'citedby') {
    return derived(world, field, doc).some(
      (value) => Number(value) >= Number(from ?? '-Infinity') && Number(value) <= Number(to ?? 'Infinity'),
    );
  }
  const day = dateOf(field, doc);
  return day !== undefined && (!from || day >= (first(from) ?? '')) && (!to || day <= lastDay(to));
}

function matches(world: World, asked: QueryNode, doc: PatentDocument): boolean {
  const node = listed(asked);
  if (isScored(node)) return countIn(node, doc) > 0;
  switch (node.op) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'value':
      return hasValue(world, node.field, node.value, doc);
    case 'class':
      return symbolsOf(node.field, doc).some((symbol) => {
        if (node.below && node.symbols) return [node.symbol, ...node.symbols].includes(symbol);
        return node.below ? isBelow(symbol, node.symbol) : symbol === node.symbol;
      });
    case 'range':
      return inRange(world, node, doc);
    case 'ids':
      return node.ids.includes(doc.id);
    case 'and':
      return node.clauses.every((clause) => matches(world, clause, doc));
    case 'or':
      return node.clauses.some((clause) => matches(world, clause, doc));
    case 'xor':
      return node.clauses.filter((clause) => matches(world, clause, doc)).length % 2 === 1;
    case 'not':
      return !matches(world, node.clause, doc);
    case 'filter':
    case 'boost':
      return matches(world, node.clause, doc);
    default:
      throw new Error(`The oracle does not answer ${node.op}.`);
  }
}

function averageOf(field: string, docs: readonly PatentDocument[]): number {
  const lengths = docs.map((other) => lengthOf(field, other)).filter((length) => length > 0);
  return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
}

/** Ranking tells lengths apart as bytes do: exactly below 24, beyond it by the first four binary digits of the rest. */
function ranked(length: number): number {
  if (length < 24) return length;
  const digits = Math.floor(Math.log2(Math.max(1, length - 24)));
  const step = 2 ** Math.max(0, digits - 3);
  return 24 + Math.floor((length - 24) / step) * step;
}

function leafScore(node: Scored, doc: PatentDocument, { docs }: World, weights: FieldWeights | undefined): number {
  const count = countIn(node, doc);
  if (count === 0) return 0;
  const field = fieldOf(node);
  const holders = docs.filter((other) => lengthOf(field, other) > 0).length;
  const idf = weightOf(node, (tells) => {
    const having = Math.min(holders, docs.filter(tells).length);
    return Math.log(1 + (holders - having + 0.5) / (having + 0.5));
  });
  if (weights === undefined || field !== 'text')
    return (idf * count) / (count + 1.2 * (0.25 + (0.75 * ranked(lengthOf(field, doc))) / averageOf(field, docs)));
  const weighed = TEXT_NAMES.reduce((sum, name) => {
    const own = countInField(node, doc, name);
    if (own === 0) return sum;
    const weight = name === 'agent' ? 1 : (weights[name] ?? 1);
    return sum + (weight * own) / (0.25 + (0.75 * ranked(lengthOf(name, doc))) / averageOf(name, docs));
  }, 0);
  return (idf * weighed) / (weighed + 1.2);
}

function score(asked: QueryNode, doc: PatentDocument, world: World, weights: FieldWeights | undefined): number {
  const node = listed(asked);
  if (!matches(world, node, doc)) return 0;
  if (isScored(node)) return leafScore(node, doc, world, weights);
  if (node.op === 'and' || node.op === 'or' || node.op === 'xor')
    return node.clauses.reduce((sum, clause) => sum + score(clause, doc, world, weights), 0);
  return node.op === 'boost' ? node.factor * score(node.clause, doc, world, weights) : 0;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Scores closer than this are equal: sums of the same numbers in another order. */
export const SAME_SCORE = 1e-9;

function compareHits(sort: Sort, a: OracleHit, b: OracleHit): number {
  if (sort === 'relevance' && Math.abs(a.score - b.score) > SAME_SCORE) return b.score - a.score;
  const [x, y] = [first(a.doc.date), first(b.doc.date)];
  if (x !== y) {
    if (x === undefined) return 1;
    if (y === undefined) return -1;
    return sort === 'oldest' ? compareText(x, y) : compareText(y, x);
  }
  return compareText(a.doc.id, b.doc.id);
}

export interface OracleHit {
  readonly doc: PatentDocument;
  readonly score: number;
}

export function searchNaively(world: World, node: QueryNode, sort: Sort, weights?: FieldWeights): OracleHit[] {
  return world.docs
    .filter((doc) => matches(world, node, doc))
    .map((doc) => ({ doc, score: sort === 'relevance' ? score(node, doc, world, weights) : 0 }))
    .sort((a, b) => compareHits(sort, a, b));
}

/** The hits of the query and of everything it is put together from, outermost first. */
export function clausesNaively(world: World, asked: QueryNode): number[] {
  const node = listed(asked);
  const own = world.docs.filter((doc) => matches(world, node, doc)).length;
  const parts = node.op === 'and' || node.op === 'or' || node.op === 'xor' ? node.clauses : [];
  const part = node.op === 'not' || node.op === 'filter' || node.op === 'boost' ? [node.clause] : [];
  return [own, ...[...parts, ...part].flatMap((clause) => clausesNaively(world, clause))];
}

const ofTime = (name: string): boolean => name === 'year' || name === 'month';

export function countNaively(world: World, hits: readonly OracleHit[], { name, size }: FacetRequest): Facet {
  const counts = new Map<string, number>();
  let unknown = 0;
  for (const { doc } of hits) {
    const values = countable(world, name, doc);
    if (values.length === 0) unknown++;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].map(([value, count]) => ({ value, count }));
  sorted.sort((a, b) => b.count - a.count || compareText(a.value, b.value));
  const kept = ofTime(name) && size === undefined ? sorted : sorted.slice(0, size ?? 10);
  if (ofTime(name)) kept.sort((a, b) => compareText(a.value, b.value));
  return { values: kept, unknown, distinct: counts.size };
}

export function tableNaively(world: World, hits: readonly OracleHit[], request: FacetTableRequest): FacetTable {
  const side = (name: FacetTableRequest['rows'], size: number | undefined): string[] =>
    countNaively(world, hits, { name, size }).values.map(({ value }) => value);
  const rows = side(request.rows, request.rowSize);
  const columns = side(request.columns, request.columnSize);
  const has = (name: string, doc: PatentDocument, value: string): boolean =>
    countable(world, name, doc).includes(value);
  const cell = (row: string, column: string): number =>
    hits.filter(({ doc }) => has(request.rows, doc, row) && has(request.columns, doc, column)).length;
  return { rows, columns, cells: rows.map((row) => columns.map((column) => cell(row, column))) };
}

const familyOf = (world: World, doc: PatentDocument): string => countable(world, 'family', doc)[0] ?? ` ${doc.id}`;

/** Of the hits the first of each family. */
export function firstsNaively(world: World, hits: readonly OracleHit[]): OracleHit[] {
  const seen = new Set<string>();
  return hits.filter(({ doc }) => {
    const family = familyOf(world, doc);
    if (seen.has(family)) return false;
    seen.add(family);
    return true;
  });
}

/** The records of a corpus, folded in as they come. */
export class NaiveCorpus {
  readonly groups = new Map<string, PatentDocument[]>();
  readonly #columns: Partial<Record<ColumnName, Map<string, ColumnUpdate['values']>>> = {};

  applyColumns(name: ColumnName, updates: readonly ColumnUpdate[]): void {
    const column = this.#columns[name] ?? new Map<string, ColumnUpdate['values']>();
    this.#columns[name] = column;
    for (const { id, values } of updates) column.set(id, values);
  }

  world(asOf = new Date().toISOString().slice(0, 10)): World {
    return { docs: this.documents, columns: this.#columns, asOf };
  }

  apply(batch: readonly PatentDocument[]): void {
    for (const record of batch) {
      const key = groupKey(record);
      this.groups.set(key, addRecord(this.groups.get(key) ?? [], record).records);
    }
  }

  get records(): PatentDocument[] {
    return [...this.groups.values()].flat();
  }

  get documents(): PatentDocument[] {
    return [...this.groups.values()].flatMap(mergeGroup);
  }
}
