import { z } from 'zod';
import { CitationSchema, PartialDateSchema } from './document.js';
import { LegalTimelineSchema, StatusSpanSchema } from './status.js';

/** A publication in a family: what it claims, and whether it belongs to the simple family of the one asked for. */
export const FamilyMemberSchema = z.object({
  id: z.string(),
  office: z.string(),
  kind: z.string().nullable(),
  date: PartialDateSchema.nullable(),
  title: z.string().nullable(),
  application: z.string().nullable(),
  filed: PartialDateSchema.nullable(),
  simple: z.boolean(),
  /** Why it belongs here: a priority both claim, an application one claims of the other, a division or continuation. */
  ties: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(['application', 'priority', 'related']),
      date: PartialDateSchema.nullable(),
    }),
  ),
});
export type FamilyMember = z.infer<typeof FamilyMemberSchema>;

/**
 * The families of a publication. **Simple**: the same family number of the source or exactly the same priorities.
 * **Extended**: tied, directly or through others, by an application. `complete` is false when the family has more
 * members than are looked for.
 */
export const FamilyAnswerSchema = z.object({
  id: z.string(),
  simple: z.object({ name: z.string(), size: z.number().int() }),
  extended: z.object({ size: z.number().int() }),
  members: z.array(FamilyMemberSchema),
  complete: z.boolean(),
});
export type FamilyAnswer = z.infer<typeof FamilyAnswerSchema>;

/** The legal life of the application behind a publication, and where it stood on a day. */
export const LegalAnswerSchema = z.object({
  id: z.string(),
  on: z.string(),
  /** The span that holds on that day; null before anything is known. */
  status: StatusSpanSchema.nullable(),
  timeline: LegalTimelineSchema,
  /** The states in which a regional right is in force on that day; null for others and before the grant. */
  inForceIn: z.array(z.string()).nullable(),
  /** The term by rule: what it ends on, by which version of which rule, and how sure that is. */
  term: z
    .object({
      ends: z.string(),
      rule: z.object({ id: z.string(), version: z.number().int() }),
      title: z.object({ zh: z.string(), en: z.string() }),
      note: z.object({ zh: z.string(), en: z.string() }).nullable(),
      certainty: z.string(),
      law: z.string().nullable(),
      /** Days of adjustment in it. */
      adjustmentDays: z.number().int(),
      /** Protection beyond it was given, so that its end is not the end of the right. */
      extended: z.boolean(),
      /** United States: a terminal disclaimer, and the day it cuts the term on; without a day `ends` is the latest day. */
      disclaimer: z.object({ state: z.enum(['accepted', 'filed']), ends: z.string().nullable() }).nullable(),
    })
    .nullable(),
  /** The provisions named in the steps, in words of both languages, by the name they have there. */
  laws: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })),
  /** Publications of the same application, oldest first. */
  publications: z.array(
    z.object({
      id: z.string(),
      kind: z.string().nullable(),
      date: PartialDateSchema.nullable(),
      granted: z.boolean().nullable(),
    }),
  ),
  /** Who owned the right from a day on (null: from the beginning), and what says so. */
  holders: z.array(
    z.object({
      names: z.array(z.string()),
      from: PartialDateSchema.nullable(),
      by: z.enum(['applicants', 'assignees', 'proprietors', 'assignment', 'transfer']),
    }),
  ),
  /** Another application of the same applicant for the same invention filed on the same day in China. */
  twins: z.array(z.string()),
});
export type LegalAnswer = z.infer<typeof LegalAnswerSchema>;

/** Who cited, as far as a source says. */
export const CITATION_ORIGINS = ['unknown', 'examiner', 'applicant', 'third-party'] as const;
export type CitationOrigin = (typeof CITATION_ORIGINS)[number];

/**
 * Who a citation comes from by the word a source has for the phase: searches and examinations are the office's work,
 * descriptions and applicants' lists the applicant's, observations and oppositions come from others.
 */
export function citationOrigin(phase: string | undefined): CitationOrigin {
  const word = (phase ?? '').toLowerCase();
  if (/third|observ|oppos|invalid|tpo/.test(word)) return 'third-party';
  if (/app|description|other|ids/.test(word)) return 'applicant';
  if (/sea|exa|isr|ise|ipre|iper|report|office|suppl|national/.test(word)) return 'examiner';
  return 'unknown';
}

/** A claim in two versions: its number in each (null where it is not), and its words with what was taken out and put in. */
export const ClaimRowSchema = z.object({
  before: z.number().int().nullable(),
  after: z.number().int().nullable(),
  change: z.enum(['same', 'changed', 'added', 'deleted']),
  pieces: z.array(z.object({ op: z.enum(['same', 'deleted', 'added']), text: z.string() })),
});
export type ClaimRow = z.infer<typeof ClaimRowSchema>;

/** The claims of an application as published and as granted; `comparison` null when not both are held in one language. */
export const ClaimComparisonSchema = z.object({
  id: z.string(),
  comparison: z
    .object({
      before: z.object({ id: z.string(), kind: z.string().nullable(), date: PartialDateSchema.nullable() }),
      after: z.object({ id: z.string(), kind: z.string().nullable(), date: PartialDateSchema.nullable() }),
      lang: z.string(),
      /** Languages in which both hold claims. */
      languages: z.array(z.string()),
      rows: z.array(ClaimRowSchema),
      counts: z.object({
        same: z.number().int(),
        changed: z.number().int(),
        added: z.number().int(),
        deleted: z.number().int(),
        /** Claims that bear another number than before. */
        renumbered: z.number().int(),
      }),
    })
    .nullable(),
});
export type ClaimComparison = z.infer<typeof ClaimComparisonSchema>;

/** A citation between documents of the corpus, or to one that is not here. */
export const CitationLinkSchema = CitationSchema.extend({
  /** The document here; null when it is not held. */
  document: z.string().nullable(),
  title: z.string().nullable(),
  /** The simple family of the document here. */
  family: z.string().nullable(),
  /** Who cited, read from the source's word for the phase. */
  origin: z.enum(CITATION_ORIGINS),
});
export type CitationLink = z.infer<typeof CitationLinkSchema>;

/** What a document cites and what cites it, with the number of distinct families on both sides. */
export const CitationsAnswerSchema = z.object({
  id: z.string(),
  backward: z.array(CitationLinkSchema),
  forward: z.object({
    total: z.number().int(),
    families: z.number().int(),
    links: z.array(CitationLinkSchema),
    complete: z.boolean(),
  }),
});
export type CitationsAnswer = z.infer<typeof CitationsAnswerSchema>;

/** A simple family in a graph of citations: its oldest publication here, and how many steps it lies from the start. */
export const CitationNodeSchema = z.object({
  family: z.string(),
  level: z.number().int(),
  id: z.string(),
  date: PartialDateSchema.nullable(),
  title: z.string().nullable(),
});
export type CitationNode = z.infer<typeof CitationNodeSchema>;

/** That one family cites another: all letters of categories, who cited as far as a source says, and how often. */
export const CitationEdgeSchema = z.object({
  from: z.string(),
  to: z.string(),
  categories: z.string(),
  origin: z.enum(CITATION_ORIGINS),
  citations: z.number().int(),
});
export type CitationEdge = z.infer<typeof CitationEdgeSchema>;

/**
 * Citations around a publication by simple families. `total` counts all edges of the graph, `edges` is one page of
 * them with the families they join; `complete` is false when the graph was cut at its greatest size.
 */
export const CitationGraphSchema = z.object({
  id: z.string(),
  family: z.string(),
  families: z.number().int(),
  total: z.number().int(),
  complete: z.boolean(),
  nodes: z.array(CitationNodeSchema),
  edges: z.array(CitationEdgeSchema),
  cursor: z.string().nullable(),
});
export type CitationGraph = z.infer<typeof CitationGraphSchema>;

/** How far the derived columns (legal status, owners, families, citation counts) are behind the corpus. */
export const RegisterStateSchema = z.object({
  running: z.boolean(),
  /** The state of the corpus that the columns were derived from; null before the first time. */
  sequence: z.number().int().nullable(),
  /** Reading what changed, linking families and citations, or deriving the status and owners of rights. */
  phase: z.enum(['reading', 'linking', 'rights']).nullable(),
  done: z.number().int(),
  total: z.number().int(),
  /** Documents a second in this phase, and the seconds it still needs at that rate. */
  perSecond: z.number().int().nullable(),
  secondsLeft: z.number().int().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  error: z.string().nullable(),
});
export type RegisterState = z.infer<typeof RegisterStateSchema>;
