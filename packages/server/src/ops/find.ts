import type { PatentDocument, QueryNode } from '@quanlian/contract';
import { FULL_TEXT, type LongPart, type SearchBackend } from '@quanlian/engine';
import { canonicalPublication, publicationId, readNumber } from '@quanlian/kernel';
import type { Reference } from './address.js';
import { docdbCandidates, usualDocdb } from './epodoc.js';
import { fault } from './faults.js';
import type { InputNumber } from './input.js';
import { epodocApplication } from './render/numbers.js';

/** Publications of one application or priority that are looked at. */
const MOST_PUBLICATIONS = 1000;

/** The kind's first letter that an epodoc number ends in, where its series needs one. */
const TRAILING_LETTER = /^(.*\d)([A-Z])$/;

async function ofNumber(backend: SearchBackend, value: string): Promise<string[]> {
  const query: QueryNode = { op: 'value', field: 'id', value };
  const { hits } = await backend.search({ query, sort: 'oldest', limit: MOST_PUBLICATIONS, brief: true });
  return hits.map(({ id }) => id);
}

async function publicationIds(backend: SearchBackend, { office = '', number, kind }: InputNumber): Promise<string[]> {
  const text = office + number;
  const bare = TRAILING_LETTER.exec(text);
  const [withKind = [], all = [], shorter = []] = await backend.resolve([
    kind && kind !== '*' ? text + kind : text,
    text,
    bare?.[1] ?? text,
  ]);
  if (kind && kind !== '*') return withKind.length > 0 ? withKind : [];
  // A record that names no kind bears the bare number as its id; beside it stand the publications of that number.
  if (all.length === 1 && all[0] === text) return ofNumber(backend, text);
  if (all.length > 0 || !bare) return all;
  return shorter.filter((id) => /([A-Z])\d?$/.exec(id)?.[1] === bare[2]);
}

/** Every writing under which an application may be indexed. */
function applicationWritings({ office = '', number, kind, date, form }: InputNumber): string[] {
  const text = office + number;
  const writings = new Set([text]);
  const original = form === 'original' ? { original: number, number: undefined } : { number };
  for (const { candidates } of [
    readNumber({ office: office || undefined, ...original, kind, date, type: 'application' }),
    readNumber({ number: text, date, type: 'application' }),
  ]) {
    for (const one of candidates) if (one.office && one.number) writings.add(one.office + one.number);
  }
  if (form === 'epodoc') for (const one of docdbCandidates(text)) writings.add(one.office + one.number);
  return [...writings];
}

/** Whether a document's application (or one of its priorities) is the one an epodoc number stands for. */
function hasApplication(doc: PatentDocument, reference: Reference, { number, date }: InputNumber): boolean {
  const all = reference === 'priority' ? (doc.priorities ?? []) : doc.application ? [doc.application] : [];
  const usual = usualDocdb(number);
  return all.some((one) => {
    if (usual !== undefined && one.office === usual.office && one.number === usual.number) return true;
    const forms = [epodocApplication(one), epodocApplication({ ...one, date: one.date ?? date })];
    return forms.includes(number) || `${one.office ?? ''}${one.number ?? ''}` === number;
  });
}

async function byApplication(
  backend: SearchBackend,
  reference: 'application' | 'priority',
  input: InputNumber,
  leaveOut: readonly LongPart[],
): Promise<PatentDocument[]> {
  const clauses = applicationWritings(input).map((value): QueryNode => ({ op: 'value', field: reference, value }));
  const { hits } = await backend.search({
    query: { op: 'or', clauses },
    sort: 'oldest',
    limit: MOST_PUBLICATIONS,
    brief: true,
  });
  const ids = hits.map(({ id }) => id);
  const found = (await backend.get(ids, leaveOut)).filter((doc) => doc !== null);
  return input.form === 'epodoc' ? found.filter((doc) => hasApplication(doc, reference, input)) : found;
}

/** In the order in which they were published. */
export function byPublication(a: PatentDocument, b: PatentDocument): number {
  return (a.date ?? '9999').localeCompare(b.date ?? '9999') || (a.kind ?? '').localeCompare(b.kind ?? '');
}

/** The publication whose office, number and kind these are, found in one step; most requests name one so. */
async function exactly(
  backend: SearchBackend,
  { office, number, kind }: InputNumber,
  leaveOut: readonly LongPart[],
): Promise<PatentDocument | null> {
  const [, joinedOffice, rest] = /^([A-Z]{2})(.+)$/.exec(office === undefined ? number : '') ?? [];
  const owner = office ?? joinedOffice;
  if (kind === undefined || kind === '*' || owner === undefined) return null;
  const id = publicationId(canonicalPublication(owner, office === undefined ? (rest ?? '') : number, kind));
  return (await backend.get([id], leaveOut))[0] ?? null;
}

/** Every publication a number names, in the order of publication; none when none is held. */
export async function findPublications(
  backend: SearchBackend,
  reference: Reference,
  input: InputNumber,
  leaveOut: readonly LongPart[] = FULL_TEXT,
): Promise<PatentDocument[]> {
  if (reference !== 'publication')
    return (await byApplication(backend, reference, input, leaveOut)).sort(byPublication);
  const named = await exactly(backend, input, leaveOut);
  if (named) return [named];
  const ids = await publicationIds(backend, input);
  const found = ids.length === 0 ? [] : await backend.get(ids, leaveOut);
  return found.filter((doc) => doc !== null).sort(byPublication);
}

/**
 * The publication that a number means where only one can be answered: of an epodoc number the first published.
 * Throws `CLIENT.AmbiguousRequest` for a docdb number without kind that names several.
 */
export function onlyOne(reference: Reference, input: InputNumber, found: readonly PatentDocument[]): PatentDocument[] {
  const needsKind = reference === 'publication' && input.form === 'docdb' && input.kind === undefined;
  if (needsKind && found.filter(({ kind }) => kind !== undefined).length > 1) {
    const named = (kind: string) => `${reference}/docdb/${input.office ?? ''}.${input.number}${kind}`;
    throw fault('CLIENT.AmbiguousRequest', 'The request was ambiguous', {
      cause: `Ambiguous input: ${named('')}`,
      resolutions: found.flatMap(({ kind }) => (kind === undefined ? [] : [named(`.${kind}`)])),
    });
  }
  const takesAll = reference !== 'publication' || input.kind === '*';
  return takesAll ? [...found] : found.slice(0, 1);
}

/** All publications of the same application as one of these, themselves among them. */
export async function fullCycle(backend: SearchBackend, found: readonly PatentDocument[]): Promise<PatentDocument[]> {
  const all = new Map(found.map((doc) => [doc.id, doc]));
  const [first] = found;
  const siblings =
    first && (await publicationIds(backend, { form: 'epodoc', text: '', number: first.office + first.number }));
  const applications = found.flatMap(({ application }) =>
    application?.number ? (application.office ?? '') + application.number : [],
  );
  const clauses = [...new Set(applications)].map((value): QueryNode => ({ op: 'value', field: 'application', value }));
  const related =
    clauses.length === 0
      ? []
      : (
          await backend.search({ query: { op: 'or', clauses }, sort: 'oldest', limit: MOST_PUBLICATIONS, brief: true })
        ).hits.map(({ id }) => id);
  const missing = [...new Set([...(siblings ?? []), ...related])].filter((id) => !all.has(id));
  for (const doc of await backend.get(missing, FULL_TEXT)) if (doc) all.set(doc.id, doc);
  return [...all.values()].sort(byPublication);
}
