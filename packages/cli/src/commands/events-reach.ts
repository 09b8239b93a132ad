import type { LegalEvent } from '@quanlian/contract';
import { parsePaths } from '@quanlian/formats';
import { createReach, EVENT_READINGS, type Reach } from '@quanlian/kernel';
import { dataFolder, loadLaw, loadLegalBasis, openEventCodes } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, table } from '../output.js';

const HEAD = ['OFFICE', 'EVENTS', 'CODES', 'BY ST.27', 'BY TABLE', 'BY LIST', 'UNMAPPED', 'MAPPED'];
const MOST_NAMED = 20;

const total = (counts: Reach['codes']): number => EVENT_READINGS.reduce((sum, name) => sum + counts[name], 0);

const share = (counts: Reach['codes']): string =>
  `${((1 - counts.unmapped / Math.max(1, total(counts))) * 100).toFixed(1)} %`;

const row = ({ office, events, codes }: Reach): string[] => [
  office,
  String(total(events)),
  String(total(codes)),
  ...EVENT_READINGS.map((name) => String(codes[name])),
  `${share(codes)} of codes, ${share(events)} of events`,
];

function readable(found: readonly Reach[]): string {
  const named = found.flatMap(({ office, unmapped }) => {
    const list = unmapped.slice(0, MOST_NAMED).map(([code, events]) => `${code} (${events})`);
    const more = unmapped.length - list.length;
    return list.length === 0 ? [] : [`${office} unmapped: ${list.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
  });
  return `${[table([HEAD, ...found.map(row)]), ...named].join('\n')}\n`;
}

/**
 * `quanlian events reach`: how many of the events and codes in files, or of the loaded corpus, have a known meaning,
 * and which have none.
 */
export async function reachCommand(
  paths: readonly string[],
  { data, json }: { data: string; json: boolean },
): Promise<void> {
  const basis = await loadLegalBasis(await loadLaw(), openEventCodes(dataFolder(data).eventCodes));
  await basis.codeList();
  const reach = createReach(basis.events);
  const add = (events: readonly LegalEvent[] = []): void => {
    for (const event of events) reach.add(event);
  };
  if (paths.length === 0) {
    await withCorpus(data, async (backend) => {
      for await (const { events } of backend.scan({ op: 'all' }, 'newest')) add(events);
    });
  } else {
    for await (const item of await parsePaths(paths)) if (item.type === 'document') add(item.document.events);
  }
  await (json ? printJson(reach.result()) : print(readable(reach.result())));
}
