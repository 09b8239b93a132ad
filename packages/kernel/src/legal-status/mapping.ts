import { type LegalEvent, LegalStatusSchema, type MappedEvent } from '@quanlian/contract';
import { z } from 'zod';
import { CertaintySchema, WordsSchema } from '../rules/certainty.js';
import { readSt27, ST27_CATEGORIES, statusOfCategory, statusOfCode } from './st27.js';

/** What one office's event code means: an ST.27 category, where known the key and detailed event, and its effect. */
export const EventMeaningSchema = z.strictObject({
  code: z.string().min(1),
  category: z.string().regex(/^[A-Z]$/),
  key: z.string().optional(),
  detail: z.string().optional(),
  /** The status after the event where the category alone does not say it; null: it changes nothing. */
  status: LegalStatusSchema.nullable().optional(),
  /** For a correction: the codes of which it takes back the newest before it. */
  voids: z.array(z.string()).optional(),
  certainty: CertaintySchema,
  words: WordsSchema.optional(),
  /** The edition of the loaded list of codes that the meaning was taken from. */
  list: z.string().optional(),
});
export type EventMeaning = z.infer<typeof EventMeaningSchema>;

/** A file of event codes of one office, with where their meaning is taken from. */
export const EventTableSchema = z.strictObject({
  office: z.string().regex(/^[A-Z]{2}$/),
  version: z.number().int().positive(),
  source: z.string().min(1),
  verifiedOn: z.string(),
  events: z.array(EventMeaningSchema),
});
export type EventTable = z.infer<typeof EventTableSchema>;

/** Codes and their meaning by office. */
export interface EventMap {
  find(office: string, code: string): EventMeaning | undefined;
  /** What a loaded list says of a code whose meaning is not known otherwise. */
  listed?(office: string, code: string): MappedEvent['listed'];
}

/** Offices pad codes with blanks and differ in case of letters only by accident. */
export const eventCodeKey = (office: string, code: string): string => `${office} ${code.trim().toUpperCase()}`;

/**
 * Joins tables into one map; of two tables with the same code the earlier in the list wins, so that a loaded list of
 * codes fills what the shipped tables leave open.
 */
export function eventMap(tables: readonly EventTable[]): EventMap {
  const meanings = new Map<string, EventMeaning>();
  for (const { office, events } of tables) {
    for (const meaning of events) {
      const key = eventCodeKey(office, meaning.code);
      if (!meanings.has(key)) meanings.set(key, meaning);
    }
  }
  return { find: (office, code) => meanings.get(eventCodeKey(office, code)) };
}

const UNMAPPED = { category: null, key: null, detail: null, status: null, mappedBy: null, certainty: null } as const;

type Reading = Pick<MappedEvent, 'category' | 'key' | 'detail' | 'status' | 'mappedBy' | 'certainty'>;

function reading(event: LegalEvent, map: EventMap): Reading {
  const code = event.st27 ? readSt27(event.st27) : undefined;
  if (code && ST27_CATEGORIES[code.key.charAt(0)]) {
    const { key, detail } = code;
    const status = statusOfCode(code) ?? null;
    return { category: key.charAt(0), key, detail, status, mappedBy: 'source', certainty: 'verified' };
  }
  const meaning = map.find(event.office, event.code);
  if (meaning === undefined) return UNMAPPED;
  const { category, key = null, detail = null, certainty } = meaning;
  const status = meaning.status === undefined ? (statusOfCategory(category, meaning.detail) ?? null) : meaning.status;
  const mappedBy = meaning.list !== undefined ? 'list' : key === null ? 'class' : 'table';
  return { category, key, detail, status, mappedBy, certainty };
}

/** Reads an event by its own ST.27 code, else by the table of its office; an unmapped one keeps only what it says itself. */
export function mapEvent(event: LegalEvent, map: EventMap): MappedEvent {
  const { office, code, date, effective, text } = event;
  const listed = map.listed?.(office, code);
  return {
    office,
    code,
    ...(date === undefined ? {} : { date }),
    ...(effective === undefined ? {} : { effective }),
    ...(text === undefined ? {} : { text }),
    st27: event.st27 ?? null,
    ...reading(event, map),
    ...(listed === undefined ? {} : { listed }),
    void: false,
  };
}
