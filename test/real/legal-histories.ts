import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { LegalEvent, PatentDocument } from '@quanlian/contract';
import { openInputs, parsePaths } from '@quanlian/formats';
import { applicationKey, canonicalPublication, publicationId } from '@quanlian/kernel';
import type { LegalSource } from '@quanlian/server';

/** Publications of one application, as the register groups them. */
export type History = readonly LegalSource[];

const keyOf = ({ id, office, application }: PatentDocument): string =>
  `${office} ${(application && applicationKey(application)) ?? id}`;

/** Recorded histories of a folder of office files, by the id of each publication. */
export async function officeHistories(paths: readonly string[]): Promise<Map<string, History>> {
  const groups = new Map<string, Map<string, PatentDocument>>();
  const reader = await parsePaths(paths);
  for await (const item of reader) {
    if (item.type !== 'document') continue;
    const { document } = item;
    const group = groups.get(keyOf(document)) ?? new Map<string, PatentDocument>();
    const held = group.get(document.id);
    const events = [...(held?.events ?? []), ...(document.events ?? [])];
    const once = new Map(events.map((event) => [JSON.stringify(event), event]));
    group.set(document.id, { ...held, ...document, ...(once.size === 0 ? {} : { events: [...once.values()] }) });
    groups.set(keyOf(document), group);
  }
  const found = new Map<string, History>();
  for (const group of groups.values()) {
    const documents = [...group.values()].sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
    for (const { id } of documents) found.set(id, documents);
  }
  return found;
}

const iso = (text: string | undefined): string | undefined => text?.slice(0, 10);
const american = (text: string): string => text.replace(/^(\d\d)-(\d\d)-(\d{4})$/, '$3-$1-$2');

interface Wrapper {
  readonly applId: string;
  readonly appFilingDate: string;
  readonly appType: string;
  readonly appStatus: string;
  readonly appStatusDate: string;
  readonly patentNumber?: string;
  readonly patentIssueDate?: string;
  readonly appEarlyPubNumber?: string;
  readonly appEarlyPubDate?: string;
  readonly totalPtoDays?: string | number;
  readonly lastUpdatedTimestamp: string;
  readonly transactions: readonly { recordDate: string; code: string; description: string }[];
  readonly parentContinuity?: readonly {
    claimApplicationNumberText: string;
    filingDate: string;
    applicationStatusDescription: string;
  }[];
}

const RELATIONS: readonly (readonly [RegExp, string])[] = [
  [/Provisional/, 'us-provisional-application'],
  [/Continuation in part/, 'continuation-in-part'],
  [/Continuation/, 'continuation'],
  [/Division/, 'division'],
  [/Reissue/, 'reissue'],
  [/National Stage/, 'a-371-of-international'],
];

/** A file wrapper of the former examination data system as the publications and events it tells of. */
function historyOf(line: string): [string, History] {
  const wrapper = JSON.parse(line) as Wrapper;
  const { applId, patentNumber, appEarlyPubNumber } = wrapper;
  const filed = iso(wrapper.appFilingDate);
  const events: LegalEvent[] = wrapper.transactions.map(({ recordDate, code, description }) => ({
    office: 'US',
    code,
    date: recordDate.slice(0, 10),
    text: description,
    st27: null,
  }));
  events.push({
    office: 'US',
    code: 'status',
    date: wrapper.appStatusDate.slice(0, 10),
    text: wrapper.appStatus,
    st27: null,
  });
  const source = {
    format: 'history',
    file: applId,
    offset: 0,
    sha256: applId,
    sourceDate: wrapper.lastUpdatedTimestamp.slice(0, 10),
  };
  const common = {
    office: 'US',
    type: wrapper.appType === 'Re-Issue' ? 'reissue' : 'invention',
    application: { office: 'US', number: applId, ...(filed ? { date: filed } : {}) },
    related: (wrapper.parentContinuity ?? []).map((parent) => ({
      relation: RELATIONS.find(([words]) => words.test(parent.applicationStatusDescription))?.[1] ?? 'related',
      document: { office: 'US', number: parent.claimApplicationNumberText, date: american(parent.filingDate) },
    })),
    termAdjustmentDays: Number(wrapper.totalPtoDays ?? 0),
    events,
    sources: [source],
  };
  const publications: LegalSource[] = [];
  const [, early, kind] = /^US(\d{11})([A-Z]\d)$/.exec(appEarlyPubNumber ?? '') ?? [];
  if (early && wrapper.appEarlyPubDate) {
    const number = canonicalPublication('US', early, kind);
    publications.push({
      ...common,
      id: publicationId(number),
      ...number,
      date: wrapper.appEarlyPubDate.slice(0, 10),
      events: [],
    });
  }
  if (patentNumber && wrapper.patentIssueDate) {
    const date = wrapper.patentIssueDate.slice(0, 10);
    const reissue = patentNumber.startsWith('RE');
    const granted = date < '2001-01-02' ? (reissue ? 'E' : 'A') : reissue ? 'E1' : early ? 'B2' : 'B1';
    const number = canonicalPublication('US', patentNumber, granted);
    publications.push({ ...common, id: publicationId(number), ...number, date });
  }
  // An application that was never published is told by its wrapper alone.
  if (publications.at(-1)?.events?.length) return [applId, publications];
  const [last] = publications.splice(-1);
  return [applId, [...publications, last ? { ...last, events } : { ...common, id: `US${applId}`, number: applId }]];
}

/** The recorded file histories, by application number. */
export async function usHistories(folder: string): Promise<Map<string, History>> {
  const found = new Map<string, History>();
  const path = join(folder, 'prosecution', 'us-peds-histories.jsonl.zst');
  for await (const input of await openInputs([path])) {
    if (input.kind !== 'file') continue;
    for await (const line of createInterface({ input: Readable.from(input.chunks) })) {
      if (line === '') continue;
      const [application, history] = historyOf(line);
      found.set(application, history);
    }
  }
  return found;
}
