import { findField, QuanlianError, type Suggestion, type SuggestRequest } from '@quanlian/contract';
import { analyseQuery, normalizeSymbol, synonymKey } from '@quanlian/kernel';
import { symbolKey, valueKey } from '../content/document.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { countIn as countInFields, TEXT_MASK, WORD_FIELDS } from '../segment/postings.js';
import { hasBit } from '../storage/bits.js';
import { countLive } from './live.js';

const DEFAULT_LIMIT = 10;
const MOST_SUGGESTIONS = 100;
const CLASS_SCHEMES = ['ipc', 'cpc'];

/** Something that may be offered: at most `most` documents have it, exactly `count()` do. */
interface Candidate {
  readonly text: string;
  most: number;
  readonly count: () => number;
}

const byCount = (a: Suggestion, b: Suggestion): number => b.count - a.count || (a.text < b.text ? -1 : 1);

/** The most frequent candidates; those that cannot be among them are not counted. */
function best(candidates: Iterable<Candidate>, kind: Suggestion['kind'], limit: number): Suggestion[] {
  const found: Suggestion[] = [];
  for (const { text, most, count } of [...candidates].sort((a, b) => b.most - a.most)) {
    const last = found[limit - 1];
    if (last !== undefined && most < last.count) break;
    const exact = count();
    if (exact === 0) continue;
    found.push({ text, kind, count: exact });
    found.sort(byCount);
    found.length = Math.min(found.length, limit);
  }
  return found;
}

function addTo(candidates: Map<string, Candidate>, text: string, more: number, count: () => number): void {
  const known = candidates.get(text);
  if (known) known.most += more;
  else candidates.set(text, { text, most: more, count });
}

function countWord(snapshot: Snapshot, term: string, mask: number): number {
  return snapshot.segments.reduce((sum, { segment, live }) => {
    const entry = segment.words.find(term);
    if (entry === undefined) return sum;
    const frequencies = segment.frequencies('words', entry);
    const docs = segment.docsOf('words', entry);
    return sum + docs.filter((doc, i) => hasBit(live, doc) && countInFields(frequencies, i, mask) > 0).length;
  }, 0);
}

function words(snapshot: Snapshot, text: string, field: string): Iterable<Candidate> {
  const candidates = new Map<string, Candidate>();
  const typed = analyseQuery(text, true).exact.at(-1)?.unit;
  if (typed === undefined) return [];
  const own = (WORD_FIELDS as readonly string[]).indexOf(field);
  const mask = own < 0 ? TEXT_MASK : 1 << own;
  for (const { segment } of snapshot.segments) {
    for (const { term, df } of segment.words.withPrefix(typed))
      addTo(candidates, term, df, () => countWord(snapshot, term, mask));
  }
  return candidates.values();
}

function names(snapshot: Snapshot, text: string, field: 'applicant' | 'inventor'): Iterable<Candidate> {
  const candidates = new Map<string, Candidate>();
  const typed = ` ${synonymKey(text)}`;
  if (typed === ' ') return [];
  for (const { segment } of snapshot.segments) {
    const { values } = segment.facet(field);
    segment.folded(field).forEach((folded, i) => {
      if (!` ${folded}`.includes(typed)) return;
      const key = valueKey(field, values[i]);
      addTo(candidates, values[i], segment.keys.find(key)?.df ?? 0, () => countLive(snapshot, 'keys', key));
    });
  }
  return candidates.values();
}

function countEither(snapshot: Snapshot, keys: readonly string[]): number {
  return snapshot.segments.reduce((sum, { segment, live }) => {
    const docs = new Set<number>();
    for (const key of keys) {
      const entry = segment.keys.find(key);
      if (entry) for (const doc of segment.keyDocs(entry)) if (hasBit(live, doc)) docs.add(doc);
    }
    return sum + docs.size;
  }, 0);
}

function symbols(snapshot: Snapshot, text: string, field: string): Iterable<Candidate> {
  const candidates = new Map<string, Candidate>();
  const schemes = field === 'class' ? CLASS_SCHEMES : [field];
  const typed = symbolKey(text);
  if (typed === '') return [];
  for (const { segment } of snapshot.segments) {
    for (const scheme of schemes) {
      for (const { term, df } of segment.keys.withPrefix(valueKey(scheme, typed))) {
        const symbol = term.slice(scheme.length + 1);
        const keys = schemes.map((name) => valueKey(name, symbol));
        addTo(candidates, normalizeSymbol(symbol), df, () => countEither(snapshot, keys));
      }
    }
  }
  return candidates.values();
}

/**
 * What may be meant by something half typed, the most frequent first, each with the number of documents that have it.
 * A word is the last one typed; a name may begin at any of its words. Refuses `request.invalid`.
 */
export function suggest(snapshot: Snapshot, { text, field, limit = DEFAULT_LIMIT }: SuggestRequest): Suggestion[] {
  const found = findField(field);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_SUGGESTIONS) {
    throw new QuanlianError('request.invalid', `From 1 to ${MOST_SUGGESTIONS} suggestions are given, not ${limit}.`, {
      path: 'limit',
    });
  }
  if (found?.name === 'applicant' || found?.name === 'inventor')
    return best(names(snapshot, text, found.name), found.name, limit);
  if (found?.kind === 'class') return best(symbols(snapshot, text, found.name), 'class', limit);
  if (found?.kind === 'text') return best(words(snapshot, text, found.name), 'term', limit);
  throw new QuanlianError(
    'request.invalid',
    `Field ${field} has no suggestions; ask for a text field, applicant, inventor or a class.`,
    {
      path: 'field',
    },
  );
}
