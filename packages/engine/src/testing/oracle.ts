import type { Facet, FacetRequest, PatentDocument, QueryNode, Sort } from '@quanlian/contract';
import { addRecord, analyse as analyseAnew, classLevels, groupKey, mergeGroup, type Token } from '@quanlian/kernel';

/**
 * What the engine must answer, by looking at every document. It shares with the engine the reading of a text into
 * units (tested on its own) and the merge of records, and nothing else.
 */

const analysed = new Map<string, Token[]>();

/** The same texts are looked at by every query, so their tokens are remembered. */
function analyse(text: string): Token[] {
  const known = analysed.get(text);
  if (known) return known;
  const tokens = analyseAnew(text);
  analysed.set(text, tokens);
  return tokens;
}

type TextName = 'title' | 'abstract' | 'claims' | 'description' | 'applicant' | 'inventor' | 'agent';

export interface Value {
  readonly field: TextName;
  readonly lang: string | undefined;
  readonly text: string;
}

const distinctNames = (...lists: (PatentDocument['applicants'] | undefined)[]): string[] => [
  ...new Set(lists.flatMap((list) => (list ?? []).map((party) => party.name))),
];
const applicants = (doc: PatentDocument): string[] => distinctNames(doc.applicants, doc.proprietors, doc.assignees);

export function valuesOf(doc: PatentDocument): Value[] {
  const byLanguage = (field: TextName, texts: Record<string, string> = {}): Value[] =>
    Object.entries(texts).map(([lang, text]) => ({ field, lang, text }));
  const plain = (field: TextName, texts: string[]): Value[] => texts.map((text) => ({ field, lang: undefined, text }));
  return [
    ...byLanguage('title', doc.titles),
    ...byLanguage('abstract', doc.abstracts),
    ...(doc.claims ?? []).map(({ lang, text }): Value => ({ field: 'claims', lang, text })),
    ...(doc.description ?? []).flatMap(({ lang, heading, text }): Value[] =>
      [heading, text]
        .filter((piece) => piece !== undefined)
        .map((piece) => ({ field: 'description', lang, text: piece })),
    ),
    ...plain('applicant', applicants(doc)),
    ...plain('inventor', distinctNames(doc.inventors)),
    ...plain('agent', distinctNames(doc.agents)),
  ];
}

const inField = (field: string, value: Value): boolean =>
  field === 'text' ? value.field !== 'agent' : value.field === field;

interface Occurrence {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

interface Wanted {
  readonly unit: string;
  readonly original: string;
  readonly open: boolean;
  /** A CJK character that touches the one before it in the query must do so in the text. */
  readonly touches: boolean;
}

function wantedUnits(text: string, prefix: boolean): Wanted[] {
  const units = analyse(text).filter((token) => !token.part);
  return units.map(({ unit, original, cjk, from }, i) => ({
    unit,
    original,
    open: prefix && !cjk && i === units.length - 1,
    touches: cjk && units[i - 1]?.cjk === true && units[i - 1].unitTo === from,
  }));
}

function fitting(
  tokens: readonly Token[],
  position: number,
  { unit, original, open }: Wanted,
  exact: boolean,
): Token[] {
  return tokens.filter(
    (token) =>
      token.position === position &&
      (open ? token.unit.startsWith(unit) : token.unit === unit) &&
      (!exact || token.original === original),
  );
}

function occurrences(text: string, wanted: readonly Wanted[], exact: boolean): Occurrence[] {
  if (wanted.length === 0) return [];
  const tokens = analyse(text);
  const found: Occurrence[] = [];
  for (const start of new Set(tokens.map((token) => token.position))) {
    const fits = wanted.map((unit, i) => fitting(tokens, start + i, unit, exact));
    if (fits.some((list) => list.length === 0)) continue;
    if (wanted.some(({ touches }, i) => touches && fits[i - 1][0].unitTo !== fits[i][0].from)) continue;
    const all = fits.flat();
    found.push({
      start,
      end: start + wanted.length - 1,
      from: Math.min(...all.map((token) => token.from)),
      to: Math.max(...all.map((token) => token.unitTo)),
    });
  }
  return found;
}

/** All chains of one occurrence of each text, tried one after another. */
function chains(
  lists: readonly Occurrence[][],
  distance: number,
  ordered: boolean,
): { item: number; at: Occurrence }[][] {
  const whole: { item: number; at: Occurrence }[][] = [];
  const extend = (chain: { item: number; at: Occurrence }[]): void => {
    if (chain.length === lists.length) {
      whole.push(chain);
      return;
    }
    const last = chain.at(-1)?.at;
    lists.forEach((list, item) => {
      if (chain.some((link) => link.item === item) || (ordered && item !== chain.length)) return;
      for (const at of list) {
        if (last && !(at.start > last.end && at.start - last.end <= distance)) continue;
        extend([...chain, { item, at }]);
      }
    });
  };
  if (lists.length > 0) extend([]);
  return whole;
}

type Scored = Extract<QueryNode, { op: 'term' | 'phrase' | 'prefix' | 'near' }>;

const isScored = (node: QueryNode): node is Scored => ['term', 'phrase', 'prefix', 'near'].includes(node.op);

/** How often a value has the leaf, and where. */
function inValue(node: Scored, text: string): { count: number; ranges: { from: number; to: number }[] } {
  if (node.op === 'near') {
    const lists = node.texts.map((item) => occurrences(text, wantedUnits(item, false), false));
    const whole = chains(lists, node.distance, node.ordered ?? false);
    const ends = new Set(whole.map((chain) => JSON.stringify([chain.at(-1)?.item, chain.at(-1)?.at])));
    return { count: ends.size, ranges: whole.flat().map(({ at }) => at) };
  }
  const wanted = wantedUnits(node.text, node.op === 'prefix');
  const found = occurrences(text, wanted, node.op !== 'prefix' && node.exact === true);
  if (wanted.length !== 1 || !wanted[0].open) return { count: found.length, ranges: found };
  // A prefix alone counts every word it begins, and two that share a place (H₂O and its H) both.
  const words = analyse(text).filter((token) => token.unit.startsWith(wanted[0].unit));
  return { count: new Set(words.map((token) => `${token.position} ${token.unit}`)).size, ranges: found };
}

const countIn = (node: Scored, doc: PatentDocument): number =>
  valuesOf(doc)
    .filter((value) => inField(node.field, value))
    .reduce((sum, value) => sum + inValue(node, value.text).count, 0);

const lengthOf = (field: string, doc: PatentDocument): number =>
  valuesOf(doc)
    .filter((value) => inField(field, value))
    .reduce((sum, { text }) => sum + new Set(analyse(text).map((token) => token.position)).size, 0);

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

function hasValue(field: string, value: string, doc: PatentDocument): boolean {
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
  const values = facetValuesOf(field, doc);
  return values.includes(value) || (value === 'unknown' && values.length === 0);
}

function matches(node: QueryNode, doc: PatentDocument): boolean {
  switch (node.op) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'term':
    case 'phrase':
    case 'prefix':
    case 'near':
      return countIn(node, doc) > 0;
    case 'value':
      return hasValue(node.field, node.value, doc);
    case 'class':
      return symbolsOf(node.field, doc).some((symbol) =>
        node.below ? isBelow(symbol, node.symbol) : symbol === node.symbol,
      );
    case 'range': {
      const day = dateOf(node.field, doc);
      return (
        day !== undefined && (!node.from || day >= (first(node.from) ?? '')) && (!node.to || day <= lastDay(node.to))
      );
    }
    case 'ids':
      return node.ids.includes(doc.id);
    case 'and':
      return node.clauses.every((clause) => matches(clause, doc));
    case 'or':
      return node.clauses.some((clause) => matches(clause, doc));
    case 'not':
      return !matches(node.clause, doc);
    case 'filter':
    case 'boost':
      return matches(node.clause, doc);
    default:
      throw new Error(`The oracle does not answer ${node.op}.`);
  }
}

function leafScore(node: Scored, doc: PatentDocument, docs: readonly PatentDocument[]): number {
  const count = countIn(node, doc);
  if (count === 0) return 0;
  const lengths = docs.map((other) => lengthOf(node.field, other)).filter((length) => length > 0);
  const average = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  const having = docs.filter((other) => countIn(node, other) > 0).length;
  const idf = Math.log(1 + (lengths.length - having + 0.5) / (having + 0.5));
  return (idf * count) / (count + 1.2 * (0.25 + (0.75 * lengthOf(node.field, doc)) / average));
}

function score(node: QueryNode, doc: PatentDocument, docs: readonly PatentDocument[]): number {
  if (!matches(node, doc)) return 0;
  if (isScored(node)) return leafScore(node, doc, docs);
  if (node.op === 'and' || node.op === 'or')
    return node.clauses.reduce((sum, clause) => sum + score(clause, doc, docs), 0);
  return node.op === 'boost' ? node.factor * score(node.clause, doc, docs) : 0;
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

export function searchNaively(docs: readonly PatentDocument[], node: QueryNode, sort: Sort): OracleHit[] {
  return docs
    .filter((doc) => matches(node, doc))
    .map((doc) => ({ doc, score: sort === 'relevance' ? score(node, doc, docs) : 0 }))
    .sort((a, b) => compareHits(sort, a, b));
}

export function countNaively(hits: readonly OracleHit[], { name, size = 10 }: FacetRequest): Facet {
  const counts = new Map<string, number>();
  let unknown = 0;
  for (const { doc } of hits) {
    const values = facetValuesOf(name, doc);
    if (values.length === 0) unknown++;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].map(([value, count]) => ({ value, count }));
  sorted.sort((a, b) => (name === 'year' ? 0 : b.count - a.count) || compareText(a.value, b.value));
  return { values: name === 'year' ? sorted : sorted.slice(0, size), unknown, distinct: counts.size };
}

/** Every leaf that a hit may match in words. */
export function positiveLeaves(node: QueryNode): Scored[] {
  if (isScored(node)) return [node];
  if (node.op === 'and' || node.op === 'or') return node.clauses.flatMap(positiveLeaves);
  return node.op === 'filter' || node.op === 'boost' ? positiveLeaves(node.clause) : [];
}

/** Where a value shows any of the leaves. */
export function rangesIn(value: Value, leaves: readonly Scored[]): { from: number; to: number }[] {
  return leaves.filter((leaf) => inField(leaf.field, value)).flatMap((leaf) => inValue(leaf, value.text).ranges);
}

/** The records of a corpus, folded in as they come. */
export class NaiveCorpus {
  readonly groups = new Map<string, PatentDocument[]>();

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
