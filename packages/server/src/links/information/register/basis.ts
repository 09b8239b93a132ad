import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QuanlianError } from '@quanlian/contract';
import { EventTableSchema, eventMap, type Instruments, InstrumentsSchema, withCodeList } from '@quanlian/kernel';
import type { Law } from '../../../work/cases/law.js';
import type { EventCodes } from '../event-codes/event-code.store.js';
import type { LegalBasis } from './legal.service.js';

/** The shipped tables of legal events lie at the root, at the same depth from the sources and the build. */
const SHIPPED_EVENTS = fileURLToPath(new URL('../../../../../../rules/events', import.meta.url));

const CITABLE = fileURLToPath(new URL('../../../../../../rules/sources/articles.json', import.meta.url));

/**
 * Reads what events of each office mean; codes that the shipped tables do not have are looked up in the loaded list.
 * Throws `rules.invalid` naming the file that is not as it must be.
 */
export async function loadLegalBasis(
  { rules, calendar }: Law,
  eventCodes: Pick<EventCodes, 'current' | 'reload'>,
  directory: string = SHIPPED_EVENTS,
): Promise<LegalBasis> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const tables = await Promise.all(
    names.map(async (name) => {
      const parsed = EventTableSchema.safeParse(JSON.parse(await readFile(join(directory, name), 'utf8')));
      if (parsed.success) return parsed.data;
      throw new QuanlianError(
        'rules.invalid',
        `The table of legal events ${name} is not well made: ${parsed.error.issues[0]?.message ?? ''}`,
      );
    }),
  );
  await eventCodes.reload();
  return {
    events: withCodeList(eventMap(tables), eventCodes.current),
    codeList: async () => {
      await eventCodes.reload();
      return eventCodes.current()?.edition ?? '';
    },
    rules,
    calendar,
    instruments: await readInstruments(),
  };
}

/** The articles that rules and events may cite, with their names in both languages. */
async function readInstruments(): Promise<Instruments> {
  const parsed = InstrumentsSchema.safeParse(JSON.parse(await readFile(CITABLE, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new QuanlianError(
    'rules.invalid',
    `The list of articles is not well made: ${parsed.error.issues[0]?.message ?? ''}`,
  );
}
