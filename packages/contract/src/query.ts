import { z } from 'zod';

/**
 * The neutral query tree that every query language is read into and every backend answers.
 * Field names are those of `FIELDS`. Text is analysed by the backend: a text of several words, or a run of
 * Chinese characters, must occur as a phrase. `exact` asks for the very characters (no folding of case,
 * width or traditional/simplified). Dates are ISO 8601, may be partial, and both ends of a range count.
 */
export type QueryNode =
  | { op: 'all' }
  | { op: 'none' }
  | { op: 'term'; field: string; text: string; exact?: boolean | undefined }
  | { op: 'phrase'; field: string; text: string; exact?: boolean | undefined }
  | { op: 'prefix'; field: string; text: string }
  | { op: 'near'; field: string; texts: string[]; distance: number; ordered?: boolean | undefined }
  | { op: 'value'; field: string; value: string }
  | { op: 'class'; field: string; symbol: string; below: boolean }
  | { op: 'range'; field: string; from?: string | undefined; to?: string | undefined }
  | { op: 'ids'; ids: string[] }
  | { op: 'and'; clauses: QueryNode[] }
  | { op: 'or'; clauses: QueryNode[] }
  | { op: 'not'; clause: QueryNode }
  | { op: 'filter'; clause: QueryNode }
  | { op: 'boost'; clause: QueryNode; factor: number };

/** A word, a phrase or another leaf and its combinations; see `QueryNode`. */
export const QueryNodeSchema: z.ZodType<QueryNode> = z
  .lazy(() =>
    z.discriminatedUnion('op', [
      z.object({ op: z.literal('all') }),
      z.object({ op: z.literal('none') }),
      z.object({ op: z.literal('term'), field: z.string(), text: z.string(), exact: z.boolean().optional() }),
      z.object({ op: z.literal('phrase'), field: z.string(), text: z.string(), exact: z.boolean().optional() }),
      z.object({ op: z.literal('prefix'), field: z.string(), text: z.string() }),
      z.object({
        op: z.literal('near'),
        field: z.string(),
        texts: z.array(z.string()),
        distance: z.number().int(),
        ordered: z.boolean().optional(),
      }),
      z.object({ op: z.literal('value'), field: z.string(), value: z.string() }),
      z.object({ op: z.literal('class'), field: z.string(), symbol: z.string(), below: z.boolean() }),
      z.object({ op: z.literal('range'), field: z.string(), from: z.string().optional(), to: z.string().optional() }),
      z.object({ op: z.literal('ids'), ids: z.array(z.string()) }),
      z.object({ op: z.literal('and'), clauses: z.array(QueryNodeSchema) }),
      z.object({ op: z.literal('or'), clauses: z.array(QueryNodeSchema) }),
      z.object({ op: z.literal('not'), clause: QueryNodeSchema }),
      z.object({ op: z.literal('filter'), clause: QueryNodeSchema }),
      z.object({ op: z.literal('boost'), clause: QueryNodeSchema, factor: z.number().positive() }),
    ]),
  )
  .meta({ id: 'QueryNode' });

export const SYNTAXES = ['simple', 'cql', 'cql12', 'command', 'cnipa'] as const;
export type Syntax = (typeof SYNTAXES)[number];

/** What was wrong in a query: `from` and `to` count characters (UTF-16 units) of the input. */
export const QueryErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  from: z.number().int(),
  to: z.number().int(),
});
export type QueryError = z.infer<typeof QueryErrorSchema>;

/** The answer of a query parser; `ast` is null when `valid` is false. */
export const ParsedQuerySchema = z.object({
  input: z.string(),
  syntax: z.enum(SYNTAXES),
  valid: z.boolean(),
  ast: QueryNodeSchema.nullable(),
  canonical: z.string().nullable(),
  errors: z.array(QueryErrorSchema),
});
export type ParsedQuery = z.infer<typeof ParsedQuerySchema>;
