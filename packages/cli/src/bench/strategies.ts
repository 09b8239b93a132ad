import type { CountableName, PatentDocument, QueryNode, SearchRequest } from '@quanlian/contract';
import { analyse, classLevels } from '@quanlian/kernel';
import { seededRandom } from './measure.js';
import type { BenchCorpus } from './search-corpus.js';

/** What is timed: the best ten with the exact number of hits, the newest ten with it, or counts of values over all hits. */
type BenchMode = 'top' | 'newest' | 'facet year' | 'facet applicant' | 'facet subclass' | 'table';

/** One query of a class, with its words drawn. */
export interface BenchQuery {
  readonly id: string;
  readonly kind: string;
  readonly mode: BenchMode;
  readonly query: QueryNode;
}

/** Documents looked at to learn how often words occur. */
const SAMPLE = 4000;
const QUERIES_A_CLASS = 4;

/** Words by how many documents have them, and other things that are asked for. */
interface Vocabulary {
  readonly stop: readonly string[];
  readonly common: readonly string[];
  readonly middle: readonly string[];
  readonly rare: readonly string[];
  readonly chinese: readonly string[];
  readonly chineseLong: readonly string[];
  readonly phrases: readonly string[];
  readonly subclasses: readonly string[];
  readonly withShare: (share: number) => string;
}

const textsOf = (doc: PatentDocument): string[] => [
  ...[doc.titles ?? {}, doc.abstracts ?? {}].flatMap((texts) => Object.values(texts)),
  ...(doc.claims ?? []).map(({ text }) => text),
  ...(doc.description ?? []).flatMap(({ text }) => text ?? []),
];

function countShares(sample: readonly PatentDocument[]): { words: [string, number][]; pairs: [string, number][] } {
  const words = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const doc of sample) {
    const own = new Set<string>();
    const ownPairs = new Set<string>();
    for (const text of textsOf(doc)) {
      for (const { term, unit, cjk } of analyse(text)) {
        if (!cjk) own.add(term);
        else if (term !== unit) ownPairs.add(term);
      }
    }
    for (const word of own) words.set(word, (words.get(word) ?? 0) + 1);
    for (const pair of ownPairs) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const shares = (counts: Map<string, number>): [string, number][] =>
    [...counts]
      .map(([word, count]): [string, number] => [word, count / sample.length])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return { words: shares(words), pairs: shares(pairs) };
}

/** Pairs of neighbouring English words, and runs of four Chinese characters, from the sample's own texts. */
function drawRuns(sample: readonly PatentDocument[], random: () => number): { english: string[]; chinese: string[] } {
  const english: string[] = [];
  const chinese: string[] = [];
  for (const doc of sample) {
    for (const { text } of doc.claims ?? []) {
      const words = text.toLowerCase().match(/[a-z]+/gu) ?? [];
      const at = Math.floor(random() * (words.length - 1));
      if (doc.lang === 'en' && words.length > 2) english.push(`${words[at]} ${words[at + 1]}`);
      const run = text.match(/\p{Script=Han}{8,}/u)?.[0];
      if (run) chinese.push(run.slice(2, 6));
    }
  }
  return { english, chinese };
}

function learn(corpus: BenchCorpus, random: () => number): Vocabulary {
  const step = Math.max(1, Math.floor(corpus.docs / SAMPLE));
  const sample: PatentDocument[] = [];
  for (let index = 0; index < corpus.docs && sample.length < SAMPLE; index += step)
    sample.push(corpus.make(index, 1).document);
  const { words, pairs } = countShares(sample);
  const between = (list: readonly [string, number][], least: number, most: number): string[] =>
    list.filter(([, share]) => share >= least && share < most).map(([word]) => word);
  const { english, chinese } = drawRuns(sample, random);
  const levels = sample.flatMap((doc) => {
    const first = doc.classifications?.find(({ scheme }) => /^IPCR?$/iu.test(scheme));
    return first ? (classLevels(first.symbol).subclass ?? []) : [];
  });
  return {
    stop: between(words, 0.6, 1),
    common: between(words, 0.1, 0.6),
    middle: between(words, 0.004, 0.03),
    rare: between(words, 0, 0.0015).filter((word) => word.length > 5),
    chinese: between(pairs, 0.01, 0.2),
    chineseLong: chinese,
    phrases: english,
    subclasses: levels,
    withShare: (share) =>
      words.reduce((best, next) => (Math.abs(next[1] - share) < Math.abs(best[1] - share) ? next : best))[0],
  };
}

const term = (text: string, field = 'text'): QueryNode => ({ op: 'term', field, text });
const phrase = (text: string): QueryNode => ({ op: 'phrase', field: 'text', text });
const or = (...clauses: QueryNode[]): QueryNode => ({ op: 'or', clauses });
const and = (...clauses: QueryNode[]): QueryNode => ({ op: 'and', clauses });
const not = (clause: QueryNode): QueryNode => ({ op: 'not', clause });

/** The classes of query, each drawing its words anew. */
function drawers(words: Vocabulary, random: () => number): Record<string, () => QueryNode> {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? 'device';
  const common = (): QueryNode => term(pick(words.common));
  const middle = (): QueryNode => term(pick(words.middle));
  const many = (count: number, draw: () => QueryNode): QueryNode[] => Array.from({ length: count }, draw);
  const twoOf = (from: readonly string[]): string[] => {
    const first = pick(from);
    let second = pick(from);
    while (second === first && from.length > 1) second = pick(from);
    return [first, second];
  };
  const prefix = (): QueryNode => ({ op: 'prefix', field: 'text', text: pick(words.common).slice(0, 4) });
  return {
    'common term': common,
    'middle term': middle,
    'rare term': () => term(pick(words.rare)),
    'and of 2': () => and(...many(2, common)),
    'and of 3': () => and(...many(3, common)),
    'common and rare': () => and(common(), term(pick(words.rare))),
    'or of 2': () => or(...many(2, common)),
    'or of 10': () => or(...many(10, common)),
    'and not': () => and(common(), not(common())),
    nested: () => and(or(...many(2, common)), or(...many(2, middle)), not(middle())),
    'phrase of stop words': () => phrase(twoOf(words.stop).join(' ')),
    phrase: () => phrase(pick(words.phrases)),
    'within 5 words': () => ({ op: 'near', field: 'text', texts: twoOf(words.common), distance: 5 }),
    'same paragraph': () => ({
      op: 'proximity',
      unit: 'paragraph',
      most: 0,
      clauses: twoOf(words.common).map((word) => term(word)),
    }),
    prefix,
    'left truncation': () => ({ op: 'pattern', field: 'text', parts: [{ min: 0 }, pick(words.middle).slice(-5)] }),
    'chinese term': () => term(pick(words.chinese)),
    'chinese phrase': () => term(pick(words.chineseLong)),
    'title term': () => term(pick(words.common), 'title'),
    'class below and term': () =>
      and({ op: 'class', field: 'ipc', symbol: pick(words.subclasses), below: true }, common()),
    'status and term': () => and({ op: 'value', field: 'status', value: 'lapsed' }, common()),
    'days and terms': () => and(or(...many(2, common)), { op: 'range', field: 'date', from: '2005', to: '2014' }),
    'boolean of 30': () =>
      and(
        or(...many(9, common)),
        or(...many(9, middle)),
        or(...many(6, common), phrase(pick(words.phrases))),
        not(or(...many(5, middle))),
      ),
  };
}

/** All queries of a seed; the same words for every engine. */
export function drawQueries(corpus: BenchCorpus, seed: number): BenchQuery[] {
  const random = seededRandom(seed ^ 0x9e3779b9);
  const words = learn(corpus, random);
  const queries: BenchQuery[] = [];
  const add = (kind: string, mode: BenchMode, query: QueryNode): void => {
    queries.push({ id: `${kind} #${queries.length}`, kind, mode, query });
  };
  const drawn = drawers(words, random);
  // Texts of other languages have nothing that these could ask for.
  const missing = new Set<string>();
  if (words.chinese.length === 0) missing.add('chinese term');
  if (words.chineseLong.length === 0) missing.add('chinese phrase');
  for (const [kind, draw] of Object.entries(drawn)) {
    if (missing.has(kind)) continue;
    for (let n = 0; n < QUERIES_A_CLASS; n++) add(kind, 'top', draw());
  }
  for (const [kind, draw] of Object.entries(drawn))
    if (['common term', 'or of 2', 'or of 10', 'and of 2'].includes(kind)) add('newest', 'newest', draw());
  const sets: [string, QueryNode][] = [
    ['1 %', term(words.withShare(0.01))],
    ['10 %', term(words.withShare(0.1))],
    ['50 %', term(words.withShare(0.5))],
    ['100 %', { op: 'all' }],
  ];
  for (const mode of ['facet year', 'facet applicant', 'facet subclass', 'table'] as const)
    for (const [share, query] of sets) add(`${mode} over ${share}`, mode, query);
  return queries;
}

const facets = (...names: CountableName[]) => ({ limit: 0, facets: names.map((name) => ({ name, size: 20 })) });

/** A query as the engine is asked it. */
export function requestOf({ mode, query }: BenchQuery): SearchRequest {
  switch (mode) {
    case 'top':
      return { query, sort: 'relevance', limit: 10 };
    case 'newest':
      return { query, sort: 'newest', limit: 10 };
    case 'facet year':
      return { query, sort: 'newest', ...facets('year') };
    case 'facet applicant':
      return { query, sort: 'newest', ...facets('applicant') };
    case 'facet subclass':
      return { query, sort: 'newest', ...facets('subclass') };
    case 'table':
      return { query, sort: 'newest', limit: 0, tables: [{ rows: 'applicant', columns: 'year', rowSize: 20 }] };
  }
}
