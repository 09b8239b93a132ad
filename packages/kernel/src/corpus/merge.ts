import type { Citation, LegalEvent, PatentDocument, Related, Source } from '@quanlian/contract';
import { publicationId } from '../numbers/canonical.js';
import { precedenceOf } from './precedence.js';
import { compareAge, sourceOf } from './records.js';

type Field = keyof PatentDocument;

/** Fields taken whole from the source believed first. */
const WHOLE_FIELDS = [
  'type',
  'lang',
  'application',
  'priorities',
  'familyId',
  'pct',
  'correction',
  'designatedStates',
  'termAdjustmentDays',
  'applicants',
  'proprietors',
  'assignees',
  'inventors',
  'agents',
  'examiners',
  'fieldOfSearch',
  'figures',
] as const satisfies readonly Field[];

function isPresent(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function compareRecords(field: Field): (a: PatentDocument, b: PatentDocument) => number {
  return (a, b) => {
    const [x, y] = [sourceOf(a), sourceOf(b)];
    const byOrder = precedenceOf(x.format, field) - precedenceOf(y.format, field);
    if (byOrder !== 0) return byOrder;
    if (x.format !== y.format) return x.format < y.format ? -1 : 1;
    // A record that names its kind knows its publication better than one that had to be joined to it.
    const byKind = Number(a.kind === undefined) - Number(b.kind === undefined);
    return byKind || -compareAge(x, y);
  };
}

function ordered(records: readonly PatentDocument[], field: Field): readonly PatentDocument[] {
  return records.length === 1 ? records : [...records].sort(compareRecords(field));
}

function firstOf<F extends Field>(records: readonly PatentDocument[], field: F): PatentDocument[F] | undefined {
  return ordered(records, field).find((record) => isPresent(record[field]))?.[field];
}

/** The date believed first, unless a lower source gives more of the same date (`1942-03-10` for `1942-03`). */
function mergeDate(records: readonly PatentDocument[]): string | undefined {
  if (records.length === 1) return records[0]?.date;
  const dates = ordered(records, 'date').flatMap((record) => record.date ?? []);
  const first = dates[0];
  if (first === undefined) return undefined;
  return dates.find((date) => date.length > first.length && date.startsWith(first)) ?? first;
}

function mergeByLanguage(
  records: readonly PatentDocument[],
  field: 'titles' | 'abstracts' | 'wire',
): Record<string, string> {
  const [only, ...others] = records;
  const texts = only?.[field] ?? {};
  if (others.length === 0 && Object.keys(texts).length < 2) return texts;
  const merged: Record<string, string> = {};
  for (const record of ordered(records, field)) {
    for (const [lang, text] of Object.entries(record[field] ?? {})) merged[lang] ??= text;
  }
  return Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All of one language (or scheme) comes from one source, so that two numberings never mix. */
function mergeGroups<T>(
  records: readonly PatentDocument[],
  field: Field,
  items: (record: PatentDocument) => readonly T[] | undefined,
  groupOf: (item: T) => string,
): T[] {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0) {
    const all = items(only) ?? [];
    const group = all[0] === undefined ? '' : groupOf(all[0]);
    if (all.every((item) => groupOf(item) === group)) return [...all];
  }
  const taken = new Map<string, T[]>();
  for (const record of ordered(records, field)) {
    const own = new Map<string, T[]>();
    for (const item of items(record) ?? []) {
      const group = groupOf(item);
      const list = own.get(group);
      if (list) list.push(item);
      else own.set(group, [item]);
    }
    for (const [group, list] of own) if (!taken.has(group)) taken.set(group, list);
  }
  return [...taken.values()].flat();
}

function mergeUnion<T>(
  records: readonly PatentDocument[],
  field: Field,
  items: (record: PatentDocument) => readonly T[] | undefined,
  keyOf: (item: T) => string,
): T[] {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0) return [...(items(only) ?? [])];
  const taken = new Map<string, T>();
  for (const record of ordered(records, field)) {
    const before = new Set(taken.keys());
    for (const item of items(record) ?? []) {
      const key = keyOf(item);
      // What one source says twice (a category for each claim) is kept; only another source's copy is dropped.
      if (before.has(key)) continue;
      taken.set(taken.has(key) ? `${key}#${taken.size}` : key, item);
    }
  }
  return [...taken.values()];
}

/** A citation is the same whether or not the source gives the cited kind. */
function citationKey(citation: Citation): string {
  return citation.id
    ? citation.id.replace(/(?<=\d)[A-Z]\d?$/, '')
    : (citation.npl ?? '').toLowerCase().replace(/\W+/g, ' ');
}

const eventKey = (event: LegalEvent): string =>
  JSON.stringify([event.office, event.code, event.date ?? '', event.effective ?? '', event.text ?? '']);

const relatedKey = (related: Related): string =>
  `${related.relation} ${related.id ?? JSON.stringify(related.document)}`;

/** A conveyance is the same under one reel and frame, however a source pads their numbers. */
function assignmentKey(one: unknown): string {
  const { reelFrame } = (one ?? {}) as { reelFrame?: unknown };
  return typeof reelFrame === 'string' ? reelFrame.replace(/\b0+(?=\d)/g, '') : JSON.stringify(one);
}

/** Recorded conveyances of all sources, each once: one source tells of one conveyance, another of all until its day. */
function mergeAssignments(records: readonly PatentDocument[]): unknown[] {
  const taken = new Map<string, unknown>();
  for (const { extra } of ordered(records, 'extra')) {
    const list = extra?.['assignments'];
    if (!Array.isArray(list)) continue;
    for (const one of list as unknown[]) {
      const key = assignmentKey(one);
      if (!taken.has(key)) taken.set(key, one);
    }
  }
  return [...taken.values()];
}

function mergeExtra(records: readonly PatentDocument[]): Record<string, unknown> {
  if (records.every(({ extra }) => extra === undefined)) return {};
  const merged: Record<string, unknown> = Object.assign(
    {},
    ...ordered(records, 'extra')
      .toReversed()
      .map((record) => record.extra ?? {}),
  );
  const assignments = mergeAssignments(records);
  if (assignments.length > 0) merged['assignments'] = assignments;
  // That a source gives the beginning of a description only is no longer true when another gives it whole.
  const describing = ordered(records, 'description').find((record) => isPresent(record.description));
  if (describing?.extra?.['descriptionTruncated'] !== true) delete merged['descriptionTruncated'];
  return merged;
}

/**
 * Where a record had what it says: the sources that it names itself, as a document of our own export does, else the
 * one that brought it.
 */
const originsOf = ({ sources }: PatentDocument): readonly Source[] =>
  sources.length > 1 ? sources.slice(0, -1) : sources;

const sourceKey = ({ format, file, offset, sha256 }: Source): string => JSON.stringify([format, file, offset, sha256]);

function mergeSources(records: readonly PatentDocument[]): Source[] {
  const [only, ...others] = records.flatMap(originsOf);
  if (only !== undefined && others.length === 0) return [only];
  const origins = new Map(records.flatMap(originsOf).map((source) => [sourceKey(source), source]));
  return [...origins.values()].sort((a, b) =>
    a.format === b.format ? compareAge(a, b) : a.format < b.format ? -1 : 1,
  );
}

/** How each field is merged, in the order in which a document has them. */
const MERGED: readonly (readonly [Field, (records: readonly PatentDocument[]) => unknown])[] = [
  ['date', mergeDate],
  ...WHOLE_FIELDS.map((field) => [field, (records: readonly PatentDocument[]) => firstOf(records, field)] as const),
  ['titles', (records) => mergeByLanguage(records, 'titles')],
  ['abstracts', (records) => mergeByLanguage(records, 'abstracts')],
  ['related', (records) => mergeUnion(records, 'related', (r) => r.related, relatedKey)],
  [
    'classifications',
    (records) =>
      mergeGroups(
        records,
        'classifications',
        (r) => r.classifications,
        (c) => c.scheme,
      ),
  ],
  ['citations', (records) => mergeUnion(records, 'citations', (r) => r.citations, citationKey)],
  [
    'claims',
    (records) =>
      mergeGroups(
        records,
        'claims',
        (r) => r.claims,
        (c) => c.lang,
      ),
  ],
  [
    'description',
    (records) =>
      mergeGroups(
        records,
        'description',
        (r) => r.description,
        (part) => part.lang,
      ),
  ],
  ['events', mergeEvents],
  ['wire', (records) => mergeByLanguage(records, 'wire')],
  ['extra', mergeExtra],
];

function mergeEvents(records: readonly PatentDocument[]): LegalEvent[] {
  return mergeUnion(records, 'events', (r) => r.events, eventKey).sort((a, b) =>
    (a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0,
  );
}

function mergePublication(records: readonly PatentDocument[], kind: string | undefined): PatentDocument {
  const first = records[0] as PatentDocument;
  const { office, number } = first;
  const merged: Partial<Record<Field, unknown>> = { id: publicationId({ office, number, kind }), office, number };
  if (kind !== undefined) merged.kind = kind;
  for (const [field, merge] of MERGED) {
    // Most publications have one record, and most records few fields.
    if (records.length === 1 && first[field] === undefined) continue;
    const value = merge(records);
    if (isFilled(value)) merged[field] = value;
  }
  merged.sources = mergeSources(records);
  return merged as PatentDocument;
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Object.keys(value).length > 0;
}

/**
 * The publications that the records of one office and number stand for. A record without a kind joins the only
 * publication there is; with none or several it stays a provisional document that has no kind. Records by which a
 * source withdraws a publication give nothing. The order of `records` does not matter.
 */
export function mergeGroup(records: readonly PatentDocument[]): PatentDocument[] {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0)
    return only.deleted === true ? [] : [mergePublication(records, only.kind)];
  const live = records.filter((record) => record.deleted !== true);
  const kindless = live.filter((record) => record.kind === undefined);
  const kinds = [...new Set(live.flatMap((record) => record.kind ?? []))].sort();
  const joined = kinds.length === 1 ? kindless : [];
  const documents = kinds.map((kind) =>
    mergePublication([...live.filter((record) => record.kind === kind), ...joined], kind),
  );
  if (kindless.length > 0 && joined.length === 0) documents.push(mergePublication(kindless, undefined));
  return documents;
}
