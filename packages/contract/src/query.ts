import { z } from 'zod';

/** A stretch of a word that a pattern leaves open: so many characters at least and, when there is a bound, at most. */
export interface Wildcard {
  min: number;
  max?: number | undefined;
}

/** What a language hangs on a relation, an operator or a sort key with a stroke: `/rel.algorithm=CORI`, `/low`. */
export interface QueryModifier {
  name: string;
  comparison?: string | undefined;
  value?: string | undefined;
}

/** The unit a proximity counts in; in the same field, any distance apart, is `field`. */
export const PROXIMITY_UNITS = ['word', 'sentence', 'paragraph', 'field'] as const;
export type ProximityUnit = (typeof PROXIMITY_UNITS)[number];

/** More fields than the one named: the text may stand in any of them. */
export interface FieldList {
  fields?: string[] | undefined;
}

/** `synonymOf` is the text that was asked for when this one stands beside it as a synonym. */
export interface TextOptions extends FieldList {
  synonymOf?: string | undefined;
}

/**
 * The neutral query tree that every query language is read into and every backend answers.
 * Field names are those of `FIELDS`. Text is analysed by the backend: a text of several words, or a run of
 * Chinese characters, must occur as a phrase. `exact` asks for the very characters (no folding of case,
 * width or traditional/simplified). Dates are ISO 8601, may be partial, and both ends of a range count.
 * A range of a text field without ends asks for the documents that have any text there.
 *
 * `symbols` of a class are all that a loaded scheme has below it; without them "and below" follows the symbol's form.
 * `classes` of a value are what a table of classes has for it (each with all that its form has below it).
 * `near` holds texts of one field; `proximity` holds any clauses that have places in a text. Its distance runs from
 * the end of one clause to the start of the other: adjacent words are 1 apart, the same sentence or paragraph is 0.
 * `xor` is met by an odd number of its clauses. `set` is a result of this session's history (`S1`, `L15`).
 * `index` is a clause on an index of another system that the corpus has no field for; `modified` and `sorted` keep
 * what a language says about a clause beyond its hits. A backend refuses by name the operators it does not have.
 */
export type QueryNode =
  | { op: 'all' }
  | { op: 'none' }
  | ({ op: 'term'; field: string; text: string; exact?: boolean | undefined } & TextOptions)
  | ({ op: 'phrase'; field: string; text: string; exact?: boolean | undefined } & TextOptions)
  | ({ op: 'prefix'; field: string; text: string } & FieldList)
  | ({ op: 'near'; field: string; texts: string[]; distance: number; ordered?: boolean | undefined } & FieldList)
  | { op: 'value'; field: string; value: string; classes?: string[] | undefined }
  | { op: 'class'; field: string; symbol: string; below: boolean; symbols?: string[] | undefined }
  | { op: 'range'; field: string; from?: string | undefined; to?: string | undefined }
  | { op: 'ids'; ids: string[] }
  | { op: 'and'; clauses: QueryNode[] }
  | { op: 'or'; clauses: QueryNode[] }
  | { op: 'not'; clause: QueryNode }
  | { op: 'filter'; clause: QueryNode }
  | { op: 'boost'; clause: QueryNode; factor: number }
  | { op: 'pattern'; field: string; parts: (string | Wildcard)[] }
  | {
      op: 'proximity';
      unit: ProximityUnit;
      least?: number | undefined;
      most?: number | undefined;
      ordered?: boolean | undefined;
      clauses: QueryNode[];
    }
  | { op: 'xor'; clauses: QueryNode[] }
  | { op: 'set'; name: string }
  | { op: 'index'; index: string; relation: string; modifiers?: QueryModifier[] | undefined; text: string }
  | { op: 'modified'; modifiers: QueryModifier[]; clause: QueryNode }
  | { op: 'sorted'; keys: { index: string; modifiers?: QueryModifier[] | undefined }[]; clause: QueryNode };

const WildcardSchema = z.object({ min: z.number().int().min(0), max: z.number().int().min(0).optional() });
const ModifiersSchema = z.array(
  z.object({ name: z.string(), comparison: z.string().optional(), value: z.string().optional() }),
);

const FIELD_LIST_SHAPE = { fields: z.array(z.string()).min(1).optional() };
const TEXT_SHAPE = {
  field: z.string(),
  text: z.string(),
  exact: z.boolean().optional(),
  synonymOf: z.string().optional(),
  ...FIELD_LIST_SHAPE,
};

/** A word, a phrase or another leaf and its combinations; see `QueryNode`. */
export const QueryNodeSchema: z.ZodType<QueryNode> = z
  .lazy(() =>
    z.discriminatedUnion('op', [
      z.object({ op: z.literal('all') }),
      z.object({ op: z.literal('none') }),
      z.object({ op: z.literal('term'), ...TEXT_SHAPE }),
      z.object({ op: z.literal('phrase'), ...TEXT_SHAPE }),
      z.object({ op: z.literal('prefix'), field: z.string(), text: z.string(), ...FIELD_LIST_SHAPE }),
      z.object({
        op: z.literal('near'),
        field: z.string(),
        texts: z.array(z.string()),
        distance: z.number().int(),
        ordered: z.boolean().optional(),
        ...FIELD_LIST_SHAPE,
      }),
      z.object({
        op: z.literal('value'),
        field: z.string(),
        value: z.string(),
        classes: z.array(z.string()).optional(),
      }),
      z.object({
        op: z.literal('class'),
        field: z.string(),
        symbol: z.string(),
        below: z.boolean(),
        symbols: z.array(z.string()).optional(),
      }),
      z.object({ op: z.literal('range'), field: z.string(), from: z.string().optional(), to: z.string().optional() }),
      z.object({ op: z.literal('ids'), ids: z.array(z.string()) }),
      z.object({ op: z.literal('and'), clauses: z.array(QueryNodeSchema) }),
      z.object({ op: z.literal('or'), clauses: z.array(QueryNodeSchema) }),
      z.object({ op: z.literal('not'), clause: QueryNodeSchema }),
      z.object({ op: z.literal('filter'), clause: QueryNodeSchema }),
      z.object({ op: z.literal('boost'), clause: QueryNodeSchema, factor: z.number().positive() }),
      z.object({
        op: z.literal('pattern'),
        field: z.string(),
        parts: z.array(z.union([z.string(), WildcardSchema])),
      }),
      z.object({
        op: z.literal('proximity'),
        unit: z.enum(PROXIMITY_UNITS),
        least: z.number().int().optional(),
        most: z.number().int().optional(),
        ordered: z.boolean().optional(),
        clauses: z.array(QueryNodeSchema),
      }),
      z.object({ op: z.literal('xor'), clauses: z.array(QueryNodeSchema) }),
      z.object({ op: z.literal('set'), name: z.string() }),
      z.object({
        op: z.literal('index'),
        index: z.string(),
        relation: z.string(),
        modifiers: ModifiersSchema.optional(),
        text: z.string(),
      }),
      z.object({ op: z.literal('modified'), modifiers: ModifiersSchema, clause: QueryNodeSchema }),
      z.object({
        op: z.literal('sorted'),
        keys: z.array(z.object({ index: z.string(), modifiers: ModifiersSchema.optional() })),
        clause: QueryNodeSchema,
      }),
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

/** The answer of a query parser; `ast` is null when `valid` is false. `canonical` is the query in its own language. */
export const ParsedQuerySchema = z.object({
  input: z.string(),
  syntax: z.enum(SYNTAXES),
  valid: z.boolean(),
  ast: QueryNodeSchema.nullable(),
  canonical: z.string().nullable(),
  errors: z.array(QueryErrorSchema),
});
export type ParsedQuery = z.infer<typeof ParsedQuerySchema>;
