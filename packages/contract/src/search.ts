import { z } from 'zod';
import { PartialDateSchema } from './document.js';
import { COUNTABLE, type CountableName, type TabledName } from './fields.js';
import type { QueryNode } from './query.js';

export const SORTS = ['relevance', 'newest', 'oldest'] as const;
export type Sort = (typeof SORTS)[number];

/** A facet to count over all hits; `size` is how many values to return, most frequent first (years: in order). */
export interface FacetRequest {
  name: CountableName;
  size?: number | undefined;
}

/** Two facets crossed: the counts of the most frequent values of the one by those of the other. */
export interface FacetTableRequest {
  rows: CountableName;
  columns: CountableName;
  /** How many values of each, most frequent first. Default 10. */
  rowSize?: number | undefined;
  columnSize?: number | undefined;
}

/** What can be counted as "how many different": families and owners. */
export const DISTINCT = ['family', 'holder', 'applicant'] as const;
export type DistinctName = (typeof DISTINCT)[number];

/** Fields that can weigh differently in the score of a search over `text`. */
export const WEIGHTED_FIELDS = ['title', 'abstract', 'claims', 'description', 'applicant', 'inventor'] as const;
export type FieldWeights = Partial<Record<(typeof WEIGHTED_FIELDS)[number], number>>;

/**
 * Texts that mean the same, in any languages. Each group is met by any of its terms; with `oneWay` only the first
 * is widened to the others.
 */
export const SynonymSetSchema = z.object({
  name: z.string().min(1),
  groups: z.array(z.object({ terms: z.array(z.string().min(1)).min(2), oneWay: z.boolean().optional() })),
});
export type SynonymSet = z.infer<typeof SynonymSetSchema>;

/** Which synonyms widen a search: those kept in the corpus, sets given here, or both. */
export interface SynonymRequest {
  stored?: boolean | undefined;
  sets?: SynonymSet[] | undefined;
}

/** A value that a table gives to classes, each with all that its form has below it. */
export interface ClassGroup {
  value: string;
  classes: string[];
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
  /** Return of each hit only what names it: id, office, kind and family. Much quicker than whole hits. */
  brief?: boolean | undefined;
  /** Return the hits of each clause. */
  explain?: boolean | undefined;
  /** The day whose legal status and other derived values count (ISO 8601). Default: today, UTC. */
  asOf?: string | undefined;
  /** Two facets crossed, counted over all hits. */
  tables?: FacetTableRequest[] | undefined;
  /** Count the different families or owners of all hits. */
  distinct?: DistinctName[] | undefined;
  /** Show only the first hit of each family; the totals tell documents and families. */
  collapse?: 'family' | undefined;
  /** Weigh the fields of a search over `text` differently (BM25F); a field not named weighs 1. */
  weights?: FieldWeights | undefined;
  synonyms?: SynonymRequest | undefined;
  /** The tables by which fields of technology and industries are counted; without its table neither is answered. */
  groups?: Partial<Record<TabledName, ClassGroup[]>> | undefined;
}

/** A piece of a document's text and where the query matched in it, in UTF-16 units of `text`. */
export const PassageSchema = z.object({
  field: z.string(),
  lang: z.string().optional(),
  text: z.string(),
  highlights: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  /** Highlights that a synonym brought, with the text that was asked for. */
  synonyms: z.array(z.object({ from: z.number().int(), to: z.number().int(), of: z.string() })).optional(),
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
    /** The family that the sources name. */
    family: z.string().optional(),
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
  /** Files that are damaged: their documents are missing from the answer, and nothing can be loaded. */
  damaged: z.array(z.string()).optional(),
});
export type CorpusState = z.infer<typeof CorpusStateSchema>;

/** Counts over all hits by the values of two facets; `cells[row][column]`. Hits without a value of either are left out. */
export const FacetTableSchema = z.object({
  rows: z.array(z.string()),
  columns: z.array(z.string()),
  cells: z.array(z.array(z.number().int())),
});
export type FacetTable = z.infer<typeof FacetTableSchema>;

export const SearchResultSchema = z
  .object({
    total: z.number().int(),
    hits: z.array(HitSchema),
    facets: z.partialRecord(z.enum(COUNTABLE), FacetSchema),
    /** In the order they were asked for. */
    tables: z.array(FacetTableSchema).optional(),
    /** How many different values all hits have. */
    distinct: z.partialRecord(z.enum(DISTINCT), z.number().int()).optional(),
    /** Families among all hits, when collapsed by family. */
    families: z.number().int().optional(),
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
    /** The files of data: segments with the documents they were written with and those gone since, and columns. */
    files: z
      .array(
        z.object({
          file: z.string(),
          bytes: z.number().int(),
          crc: z.string(),
          documents: z.number().int(),
          deleted: z.number().int(),
        }),
      )
      .optional(),
    damaged: z.array(z.string()).optional(),
    /** The last thing that kept segments from being merged, until one is merged again. */
    mergeProblem: z.string().optional(),
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

/** What is offered while a query is typed. */
export const SUGGESTION_KINDS = ['term', 'applicant', 'inventor', 'class'] as const;

export interface SuggestRequest {
  /** What was typed: the beginning of a word, of a name (or of a word in it) or of a class symbol. */
  text: string;
  /** A text field for words, `applicant` or `inventor` for names, `class`, `ipc` or `cpc` for symbols. */
  field: string;
  /** Default 10. */
  limit?: number | undefined;
}

/** `count` is how many documents of the corpus have it; the most frequent come first. */
export const SuggestionSchema = z.object({
  text: z.string(),
  kind: z.enum(SUGGESTION_KINDS),
  count: z.number().int(),
});
export type Suggestion = z.infer<typeof SuggestionSchema>;

/** Documents like one of the corpus (`id`) or like a text. */
export interface SimilarRequest {
  id?: string | undefined;
  text?: string | undefined;
  limit?: number | undefined;
  /** Only documents that this query finds. */
  within?: QueryNode | undefined;
}

/** A document with what makes it like the one asked for, the weightiest first. */
export const SimilarHitSchema = z.object({
  hit: HitSchema,
  reasons: z.object({
    terms: z.array(z.string()),
    classes: z.array(z.string()),
    citations: z.array(z.string()),
  }),
});
export const SimilarResultSchema = z.object({
  hits: z.array(SimilarHitSchema),
  /** The telling terms that were looked for. */
  terms: z.array(z.string()),
  corpus: CorpusStateSchema,
});
export type SimilarResult = z.infer<typeof SimilarResultSchema>;
