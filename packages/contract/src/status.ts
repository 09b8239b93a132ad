import { z } from 'zod';

/**
 * Where an application or right stands. `pending`: filed, not decided. `in-force`: granted and alive.
 * `lapsed`: given up or not paid for, `expired`: its term is over, `withdrawn` and `refused`: ended before a grant,
 * `revoked`: taken back after a grant. `ended` when a source says that it is over, not why. `unknown` when nothing
 * held says it, or when what is held is too old to rely on.
 */
export const LEGAL_STATUSES = [
  'pending',
  'in-force',
  'lapsed',
  'expired',
  'withdrawn',
  'refused',
  'revoked',
  'ended',
  'unknown',
] as const;
export const LegalStatusSchema = z.enum(LEGAL_STATUSES);
export type LegalStatus = z.infer<typeof LegalStatusSchema>;

/**
 * Why a status begins: an event (`event` counts from 0 in the list of events given), the publication of a document
 * (`document`), the end of a term (`rule`, with its version), a correction that takes an event back, the age of
 * what is known, the end of what was paid for (`fees`), or that a regional right ended in its last state (`states`).
 */
export const StatusReasonSchema = z.object({
  kind: z.enum(['event', 'publication', 'filing', 'term', 'correction', 'age', 'fees', 'states']),
  date: z.string(),
  event: z.number().int().nonnegative().optional(),
  document: z.string().optional(),
  /** Category letter of WIPO ST.27, its key and detailed event, where a mapping gives them. */
  category: z.string().optional(),
  key: z.string().optional(),
  detail: z.string().optional(),
  rule: z.object({ id: z.string(), version: z.number().int() }).optional(),
  certainty: z.string().optional(),
  /** The provision that the step rests on, where a table or rule names it. */
  law: z.string().optional(),
});
export type StatusReason = z.infer<typeof StatusReasonSchema>;

/** A stretch of time with one status: from its first day to the day before `to`; `to` null while it lasts. */
export const StatusSpanSchema = z.object({
  status: LegalStatusSchema,
  from: z.string(),
  to: z.string().nullable(),
  reasons: z.array(StatusReasonSchema),
});
export type StatusSpan = z.infer<typeof StatusSpanSchema>;

/** An event as it was understood: the code given by the office, and what ST.27 calls it where a mapping says so. */
export const MappedEventSchema = z.object({
  office: z.string(),
  code: z.string(),
  date: z.string().optional(),
  effective: z.string().optional(),
  text: z.string().optional(),
  st27: z.string().nullable(),
  category: z.string().nullable(),
  key: z.string().nullable(),
  detail: z.string().nullable(),
  /** The state the right or application is in after it; null when the event does not change it. */
  status: LegalStatusSchema.nullable(),
  /** `source`: its own ST.27 code; `table`, `class`: our table of the office; `list`: the loaded list of codes. */
  mappedBy: z.enum(['source', 'table', 'class', 'list']).nullable(),
  certainty: z.string().nullable(),
  /** What the loaded list says of a code that our own tables do not have, and the edition of the list. */
  listed: z
    .object({
      edition: z.string(),
      title: z.string(),
      original: z.string().optional(),
      class: z.string().optional(),
      classTitle: z.string().optional(),
    })
    .optional(),
  /** The states of a regional right that it concerns; null when it concerns the whole right. */
  states: z.array(z.string()).nullable(),
  /** What the code means, in both languages. */
  words: z.object({ zh: z.string(), en: z.string() }).nullable(),
  /** The provision it rests on. */
  law: z.string().nullable(),
  /** True when a later correction took it back. */
  void: z.boolean(),
});
export type MappedEvent = z.infer<typeof MappedEventSchema>;

/** A regional right in one state after its grant. `validated`: whether an event shows that it took effect there. */
export const StateLifeSchema = z.object({
  state: z.string(),
  spans: z.array(StatusSpanSchema),
  validated: z.boolean(),
  /** Covered by a unitary right, not by one of the state's own. */
  unitary: z.boolean(),
});
export type StateLife = z.infer<typeof StateLifeSchema>;

/** A fee that keeps a right alive: when its window opens, its last day without and with surcharge, when it was paid. */
export const FeeWindowSchema = z.object({
  year: z.number().int(),
  opens: z.string(),
  due: z.string(),
  graceEnds: z.string(),
  paid: z.string().nullable(),
  /** The event that says so, counted from 0 in the list of events. */
  event: z.number().int().nonnegative().nullable(),
});
export type FeeWindow = z.infer<typeof FeeWindowSchema>;

/** The legal life of one application: its spans in order, and every event with how it was read. */
export const LegalTimelineSchema = z.object({
  spans: z.array(StatusSpanSchema),
  events: z.array(MappedEventSchema),
  /** The last day that the sources held tell something of. */
  knownUntil: z.string().nullable(),
  /** The day the term ends by rule, whatever else happens; null where no rule or filing date is held. */
  termEnds: z.string().nullable(),
  /** State by state, for a right granted for several; empty for others. */
  states: z.array(StateLifeSchema),
  /** The fees that keep it alive, where the office's rule is held; empty for others. */
  fees: z.array(FeeWindowSchema),
});
export type LegalTimeline = z.infer<typeof LegalTimelineSchema>;

/** A row of a list of legal-event codes: what an office's code stands for, as the publisher of the list says it. */
export const EventCodeSchema = z.object({
  office: z.string(),
  code: z.string(),
  /** English. */
  title: z.string(),
  /** In the office's own language, where it differs. */
  original: z.string().optional(),
  /** `+` for, `-` against the application or right; null where the list leaves it open. */
  influence: z.enum(['+', '-']).nullable().optional(),
  /** Letter of the event class; the letters are those of WIPO ST.27, and `Z` for codes not classed yet. */
  class: z.string().optional(),
  classTitle: z.string().optional(),
});
export type EventCode = z.infer<typeof EventCodeSchema>;

/** An edition of the list that is loaded; the current one names events. */
export const EventCodeEditionSchema = z.object({
  edition: z.string(),
  codes: z.number().int().nonnegative(),
  offices: z.number().int().nonnegative(),
  loadedAt: z.string(),
  current: z.boolean(),
});
export type EventCodeEdition = z.infer<typeof EventCodeEditionSchema>;
