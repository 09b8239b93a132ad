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
  /** Of several meanings of one code the first whose pattern (letter case ignored) is in the event's words. */
  text: z.string().optional(),
  /** It concerns single states of a regional right: these, or those that its words name. */
  states: z.union([z.literal('named'), z.array(z.string().regex(/^[A-Z]{2}$/))]).optional(),
  /** What it says of those states besides a status. */
  role: z.enum(['designates', 'validates', 'unitary', 'fee']).optional(),
  /**
   * The day of its effect where it names none: the day of the grant, the end of the last fee window before it, or the
   * last anniversary of the filing whose grace period of six months was over.
   */
  since: z.enum(['grant', 'fee-window', 'annuity']).optional(),
  /** A maintenance fee paid: which window it belongs to, in years after the grant. */
  feeYear: z.number().int().positive().optional(),
  /** The provision it rests on, as the list of articles names it. */
  law: z.string().optional(),
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
  find(office: string, code: string, text?: string): EventMeaning | undefined;
  /** What a loaded list says of a code whose meaning is not known otherwise. */
  listed?(office: string, code: string, text?: string): MappedEvent['listed'];
}

/** Offices pad codes with blanks and differ in case of letters only by accident; EPO register states are one code with a number. */
export const eventCodeKey = (office: string, code: string): string =>
  `${office} ${code
    .trim()
    .toUpperCase()
    .replace(/^STATUS-\d*$/, 'STATUS')}`;

interface Entry {
  readonly meaning: EventMeaning;
  readonly pattern: RegExp | undefined;
}

/**
 * Joins tables into one map; of two tables with the same code the earlier in the list wins, so that a loaded list of
 * codes fills what the shipped tables leave open. Within a table a code may stand several times, told apart by words.
 */
export function eventMap(tables: readonly EventTable[]): EventMap {
  const meanings = new Map<string, Entry[]>();
  for (const { office, events } of tables) {
    const own = new Map<string, Entry[]>();
    for (const meaning of events) {
      const key = eventCodeKey(office, meaning.code);
      const entry = { meaning, pattern: meaning.text === undefined ? undefined : new RegExp(meaning.text, 'i') };
      const held = own.get(key);
      if (held) held.push(entry);
      else own.set(key, [entry]);
    }
    for (const [key, entries] of own) if (!meanings.has(key)) meanings.set(key, entries);
  }
  return {
    find: (office, code, text = '') =>
      meanings.get(eventCodeKey(office, code))?.find(({ pattern }) => pattern === undefined || pattern.test(text))
        ?.meaning,
  };
}

/** Codes whose meaning hangs on the words beside them, by office; a test holds it against the tables. */
const TOLD_IN_WORDS: Readonly<Record<string, RegExp>> = {
  EP: /^(AK|AX|RBV|25|PG25|PG2D|D25|R25|VS25|PGFP|VSFP|PGRI|VSRI|REG|STAA|STATUS(-\d*)?|U07)$/i,
  US: /^(STATUS|MAFP|FPAY|STCB|STCH)$/i,
  KR: /^REGISTERSTATUS$/i,
};

/** Whether the legal status hangs on the words of an event of this code; the words of others need not be kept for it. */
export const statusNeedsWords = ({ office, code }: Pick<LegalEvent, 'office' | 'code'>): boolean =>
  TOLD_IN_WORDS[office]?.test(code.trim()) === true;

/** Words before a list of states: `Ref Country Code: CH`, `Designated State(s): AT BE`, `Validation States: BA ME`. */
const STATES = /(?:Country Code|States?(?:\(s\))?|Member States?)[^:;]*:\s*([A-Z]{2}(?:[\s,;]*[A-Z]{2})*)(?![a-z])/g;

/** The states that the words of an event name, each once, in their order. Liechtenstein goes with Switzerland. */
export function statesIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, list = ''] of text.matchAll(STATES)) {
    for (const [state] of list.replace(/[^A-Z]/g, '').matchAll(/../g)) {
      found.add(state);
      if (state === 'CH') found.add('LI');
    }
  }
  return [...found];
}

const UNMAPPED = {
  category: null,
  key: null,
  detail: null,
  status: null,
  mappedBy: null,
  certainty: null,
  states: null,
  words: null,
  law: null,
} as const;

type Reading = Pick<MappedEvent, keyof typeof UNMAPPED>;

/** The states a meaning concerns; null when it concerns the whole right. */
function statesOf({ states }: EventMeaning, text: string | undefined): string[] | null {
  if (states === undefined) return null;
  return states === 'named' ? statesIn(text ?? '') : states;
}

function reading(event: LegalEvent, meaning: EventMeaning | undefined): Reading {
  const code = event.st27 ? readSt27(event.st27) : undefined;
  if (code && ST27_CATEGORIES[code.key.charAt(0)]) {
    const { key, detail } = code;
    const status = statusOfCode(code) ?? null;
    const { words = null, law = null } = meaning ?? {};
    const said = { category: key.charAt(0), key, detail, status, states: null };
    return { ...said, mappedBy: 'source', certainty: 'verified', words, law };
  }
  if (meaning === undefined) return UNMAPPED;
  const { category, key = null, detail = null, certainty, words = null, law = null } = meaning;
  const status = meaning.status === undefined ? (statusOfCategory(category, meaning.detail) ?? null) : meaning.status;
  const states = statesOf(meaning, event.text);
  const mappedBy = meaning.list !== undefined ? 'list' : key === null ? 'class' : 'table';
  return { category, key, detail, status, mappedBy, certainty, states, words, law };
}

/** What the tables say of an event; an event's own ST.27 code has no say here. */
export const meaningOf = ({ office, code, text }: LegalEvent, map: EventMap): EventMeaning | undefined =>
  map.find(office, code, text);

/** Reads an event by its own ST.27 code, else by the table of its office; an unmapped one keeps only what it says itself. */
export function mapEvent(event: LegalEvent, map: EventMap): MappedEvent {
  const { office, code, date, effective, text } = event;
  const listed = map.listed?.(office, code, text);
  return {
    office,
    code,
    ...(date === undefined ? {} : { date }),
    ...(effective === undefined ? {} : { effective }),
    ...(text === undefined ? {} : { text }),
    st27: event.st27 ?? null,
    ...reading(event, meaningOf(event, map)),
    ...(listed === undefined ? {} : { listed }),
    void: false,
  };
}
