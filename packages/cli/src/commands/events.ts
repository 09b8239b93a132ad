import { type EventCode, type EventCodeEdition, QuanlianError } from '@quanlian/contract';
import { readEventCodes } from '@quanlian/formats';
import { dataFolder, openEventCodes } from '@quanlian/server';
import { print, printJson, say, table } from '../output.js';

interface Where {
  readonly data: string;
}

const open = (data: string) => openEventCodes(dataFolder(data).eventCodes);

const count = (number: number, what: string): string => `${number.toLocaleString('en-US')} ${what}`;

const row = ({ edition, codes, offices, current }: EventCodeEdition): string[] => [
  edition,
  count(codes, 'codes'),
  count(offices, 'offices'),
  current ? 'current' : '',
];

/** `quanlian events load`: reads a list of legal-event codes and makes it the current one. A running server follows within seconds. */
export async function loadEventsCommand(
  file: string,
  { edition: named, data, json }: Where & { edition?: string; json: boolean },
): Promise<void> {
  const { codes, edition: told } = await readEventCodes(file);
  const edition = named ?? told;
  if (edition === undefined) {
    throw new QuanlianError(
      'usage.invalid',
      'The name of the file does not tell the edition of the list; name it with --edition, such as --edition 2024.17.',
    );
  }
  const saved = await open(data).save(edition, codes, new Date().toISOString());
  if (json) await printJson(saved);
  else await print(`${table([row(saved)])}\n`);
}

/** `quanlian events list`: the editions that are loaded. */
export async function listEventsCommand({ data, json }: Where & { json: boolean }): Promise<void> {
  const editions = await open(data).list();
  if (json) await printJson(editions);
  else if (editions.length === 0) say('No list of legal-event codes is loaded. “quanlian events load FILE” loads one.');
  else await print(`${table(editions.map(row))}\n`);
}

const codeRow = ({ office, code, class: letter = '–', influence, title }: EventCode): string[] => [
  office,
  code,
  letter,
  influence ?? '',
  title,
];

/** `quanlian events show`: what codes stand for. Names the codes that the list does not have. */
export async function showEventsCommand(
  office: string,
  codes: readonly string[],
  { data, json }: Where & { json: boolean },
): Promise<void> {
  const list = await open(data).rows();
  const wanted = new Set(codes.map((code) => code.toUpperCase()));
  const found = list.codes.filter(
    (one) => one.office === office.toUpperCase() && (wanted.size === 0 || wanted.has(one.code.toUpperCase())),
  );
  if (json) await printJson({ edition: list.edition, codes: found });
  else if (found.length > 0) await print(`${table(found.map(codeRow))}\n`);
  const known = new Set(found.map(({ code }) => code.toUpperCase()));
  const missing = wanted.size === 0 && found.length === 0 ? ['any'] : [...wanted].filter((code) => !known.has(code));
  if (missing.length === 0) return;
  throw new QuanlianError(
    'event_list.unknown',
    `Edition ${list.edition} does not have ${missing.join(', ')} of ${office.toUpperCase()}.`,
  );
}

/** `quanlian events use`: the edition that names events from now on. */
export async function useEventsCommand(edition: string, { data }: Where): Promise<void> {
  await open(data).choose(edition);
  say(`Events are now named by edition ${edition}.`);
}
