import { z } from 'zod';
import { PartialDateSchema } from './document.js';
import { FACETS, type FacetName } from './fields.js';
import type { QueryNode } from './query.js';

export const SORTS = ['relevance', 'newest', 'oldest'] as const;
export type Sort = (typeof SORTS)[number];

/** A facet to count over all hits; `size` is how many values to return, most frequent first (years: in order). */
export interface FacetRequest {
  name: FacetName;
  size?: number | undefined;
}

/** What a backend is asked. `cursor` (from an earlier answer) and `offset` exclude each other. */
export interface SearchRequest {
  query: QueryNode;
  sort: Sort;
  limit: number;
  offset?: number | undefined;
  cursor?: string | undefined;
  facets?: FacetRequest[] | undefined;
  /** Return passages with highlights for each hit. */
  highlight?: boolean | undefined;
  /** Return the hits of each clause. */
  explain?: boolean | undefined;
}

/** A piece of a document's text and where the query matched in it, in UTF-16 units of `text`. */
export const PassageSchema = z.object({
  field: z.string(),
  lang: z.string().optional(),
  text: z.string(),
  highlights: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
});
export type Passage = z.infer<typeof PassageSchema>;

export const HitSchema = z
  .object({
    id: z.string(),
    office: z.string(),
    kind: z.string().optional(),
    date: PartialDateSchema.optional(),
    title: z.string().nullable(),
    titleLang: z.string().optional(),
    applicants: z.array(z.string()),
    classes: z.array(z.string()),
    type: z.string().optional(),
    /** True for a document of the generated demo city. */
    demo: z.boolean().optional(),
    score: z.number().nullable(),
    passages: z.array(PassageSchema),
  })
  .meta({ id: 'Hit' });
export type Hit = z.infer<typeof HitSchema>;

/** Counts over all hits. `unknown` counts the hits without a value; `distinct` the different values. */
export const FacetSchema = z
  .object({
    values: z.array(z.object({ value: z.string(), count: z.number().int() })),
    unknown: z.number().int(),
    distinct: z.number().int(),
  })
  .meta({ id: 'Facet' });
export type Facet = z.infer<typeof FacetSchema>;

export const CorpusStateSchema = z.object({
  /** Counts commits; every acknowledged change has its own. */
  sequence: z.number().int(),
  documents: z.number().int(),
});
export type CorpusState = z.infer<typeof CorpusStateSchema>;

export const SearchResultSchema = z
  .object({
    total: z.number().int(),
    hits: z.array(HitSchema),
    facets: z.partialRecord(z.enum(FACETS), FacetSchema),
    clauses: z.array(z.object({ clause: z.string(), hits: z.number().int() })),
    /** Continues after the last hit of this page; null when there are no more. */
    cursor: z.string().nullable(),
    corpus: CorpusStateSchema,
  })
  .meta({ id: 'SearchResult' });
export type SearchResult = z.infer<typeof SearchResultSchema>;

/** Counts of the whole corpus. `provisional` documents have no kind and no single publication to join. */
export const CorpusStatsSchema = z
  .object({
    sequence: z.number().int(),
    documents: z.number().int(),
    provisional: z.number().int(),
    records: z.number().int(),
    bytes: z.number().int(),
    segments: z.number().int(),
    byOffice: z.record(z.string(), z.number().int()),
    byKind: z.record(z.string(), z.number().int()),
    byYear: z.record(z.string(), z.number().int()),
    byField: z.record(z.string(), z.number().int()),
    byFormat: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'CorpusStats' });
export type CorpusStats = z.infer<typeof CorpusStatsSchema>;

/** The answer of `check`: every file of the corpus read and its checksum compared. */
export const CheckReportSchema = z
  .object({
    ok: z.boolean(),
    sequence: z.number().int(),
    files: z.number().int(),
    bytes: z.number().int(),
    problems: z.array(z.object({ code: z.string(), file: z.string(), message: z.string() })),
  })
  .meta({ id: 'CheckReport' });
export type CheckReport = z.infer<typeof CheckReportSchema>;
