import type { Explanation, QueryNode, Suggestion } from '@quanlian/contract';
import { findField } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { classLevels } from '@quanlian/kernel';
import { countEach, type PlacedClause, requiredClauses } from './clauses.js';
import { nearestWords } from './spelling.js';

/** A clause with its hits. */
export interface CountedClause extends PlacedClause {
  readonly hits: number;
}

/** Clauses that leave-one-out is tried for; each costs a pass over all the others. */
const MOST_TRIED = 60;

/** Which required clauses keep a result small: those without hits, else those without which more would be found. */
export async function findEmptying(
  backend: SearchBackend,
  clauses: readonly CountedClause[],
  total: number,
): Promise<Explanation['emptied']> {
  const required = requiredClauses(clauses)
    .flatMap(({ index }) => clauses[index] ?? [])
    .slice(0, MOST_TRIED);
  const others = required.map(({ index }): QueryNode => {
    const rest = required.filter((clause) => clause.index !== index).map(({ node }) => node);
    return { op: 'and', clauses: rest };
  });
  const without = await countEach(backend, others);
  const tried = required.map(({ index, hits }, i) => ({ clause: index, hits, without: without[i] ?? 0 }));
  const alone = tried.filter(({ hits }) => hits === 0);
  const guilty = alone.length > 0 ? alone : tried.filter((one) => one.without > total && required.length > 1);
  return guilty
    .map(({ clause, without: rest }) => ({
      clause,
      reason: alone.length > 0 ? ('alone' as const) : ('together' as const),
      without: required.length > 1 ? rest : 0,
    }))
    .sort((a, b) => b.without - a.without);
}

/** Words that are worth a look at how they are spelled: few documents have them. */
const RARE = 3;
const MOST_WORDS = 20;
const SPELLINGS_EACH = 3;

interface RareWord {
  readonly clause: number;
  readonly word: string;
  readonly field: string;
}

function wordsOf(clause: CountedClause): RareWord[] {
  const { node, index } = clause;
  if (node.op !== 'term' && node.op !== 'phrase' && node.op !== 'near') return [];
  const field = findField(node.field);
  if (field?.kind !== 'text' && field?.kind !== 'name') return [];
  const texts = node.op === 'near' ? node.texts : [node.text];
  const words = texts.flatMap((text) => text.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? []);
  return words.map((word) => ({ clause: index, word, field: field.name }));
}

const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const asTerm = ({ word, field }: RareWord): QueryNode => ({ op: 'phrase', field, text: word });

/** Shorter pieces of a text without blanks, the longest first. */
function piecesOf(word: string): string[] {
  const characters = [...word];
  const pieces: string[] = [];
  for (let length = characters.length - 1; length >= 2 && pieces.length < 12; length--) {
    for (let at = 0; at + length <= characters.length; at++) pieces.push(characters.slice(at, at + length).join(''));
  }
  return [...new Set(pieces)].slice(0, 12);
}

async function foundPieces(backend: SearchBackend, rare: RareWord): Promise<Explanation['spellings']> {
  const pieces = piecesOf(rare.word);
  const counts = await countEach(
    backend,
    pieces.map((word) => asTerm({ ...rare, word })),
  );
  return pieces
    .map((instead, i) => ({ clause: rare.clause, text: rare.word, instead, count: counts[i] ?? 0 }))
    .filter(({ count }) => count > 0)
    .slice(0, SPELLINGS_EACH);
}

const suggester =
  (backend: SearchBackend, field: string) =>
  (text: string): Promise<Suggestion[]> =>
    backend.suggest({ text, field, limit: 100 });

/** Words of the corpus near those that hardly occur; of Chinese, Japanese and Korean texts the pieces that do occur. */
export async function findSpellings(
  backend: SearchBackend,
  clauses: readonly CountedClause[],
): Promise<Explanation['spellings']> {
  const asked = clauses.filter(({ role }) => role !== 'excluded').flatMap(wordsOf);
  const words = asked.filter((one, at) => asked.findIndex((other) => other.word === one.word) === at);
  const counts = await countEach(backend, words.map(asTerm));
  const rare = words.filter((_, i) => (counts[i] ?? 0) < RARE).slice(0, MOST_WORDS);
  const found: Explanation['spellings'] = [];
  for (const one of rare) {
    if (HAN.test(one.word)) found.push(...(await foundPieces(backend, one)));
    else {
      const near = await nearestWords(one.word, suggester(backend, one.field));
      found.push(
        ...near.slice(0, SPELLINGS_EACH).map(({ text, count }) => ({
          clause: one.clause,
          text: one.word,
          instead: text,
          count,
        })),
      );
    }
  }
  return found;
}

/** The classes above a symbol, the nearest first. */
function widerSymbols(symbol: string): string[] {
  const { group, subclass, class: level, section } = classLevels(symbol);
  return [group, subclass, level, section].flatMap((one) => (one === undefined || one === symbol ? [] : [one]));
}

/** For each class asked for the next wider one that finds more. */
export async function findWider(
  backend: SearchBackend,
  clauses: readonly CountedClause[],
): Promise<Explanation['wider']> {
  const found: Explanation['wider'] = [];
  for (const { node, index, hits, role } of clauses) {
    if (node.op !== 'class' || role === 'excluded') continue;
    const symbols = [...(node.below ? [] : [node.symbol]), ...widerSymbols(node.symbol)];
    const wider = symbols.map((symbol): QueryNode => ({ op: 'class', field: node.field, symbol, below: true }));
    const counts = await countEach(backend, wider);
    const at = counts.findIndex((count) => count > hits);
    const instead = symbols[at];
    if (instead !== undefined) found.push({ clause: index, symbol: node.symbol, instead, hits: counts[at] ?? 0 });
  }
  return found;
}

const COVERED = ['title', 'abstract', 'claims', 'description', 'applicant', 'inventor', 'agent'] as const;
type Covered = (typeof COVERED)[number];
const OFFICES = 30;
/** Gaps smaller than this part of an office's documents are not worth a sentence. */
const SMALLEST_GAP = 0.05;

function coveredFields(node: QueryNode): Covered[] {
  const own = 'field' in node ? COVERED.filter((name) => name === findField(node.field)?.name) : [];
  const children = 'clauses' in node ? node.clauses : 'clause' in node ? [node.clause] : [];
  return [...own, ...children.flatMap(coveredFields)];
}

async function byOffice(backend: SearchBackend, query: QueryNode): Promise<Map<string, number>> {
  const facets = [{ name: 'office' as const, size: OFFICES }];
  const result = await backend.search({ query, sort: 'newest', limit: 0, facets });
  return new Map(result.facets.office?.values.map(({ value, count }) => [value, count]));
}

/** Where the corpus has nothing in a field that the query asks, office by office, the largest gaps first. */
export async function findMissing(backend: SearchBackend, query: QueryNode): Promise<Explanation['coverage']> {
  const fields = [...new Set(coveredFields(query))];
  if (fields.length === 0) return [];
  const all = await byOffice(backend, { op: 'all' });
  const found: Explanation['coverage'] = [];
  for (const field of fields) {
    const lacking = await byOffice(backend, { op: 'not', clause: { op: 'range', field } });
    for (const [office, documents] of all) {
      const without = lacking.get(office) ?? 0;
      if (without / documents >= SMALLEST_GAP) found.push({ field, office, documents, without });
    }
  }
  return found.sort((a, b) => b.without - a.without);
}
