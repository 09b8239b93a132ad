import type { PatentDocument, QueryNode, SearchRequest } from '@quanlian/contract';

type Ask = Omit<SearchRequest, 'limit'>;

/** Words and symbols of the generated documents to ask for, by how often they occur. */
interface Vocabulary {
  readonly common: readonly string[];
  readonly rare: readonly string[];
  readonly phrases: readonly string[];
  readonly chinese: readonly string[];
  readonly classes: readonly string[];
}

const COMMON_SHARE = 0.05;
const TAKEN = 200;

function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z]{3,}/g) ?? [];
}

/** Draws the vocabulary from a sample of the documents themselves. */
export function vocabularyOf(sample: readonly PatentDocument[]): Vocabulary {
  const counts = new Map<string, number>();
  const phrases = new Set<string>();
  const chinese = new Set<string>();
  const classes = new Set<string>();
  for (const document of sample) {
    const texts = [...Object.values(document.titles ?? {}), ...Object.values(document.abstracts ?? {})];
    for (const word of new Set(texts.flatMap(words))) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const text of texts) {
      const found = words(text);
      if (found.length > 1 && phrases.size < TAKEN) phrases.add(found.slice(0, 2).join(' '));
      for (const run of text.match(/\p{Script=Han}{4,}/gu) ?? [])
        if (chinese.size < TAKEN) chinese.add(run.slice(0, 2));
    }
    const symbol = document.classifications?.[0]?.symbol;
    if (symbol && classes.size < TAKEN) classes.add(symbol);
  }
  const byCount = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
  const most = Math.max(10, Math.ceil(byCount.length * COMMON_SHARE));
  return {
    common: byCount.slice(0, most),
    rare: byCount.slice(-TAKEN),
    phrases: [...phrases],
    chinese: [...chinese],
    classes: [...classes],
  };
}

const term = (text: string): QueryNode => ({ op: 'term', field: 'text', text });

/** The classes of query that are measured, each drawing its words anew. */
export function queryClasses(vocabulary: Vocabulary, random: () => number): Record<string, () => Ask> {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? 'device';
  const common = () => term(pick(vocabulary.common));
  const many = (count: number) => Array.from({ length: count }, common);
  const ranked = (query: QueryNode): Ask => ({ query, sort: 'relevance' });
  const all: QueryNode = { op: 'all' };
  return {
    'common term': () => ranked(common()),
    'rare term': () => ranked(term(pick(vocabulary.rare))),
    'and of 2': () => ranked({ op: 'and', clauses: many(2) }),
    'or of 2': () => ranked({ op: 'or', clauses: many(2) }),
    'or of 10': () => ranked({ op: 'or', clauses: many(10) }),
    'and not': () => ranked({ op: 'and', clauses: [common(), { op: 'not', clause: common() }] }),
    phrase: () => ranked({ op: 'phrase', field: 'text', text: pick(vocabulary.phrases) }),
    'within 5 words': () =>
      ranked({ op: 'near', field: 'text', texts: [pick(vocabulary.common), pick(vocabulary.common)], distance: 5 }),
    prefix: () => ranked({ op: 'prefix', field: 'text', text: pick(vocabulary.common).slice(0, 4) }),
    'chinese term': () => ranked(term(pick(vocabulary.chinese))),
    'class and below': () => ranked({ op: 'class', field: 'class', symbol: pick(vocabulary.classes), below: true }),
    'newest of a term': () => ({ query: common(), sort: 'newest' }),
    'facet year, all': () => ({ query: all, sort: 'newest', facets: [{ name: 'year' }] }),
    'facet applicant, all': () => ({ query: all, sort: 'newest', facets: [{ name: 'applicant' }] }),
    'facet applicant, term': () => ({ query: common(), sort: 'newest', facets: [{ name: 'applicant' }] }),
  };
}
