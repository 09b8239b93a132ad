import { join } from 'node:path';
import type { PatentDocument } from '@quanlian/contract';
import { parsePaths } from '@quanlian/formats';
import { applicationKey } from '@quanlian/kernel';
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

/** The recorded file histories, by application number, as the reader of such files takes them. */
export async function usHistories(folder: string): Promise<Map<string, History>> {
  const histories = await officeHistories([join(folder, 'prosecution', 'us-peds-histories.jsonl.zst')]);
  return new Map([...histories.values()].flatMap((own) => own.map((one) => [one.application?.number ?? one.id, own])));
}
