import type { ClassSuggestion, ClassSuggestions, PatentDocument, QueryNode, SimilarResult } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { classLevels, normalizeSymbol, type Scheme } from '@quanlian/kernel';
import type { SchemeStore } from '../schemes/scheme.store.js';
import { shippedOutline } from '../schemes/shipped.js';

/** Similar documents that have a say. */
const COMPARED = 40;
const SHOWN_DOCUMENTS = 3;
const SHOWN_TERMS = 8;
const SHOWN_GROUPS = 5;
/** How much a word of the class's own title adds, as a part of the vote of the most similar document. */
const TITLE_WEIGHT = 0.3;
/** A document's vote falls with its score to this power: the nearest ones decide. */
const SHARPNESS = 2;

type Similar = SimilarResult['hits'][number];

interface Votes {
  votes: number;
  readonly hits: Similar[];
  readonly groups: Map<string, { votes: number; documents: number }>;
}

const titlesOf = (tree: Scheme, symbol: string) => tree.node(symbol)?.titles ?? {};

/** Each document's vote, shared among its subclasses. */
function countVotes(hits: readonly Similar[]): Map<string, Votes> {
  const best = hits[0]?.hit.score ?? 0;
  const bySubclass = new Map<string, Votes>();
  for (const similar of hits) {
    const symbols = [...new Set(similar.hit.classes.map(normalizeSymbol))];
    const subclasses = [...new Set(symbols.flatMap((symbol) => classLevels(symbol).subclass ?? []))];
    // Symbols of other schemes have no subclass; sections that only tag (Y) classify nothing.
    const own = subclasses.filter((subclass) => !subclass.startsWith('Y'));
    const vote = best > 0 ? ((similar.hit.score ?? 0) / best) ** SHARPNESS / Math.max(1, own.length) : 0;
    for (const subclass of own) {
      const known: Votes = bySubclass.get(subclass) ?? { votes: 0, hits: [], groups: new Map() };
      bySubclass.set(subclass, known);
      known.votes += vote;
      known.hits.push(similar);
      for (const symbol of symbols) {
        const levels = classLevels(symbol);
        if (levels.subclass !== subclass || levels.group === undefined) continue;
        const group = known.groups.get(symbol) ?? { votes: 0, documents: 0 };
        known.groups.set(symbol, { votes: group.votes + vote, documents: group.documents + 1 });
      }
    }
  }
  return bySubclass;
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A term and the beginning it shares with its other forms: `batteries` and `battery` both begin with `batter`. */
const stem = (term: string): string => (/^[a-z]{5,}$/.test(term) ? term.replace(/(ies|es|s|ing|ed|y)$/, '') : term);

/** The telling words that stand in any of some titles. */
function wordsIn(terms: readonly string[], titles: readonly Readonly<Record<string, string>>[]): string[] {
  const text = folded(titles.flatMap((one) => Object.values(one)).join('\n'));
  return terms.filter((term) => {
    const word = stem(folded(term));
    const at = text.indexOf(word);
    // A word of letters begins where a word begins; Chinese runs on.
    return (
      at >= 0 &&
      (!/^[a-z]/.test(word) ||
        at === 0 ||
        !/[a-z]/.test(text[at - 1] ?? '') ||
        new RegExp(`\\b${word.replace(/[^a-z0-9]/g, '.')}`).test(text))
    );
  });
}

function termsOf(hits: readonly Similar[]): string[] {
  const counts = new Map<string, number>();
  for (const { reasons } of hits) for (const term of reasons.terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([term]) => term);
}

function suggestionOf(
  symbol: string,
  { votes, hits, groups }: Votes,
  { tree, terms, all }: { tree: Scheme; terms: readonly string[]; all: number },
): ClassSuggestion {
  const best = [...groups].sort((a, b) => b[1].votes - a[1].votes).slice(0, SHOWN_GROUPS);
  const titles = titlesOf(tree, symbol);
  const shown = best.map(([group]) => titlesOf(tree, group));
  return {
    symbol,
    share: all > 0 ? votes / all : 0,
    titles,
    documents: hits.length,
    evidence: hits.slice(0, SHOWN_DOCUMENTS).map(({ hit, reasons }) => ({
      id: hit.id,
      title: hit.title,
      score: hit.score ?? 0,
      terms: reasons.terms,
    })),
    terms: termsOf(hits).slice(0, SHOWN_TERMS),
    titleWords: wordsIn(terms, [titles, ...shown]),
    groups: best.map(([group, of]) => ({
      symbol: group,
      share: votes > 0 ? Math.min(1, of.votes / votes) : 0,
      documents: of.documents,
      titles: titlesOf(tree, group),
    })),
  };
}

/** The tree that titles are taken from: the current CPC or IPC, else the short titles that come with the program. */
async function titleTree(schemes: SchemeStore): Promise<Scheme> {
  const loaded = (await schemes.open('CPC')) ?? (await schemes.open('IPC'));
  return loaded?.tree ?? (await shippedOutline('CPC')).tree;
}

/** What to suggest for: a text, and where it should look. */
export interface SuggestionRequest {
  readonly text: string;
  readonly limit: number;
  /** Only documents that this query finds have a say. */
  readonly within?: QueryNode | undefined;
}

/**
 * Subclasses for a text: those that similar documents of the corpus carry, each document's vote falling with its
 * distance, and a little for words of the text that stand in the title of the class.
 */
export async function suggestClasses(
  backend: SearchBackend,
  schemes: SchemeStore,
  { text, limit, within }: SuggestionRequest,
): Promise<ClassSuggestions> {
  const [{ hits, terms }, tree, outline] = await Promise.all([
    backend.similar({ text, limit: COMPARED, within }),
    titleTree(schemes),
    shippedOutline('CPC'),
  ]);
  const classified = hits.filter(({ hit }) => hit.classes.length > 0);
  const votes = countVotes(classified);
  for (const [symbol, one] of votes) {
    const words = wordsIn(terms, [titlesOf(tree, symbol), titlesOf(outline.tree, symbol)]);
    one.votes += (TITLE_WEIGHT * words.length) / Math.max(1, terms.length);
  }
  const all = [...votes.values()].reduce((sum, one) => sum + one.votes, 0);
  const ordered = [...votes].sort((a, b) => b[1].votes - a[1].votes || (a[0] < b[0] ? -1 : 1));
  return {
    suggestions: ordered.slice(0, limit).map(([symbol, one]) => suggestionOf(symbol, one, { tree, terms, all })),
    terms,
    compared: classified.length,
  };
}

/** How often a suggestion was right for documents whose classes are known. */
export interface SuggestionQuality {
  readonly documents: number;
  /** The first suggestion is a subclass of the document. */
  readonly first: number;
  /** The first suggestion is the subclass of the document's first symbol. */
  readonly main: number;
  /** One of the first five suggestions is a subclass of the document. */
  readonly five: number;
  /** One of the first five is the subclass of its first symbol. */
  readonly mainInFive: number;
}

/** What is suggested for: the title and the abstract, which an applicant has too. */
function textOf({ titles = {}, abstracts = {}, lang }: PatentDocument): string | undefined {
  const chosen = [lang, 'en', 'zh', ...Object.keys(abstracts)].find(
    (one) => one !== undefined && abstracts[one] !== undefined,
  );
  const abstract = chosen === undefined ? undefined : abstracts[chosen];
  if (chosen === undefined || abstract === undefined) return undefined;
  return `${titles[chosen] ?? ''}\n${typeof abstract === 'string' ? abstract : ''}`;
}

const subclassesOf = (doc: PatentDocument): string[] =>
  [...new Set((doc.classifications ?? []).flatMap(({ symbol }) => classLevels(symbol).subclass ?? []))].filter(
    (subclass) => !subclass.startsWith('Y'),
  );

/** Holds documents out one by one, with all of their family and application, and suggests from the rest. */
export async function measureSuggestions(
  backend: SearchBackend,
  schemes: SchemeStore,
  { most }: { most: number },
): Promise<SuggestionQuality> {
  const tally = { documents: 0, first: 0, main: 0, five: 0, mainInFive: 0 };
  for await (const doc of backend.scan({ op: 'range', field: 'abstract' }, 'newest')) {
    const text = textOf(doc);
    const own = subclassesOf(doc);
    if (text === undefined || own.length === 0) continue;
    const relatives: QueryNode[] = [
      { op: 'ids', ids: [doc.id] },
      ...(doc.application
        ? [{ op: 'value' as const, field: 'application', value: `${doc.application.office}${doc.application.number}` }]
        : []),
      ...(doc.familyId ? [{ op: 'value' as const, field: 'family', value: doc.familyId }] : []),
    ];
    const within: QueryNode = { op: 'not', clause: { op: 'or', clauses: relatives } };
    const { suggestions } = await suggestClasses(backend, schemes, { text, limit: 5, within });
    const five = suggestions.map(({ symbol }) => symbol);
    tally.documents++;
    if (five[0] !== undefined && own.includes(five[0])) tally.first++;
    if (five[0] !== undefined && five[0] === own[0]) tally.main++;
    if (five.some((symbol) => own.includes(symbol))) tally.five++;
    if (own[0] !== undefined && five.includes(own[0])) tally.mainInFive++;
    if (tally.documents >= most) break;
  }
  return tally;
}
