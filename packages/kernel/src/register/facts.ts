import type { Citation, LegalEvent, Party, PatentDocument, Source } from '@quanlian/contract';
import { compensates } from '../legal-status/compensation.js';
import { statusNeedsWords } from '../legal-status/mapping.js';
import { newOwner } from './holder.js';

/**
 * Which version of the facts a program writes. Facts of another version are made anew from the records, so the number
 * is raised whenever `registerFacts` keeps more or less than before.
 */
export const FACTS_VERSION = 3;

/** An event without the words, unless they name a new owner or its meaning hangs on them. */
const bareEvent = ({ text, ...event }: LegalEvent): LegalEvent =>
  text !== undefined && (statusNeedsWords(event) || compensates(event) || newOwner(text) !== undefined)
    ? { ...event, text }
    : event;

/** A citation of a patent without what only a reader of it needs. */
const bareCitation = ({ id, category, phase }: Citation): Citation => ({
  ...(id === undefined ? {} : { id }),
  ...(category === undefined ? {} : { category }),
  ...(phase === undefined ? {} : { phase }),
});

const bareInventor = ({ name }: Party): Party => ({ name });

/** The day of the newest source; where it lies in a file says nothing about the right. */
function newestSource(sources: readonly Source[]): Source {
  const sourceDate = sources
    .flatMap(({ sourceDate: day }) => day ?? [])
    .sort()
    .at(-1);
  return { format: '', file: '', offset: 0, sha256: '', ...(sourceDate === undefined ? {} : { sourceDate }) };
}

const list = <T, K extends string>(name: K, values: readonly T[] | undefined): Partial<Record<K, T[]>> =>
  values === undefined || values.length === 0 ? {} : ({ [name]: [...values] } as Record<K, T[]>);

/**
 * What the register needs of a document: its numbers, ties, legal events, parties and citations, without any text. It
 * is a document itself, so that families, status and citations are derived from it as from the whole one.
 */
export function registerFacts(document: PatentDocument): PatentDocument {
  const { id, office, number, kind, date, type, application, priorities, familyId, related, pct } = document;
  const { assignments, terminalDisclaimer } = document.extra ?? {};
  const extra = {
    ...(Array.isArray(assignments) ? { assignments } : {}),
    ...(typeof terminalDisclaimer === 'string' ? { terminalDisclaimer } : {}),
  };
  return {
    id,
    office,
    number,
    ...(kind === undefined ? {} : { kind }),
    ...(date === undefined ? {} : { date }),
    ...(type === undefined ? {} : { type }),
    ...(application === undefined ? {} : { application }),
    ...(familyId === undefined ? {} : { familyId }),
    ...(pct === undefined ? {} : { pct }),
    ...(document.termAdjustmentDays === undefined ? {} : { termAdjustmentDays: document.termAdjustmentDays }),
    ...list('priorities', priorities),
    ...list('related', related),
    ...list('designatedStates', document.designatedStates),
    ...list('applicants', document.applicants),
    ...list('proprietors', document.proprietors),
    ...list('assignees', document.assignees),
    ...list('inventors', document.inventors?.map(bareInventor)),
    ...list('citations', document.citations?.filter(({ id: cited }) => cited !== undefined).map(bareCitation)),
    ...list('events', document.events?.map(bareEvent)),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
    sources: [newestSource(document.sources)],
  };
}
