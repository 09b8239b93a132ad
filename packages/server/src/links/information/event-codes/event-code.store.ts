import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  type EventCode,
  type EventCodeEdition,
  EventCodeEditionSchema,
  EventCodeSchema,
  QuanlianError,
} from '@quanlian/contract';
import { type EventCodeList, eventCodeList } from '@quanlian/kernel';
import { z } from 'zod';
import { readIndex, writeIndex, writeKept } from '../kept-files.js';

/** The loaded lists of legal-event codes of a data folder, several editions side by side. */
export interface EventCodes {
  list(): Promise<EventCodeEdition[]>;
  /** Keeps an edition, in the place of one with the same name, and makes it the current one. */
  save(edition: string, codes: readonly EventCode[], now: string): Promise<EventCodeEdition>;
  /** Makes a loaded edition the one that names events. Refuses `event_list.unknown`. */
  choose(edition: string): Promise<void>;
  /** The rows of an edition, the current one when none is named. Refuses `event_list.unknown`. */
  rows(edition?: string): Promise<{ edition: string; codes: readonly EventCode[] }>;
  /** Reads the current edition again when another program changed it; true when it did. */
  reload(): Promise<boolean>;
  /** The current edition as of the last `reload`; undefined when none is loaded. */
  current(): EventCodeList | undefined;
}

const IndexSchema = z.object({ editions: z.array(EventCodeEditionSchema) });
const EDITION = /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/;
const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Opens the folder of lists; nothing is made in it before one is saved. */
export function openEventCodes(dir: string): EventCodes {
  const index = join(dir, 'editions.json');
  const fileOf = (edition: string): string => join(dir, `${edition}.json.gz`);
  let held: { readonly list: EventCodeList | undefined; readonly seen: string } = { list: undefined, seen: '' };

  const list = async (): Promise<EventCodeEdition[]> => (await readIndex(index, IndexSchema))?.editions ?? [];
  const write = (editions: readonly EventCodeEdition[]): Promise<void> => writeIndex(index, { editions });

  async function rows(edition?: string) {
    const all = await list();
    const found = all.find((one) => (edition === undefined ? one.current : one.edition === edition));
    if (!found) {
      const which = edition === undefined ? 'No list' : `No edition ${edition} of the list`;
      throw new QuanlianError(
        'event_list.unknown',
        `${which} of legal-event codes is loaded here. The operator loads one with “quanlian events load”.`,
      );
    }
    const bytes = await unpack(await readFile(fileOf(found.edition)));
    return { edition: found.edition, codes: z.array(EventCodeSchema).parse(JSON.parse(bytes.toString('utf8'))) };
  }

  return {
    list,
    rows,
    async save(edition, codes, now) {
      if (!EDITION.test(edition)) {
        throw new QuanlianError(
          'usage.invalid',
          `“${edition}” is no name of an edition; use letters, digits, dots and dashes, such as 2024.17.`,
        );
      }
      await mkdir(dir, { recursive: true });
      await writeKept(fileOf(edition), await pack(JSON.stringify(codes)));
      const offices = new Set(codes.map(({ office }) => office)).size;
      const entry = { edition, codes: codes.length, offices, loadedAt: now, current: true };
      const others = (await list()).filter((one) => one.edition !== edition);
      await write([...others.map((one) => ({ ...one, current: false })), entry]);
      return entry;
    },
    async choose(edition) {
      const all = await list();
      if (!all.some((one) => one.edition === edition)) await rows(edition);
      await write(all.map((one) => ({ ...one, current: one.edition === edition })));
    },
    async reload() {
      const seen = await stat(index).then(
        ({ mtimeMs, ino, size }) => `${mtimeMs} ${ino} ${size}`,
        () => '',
      );
      if (seen === held.seen) return false;
      const any = (await list()).some(({ current }) => current);
      const loaded = any ? await rows() : undefined;
      held = { list: loaded && eventCodeList(loaded.edition, loaded.codes), seen };
      return true;
    },
    current: () => held.list,
  };
}
