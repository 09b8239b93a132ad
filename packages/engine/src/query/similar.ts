import {
  type PatentDocument,
  QuanlianError,
  type QueryNode,
  type SimilarRequest,
  type SimilarResult,
} from '@quanlian/contract';
import { analyse, normalizeSymbol } from '@quanlian/kernel';
import { classSymbols, symbolKey, textValues, valueKey } from '../content/document.js';
import { indexFormsOfText } from '../content/numbers.js';
import { findDocument, readDocument, type Snapshot } from '../corpus/snapshot.js';
import { TEXT_MASK } from '../segment/postings.js';
import { WINDOW_SHIFT } from '../segment/term-list.js';
import { addAll, type Bits, clearBit, countBits, emptyBits, hasBit, keepCommon, setBit } from '../storage/bits.js';
import { evaluate, type QueryContext } from './evaluate.js';
import type { Evaluated } from './evaluated.js';
import { makeHit } from './hit.js';
import { countLive } from './live.js';
import { createMeter } from './meter.js';
import { selectPage, shownOf } from './order.js';
import type { ScoredLeaf, TextLeaf } from './plan.js';
import { rarity } from './rarity.js';
import { freshRoom } from './room.js';
import { type Scores, sourcesOfLeaf } from './scoring.js';
import { dayOf, evaluateQuery } from './search.js';
import { constantSource, type WindowSource } from './sources.js';
import { allScores, offerBest, type Sources } from './windows.js';

/** Words that tell most of a text, and UTF-16 units of a text that are looked at. */
const TELLING_TERMS = 25;
const LONGEST_TEXT = 20_000;
const TELLING_FIELDS = ['title', 'abstract', 'claims'];
/** A shared class and a shared citation weigh these times what their rarity says. */
const CLASS_WEIGHT = 0.5;
const CITATION_WEIGHT = 1;
const SHOWN_TERMS = 5;
const DEFAULT_LIMIT = 10;
const MOST_SIMILAR = 1000;
const SATURATION = 1.2;

/** Something that makes documents alike: what it is, who has it, and how much it weighs. */
interface Feature {
  readonly kind: 'terms' | 'classes' | 'citations';
  readonly text: string;
  readonly bits: readonly Bits[];
  /** What it adds to the scores of a segment. */
  sources(index: number): readonly WindowSource[];
}

function tellingText(doc: PatentDocument): string {
  const values = textValues(doc);
  const own = values.filter(({ field }) => TELLING_FIELDS.includes(field));
  const used = own.length > 0 ? own : values.filter(({ field }) => field === 'description');
  return used.map(({ text }) => text).join('\n');
}

/** The terms of a text that occur often in it and seldom in the corpus, the weightiest first. */
function tellingTerms(snapshot: Snapshot, text: string): string[] {
  const counts = new Map<string, number>();
  for (const { term, unit, cjk } of analyse(text.slice(0, LONGEST_TEXT))) {
    // The last character of a run stands in a pair already, and alone tells little.
    if (!cjk || term !== unit) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const weighed = [...counts].flatMap(([term, count]) => {
    const having = countLive(snapshot, 'words', term);
    if (having === 0) return [];
    return [{ term, weight: (count / (count + SATURATION)) * rarity(snapshot.documents, having) }];
  });
  weighed.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
  return weighed.slice(0, TELLING_TERMS).map(({ term }) => term);
}

const termLeaf = (term: string): TextLeaf => ({
  kind: 'text',
  mask: TEXT_MASK,
  column: 'text',
  query: { length: 1, parts: [{ offset: 0, term, open: false }], exact: [] },
  exact: false,
  synonymOf: undefined,
});

function termFeature(snapshot: Snapshot, term: string, context: QueryContext): Feature {
  const leaf: ScoredLeaf = termLeaf(term);
  const source: QueryNode = { op: 'term', field: 'text', text: term };
  const result: Evaluated = evaluate(snapshot, { source, kind: 'leaf', leaf }, context);
  return {
    kind: 'terms',
    text: term,
    bits: result.bits,
    sources: (index) => sourcesOfLeaf(snapshot, context, index, result, leaf).quick,
  };
}

/** Documents under any of some keys, each weighing as much as the keys are rare. */
function keyFeature(
  snapshot: Snapshot,
  kind: 'classes' | 'citations',
  text: string,
  keys: readonly string[],
  weight: number,
): Feature {
  const bits = snapshot.segments.map(({ segment, live }) => {
    const own = emptyBits(segment.docs);
    for (const key of keys) {
      const entry = segment.keys.find(key);
      if (entry) for (const doc of segment.keyDocs(entry)) setBit(own, doc);
    }
    keepCommon(own, live);
    return own;
  });
  const hits = bits.reduce((sum, set) => sum + countBits(set), 0);
  const score = weight * rarity(snapshot.documents, hits);
  return { kind, text, bits, sources: (index) => [constantSource(bits[index], score)] };
}

function documentFeatures(snapshot: Snapshot, doc: PatentDocument): Feature[] {
  const classes = classSymbols(doc).map((symbol) => {
    const keys = ['ipc', 'cpc'].map((scheme) => valueKey(scheme, symbolKey(symbol)));
    return keyFeature(snapshot, 'classes', normalizeSymbol(symbol), keys, CLASS_WEIGHT);
  });
  const cited = [...new Set((doc.citations ?? []).flatMap(({ id }) => (id ? [id] : [])))];
  const citations = [...cited, doc.id].map((id) => {
    const forms = indexFormsOfText(id);
    // Who cites the same document, and that document itself; for the document asked about, who cites it.
    const keys = forms.flatMap((form) => [valueKey('cites', form), ...(id === doc.id ? [] : [valueKey('id', form)])]);
    return keyFeature(snapshot, 'citations', id, keys, CITATION_WEIGHT);
  });
  return [...classes, ...citations];
}

interface Subject {
  readonly text: string;
  readonly doc: PatentDocument | undefined;
  readonly place: { readonly segment: number; readonly doc: number } | undefined;
}

function subjectOf(snapshot: Snapshot, { id, text }: SimilarRequest): Subject {
  if ((id === undefined) === (text === undefined)) {
    throw new QuanlianError('request.invalid', 'Give either the id of a document or a text to compare with.');
  }
  if (id === undefined) return { text: text ?? '', doc: undefined, place: undefined };
  const place = findDocument(snapshot, id);
  if (place === undefined) throw new QuanlianError('document.not_found', `There is no document ${id}.`);
  const doc = readDocument(snapshot, place);
  return { text: tellingText(doc), doc, place };
}

function scoreFeatures(snapshot: Snapshot, features: readonly Feature[], hits: readonly Bits[]): Scores {
  const docsOf = (index: number): number => snapshot.segments[index].segment.docs;
  const sources = (index: number): Sources => ({
    quick: features.flatMap((feature) => feature.sources(index)),
    costly: [],
  });
  return {
    all: (index) => allScores(sources(index), hits[index], docsOf(index)),
    offerBest: (index, within, count, sink) => offerBest(sources(index), within, count, docsOf(index), sink),
    offerListed: () => undefined,
  };
}

/** What a feature adds to the score of one document. */
function scoreOf(feature: Feature, { segment, doc }: { segment: number; doc: number }): number {
  const wanted = new Uint32Array(feature.bits[segment].length);
  setBit(wanted, doc);
  const scores = new Float64Array(1 << WINDOW_SHIFT);
  for (const source of feature.sources(segment)) source.addScores(doc >>> WINDOW_SHIFT, wanted, scores);
  return scores[doc & ((1 << WINDOW_SHIFT) - 1)];
}

type Reasons = SimilarResult['hits'][number]['reasons'];

/** What a document shares, the weightiest first; of the terms only a few. */
function reasonsOf(features: readonly Feature[], place: { segment: number; doc: number }): Reasons {
  const reasons: Record<Feature['kind'], { text: string; score: number }[]> = { terms: [], classes: [], citations: [] };
  for (const feature of features) {
    if (!hasBit(feature.bits[place.segment], place.doc)) continue;
    reasons[feature.kind].push({ text: feature.text, score: scoreOf(feature, place) });
  }
  const ordered = (kind: Feature['kind']): string[] =>
    reasons[kind].sort((a, b) => b.score - a.score || (a.text < b.text ? -1 : 1)).map(({ text }) => text);
  return {
    terms: ordered('terms').slice(0, SHOWN_TERMS),
    classes: ordered('classes'),
    citations: ordered('citations'),
  };
}

/**
 * Documents like one of the corpus or like a text. A document scores with every telling term it has (BM25 over
 * `text`), and against a document also with shared classes and citations by their rarity. All counts are over live
 * documents, so the answer does not depend on how the corpus was loaded. Refuses `document.not_found`,
 * `request.invalid` and what the query `within` is refused for.
 */
export function findSimilar(snapshot: Snapshot, request: SimilarRequest, queryBytes: number): SimilarResult {
  const { limit = DEFAULT_LIMIT, within } = request;
  if (!Number.isInteger(limit) || limit < 0 || limit > MOST_SIMILAR) {
    throw new QuanlianError('request.invalid', `From 0 to ${MOST_SIMILAR} documents are given, not ${limit}.`);
  }
  const context: QueryContext = { day: dayOf(undefined), meter: createMeter(queryBytes), room: freshRoom(snapshot) };
  const subject = subjectOf(snapshot, request);
  const terms = tellingTerms(snapshot, subject.text);
  const features = terms.map((term) => termFeature(snapshot, term, context));
  if (subject.doc) features.push(...documentFeatures(snapshot, subject.doc));
  const allowed = within && evaluateQuery(snapshot, within, context).bits;
  const bits = snapshot.segments.map(({ segment }, index) => {
    const union = emptyBits(segment.docs);
    for (const feature of features) addAll(union, feature.bits[index]);
    if (allowed) keepCommon(union, allowed[index]);
    if (subject.place?.segment === index) clearBit(union, subject.place.doc);
    return union;
  });
  const scores = scoreFeatures(snapshot, features, bits);
  const { hits } = selectPage(snapshot, shownOf(bits), scores, {
    sort: 'relevance',
    offset: 0,
    limit,
    after: undefined,
  });
  const { damage, manifest, documents } = snapshot;
  return {
    hits: hits.map((place) => ({
      hit: makeHit(readDocument(snapshot, place), place.score, []),
      reasons: reasonsOf(features, place),
    })),
    terms,
    corpus: {
      sequence: manifest.sequence,
      documents,
      ...(damage.length === 0 ? {} : { damaged: damage.map(({ file }) => file) }),
    },
  };
}
