import { z } from 'zod';
import { QueryNodeSchema, SYNTAXES } from './query.js';
import { CorpusStateSchema } from './search.js';

/** How a clause bears on the whole: it must hold, is one of several, is shut out, or stands inside a nearness. */
export const CLAUSE_ROLES = ['required', 'alternative', 'excluded'] as const;

/** A clause with the documents it finds alone, and of a text in any field those of each field. Parents come first. */
export const ExplainedClauseSchema = z
  .object({
    index: z.number().int(),
    parent: z.number().int().nullable(),
    op: z.string(),
    /** The clause in the query's own language, or in the simple one where that has no writing for it. */
    text: z.string(),
    role: z.enum(CLAUSE_ROLES),
    hits: z.number().int(),
    fields: z.array(z.object({ field: z.string(), hits: z.number().int() })),
  })
  .meta({ id: 'ExplainedClause' });
export type ExplainedClause = z.infer<typeof ExplainedClauseSchema>;

/** A required clause that keeps the result small: it has no hits itself, or none together with the others. */
export const EmptyingClauseSchema = z.object({
  clause: z.number().int(),
  reason: z.enum(['alone', 'together']),
  /** What would be found without it. */
  without: z.number().int(),
});

/** A word of the corpus near one that is not found, with the documents that have it. */
export const SpellingSchema = z.object({
  clause: z.number().int(),
  text: z.string(),
  instead: z.string(),
  count: z.number().int(),
});

/** The next wider class that finds more. */
export const WiderClassSchema = z.object({
  clause: z.number().int(),
  symbol: z.string(),
  instead: z.string(),
  hits: z.number().int(),
});

/** How many documents of an office here have nothing in a field the query asks. */
export const MissingCoverageSchema = z.object({
  field: z.string(),
  office: z.string(),
  documents: z.number().int(),
  without: z.number().int(),
});

/** Whether the corpus holds what a query is confined to: an office, a kind, a time, all together. */
export const HeldScopeSchema = z.object({
  clause: z.number().int().nullable(),
  what: z.enum(['office', 'kind', 'time', 'together']),
  value: z.string(),
  documents: z.number().int(),
  /** The first and the last date of those documents. */
  first: z.string().nullable(),
  last: z.string().nullable(),
});

/** Why a query finds what it finds. The hints are given when little or nothing was found. */
export const ExplanationSchema = z
  .object({
    query: z.object({ input: z.string(), syntax: z.enum(SYNTAXES), canonical: z.string(), ast: QueryNodeSchema }),
    total: z.number().int(),
    corpus: CorpusStateSchema,
    clauses: z.array(ExplainedClauseSchema),
    emptied: z.array(EmptyingClauseSchema),
    spellings: z.array(SpellingSchema),
    wider: z.array(WiderClassSchema),
    coverage: z.array(MissingCoverageSchema),
    held: z.array(HeldScopeSchema),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof ExplanationSchema>;
