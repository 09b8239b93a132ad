import type { EventCode, MappedEvent } from '@quanlian/contract';
import { type EventMap, type EventMeaning, eventCodeKey } from './mapping.js';
import { ST27_CATEGORIES, statusOfCategory } from './st27.js';

/** A list of event codes of many offices, by office and code. */
export interface EventCodeList {
  readonly edition: string;
  find(office: string, code: string): EventCode | undefined;
}

/** Indexes the rows of a list; of two rows for one code the first holds. */
export function eventCodeList(edition: string, codes: readonly EventCode[]): EventCodeList {
  const byKey = new Map<string, EventCode>();
  for (const code of codes) {
    const key = eventCodeKey(code.office, code.code);
    if (!byKey.has(key)) byKey.set(key, code);
  }
  return { edition, find: (office, code) => byKey.get(eventCodeKey(office, code)) };
}

/** Which way an event of a class must work for the class to move the status. */
const WAYS: Readonly<Record<string, '+' | '-'>> = { B: '-', H: '-', N: '-', C: '+', F: '+', K: '+' };
/** Events of these offices often concern one state only, and a class does not say which. */
const OF_MANY_STATES: ReadonlySet<string> = new Set(['EP', 'WO', 'EA', 'AP', 'OA']);
/** A certificate beside the patent begins and ends without moving the patent. */
const CERTIFICATE = /\bSPC\b|\bS\.P\.C|SUPPLEMENTARY|CERTIFICATE|EXTENSION/i;

/**
 * What a listed class says about the status: something only where the list's influence agrees with it, since a class
 * holds events and their opposites alike (a grant and the cancelling of a grant are both class F).
 */
function statusOfListed({ office, title, influence, class: letter = '' }: EventCode): EventMeaning['status'] {
  const way = WAYS[letter];
  if (way === undefined || OF_MANY_STATES.has(office) || CERTIFICATE.test(title)) return null;
  return influence === way ? (statusOfCategory(letter) ?? null) : null;
}

function meaningOf(row: EventCode, edition: string): EventMeaning | undefined {
  const { code, class: letter } = row;
  if (letter === undefined || ST27_CATEGORIES[letter] === undefined) return undefined;
  return { code, category: letter, status: statusOfListed(row), certainty: 'low', list: edition };
}

function listing({ title, original, class: letter, classTitle }: EventCode, edition: string): MappedEvent['listed'] {
  return {
    edition,
    title,
    ...(original === undefined ? {} : { original }),
    ...(letter === undefined ? {} : { class: letter }),
    ...(classTitle === undefined ? {} : { classTitle }),
  };
}

/**
 * A map of events that falls back to the list loaded at that moment: codes that our own map does not have are named
 * by the list and, where it classes them, read by their class.
 */
export function withCodeList(own: EventMap, current: () => EventCodeList | undefined): EventMap {
  const fallback = (office: string, code: string) => {
    const list = current();
    const row = list?.find(office, code);
    return list && row && { row, edition: list.edition };
  };
  return {
    find(office, code, text) {
      const known = own.find(office, code, text);
      const found = known === undefined ? fallback(office, code) : undefined;
      return known ?? (found && meaningOf(found.row, found.edition));
    },
    listed(office, code, text) {
      const found = own.find(office, code, text) === undefined ? fallback(office, code) : undefined;
      return found && listing(found.row, found.edition);
    },
  };
}
