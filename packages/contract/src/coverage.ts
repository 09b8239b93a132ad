import { z } from 'zod';

/** Documents of one office, kind and year of publication; `year` null where no date is known. */
export const CoverageRowSchema = z.object({
  office: z.string(),
  kind: z.string().nullable(),
  year: z.string().nullable(),
  documents: z.number().int(),
});
export type CoverageRow = z.infer<typeof CoverageRowSchema>;

/** Documents of one office and kind, over what time, and of how many there is a text. */
export const CoverageKindSchema = z.object({
  office: z.string(),
  kind: z.string().nullable(),
  documents: z.number().int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  abstracts: z.number().int(),
  claims: z.number().int(),
  descriptions: z.number().int(),
});
export type CoverageKind = z.infer<typeof CoverageKindSchema>;

/**
 * Something that is not there though it may be expected: a year or month within the time of an office's kind with no or
 * far fewer documents than those around it, or a kind without claims or description.
 */
export const CoverageGapSchema = z.object({
  gap: z.enum(['year', 'month', 'claims', 'description']),
  office: z.string(),
  kind: z.string().nullable(),
  /** The year or month, `2019` or `2019-04`; null for texts. */
  when: z.string().nullable(),
  documents: z.number().int(),
  /** What the years or months around have (their median); of texts all documents of the kind. */
  expected: z.number().int(),
});
export type CoverageGap = z.infer<typeof CoverageGapSchema>;

export const CorpusCoverageSchema = z.object({
  /** The state of the corpus that was counted. */
  sequence: z.number().int(),
  documents: z.number().int(),
  kinds: z.array(CoverageKindSchema),
  rows: z.array(CoverageRowSchema),
  /** Documents by year and field of technology (WIPO's 35); a document counts in each of its fields. */
  fields: z.array(z.object({ year: z.string(), field: z.string(), documents: z.number().int() })),
  gaps: z.array(CoverageGapSchema),
});
export type CorpusCoverage = z.infer<typeof CorpusCoverageSchema>;

/** The weeks of a year (ISO 8601) of one office's kind, with how many documents were published in each. */
export const WeekCoverageSchema = z.object({
  office: z.string(),
  kind: z.string(),
  year: z.string(),
  /** A field of technology (WIPO's 35) that the counts are confined to; null for all. */
  field: z.string().nullable(),
  weeks: z.array(
    z.object({
      week: z.string(),
      from: z.string(),
      to: z.string(),
      documents: z.number().int(),
      /** What the weeks around have, where this one has far fewer; null where it has enough. */
      expected: z.number().int().nullable(),
    }),
  ),
});
export type WeekCoverage = z.infer<typeof WeekCoverageSchema>;

/** A run of numbers that no document here has, between two that documents have. */
export const NumberGapSchema = z.object({ from: z.string(), to: z.string(), missing: z.number().int() });
/** The numbers of an office's kind as a series: numbers of one length and, where they begin with a year, one year. */
export const NumberSeriesSchema = z.object({
  series: z.string(),
  first: z.string(),
  last: z.string(),
  documents: z.number().int(),
  missing: z.number().int(),
  /** The longest runs first. */
  gaps: z.array(NumberGapSchema),
});
export const NumberCoverageSchema = z.object({
  office: z.string(),
  kind: z.string(),
  series: z.array(NumberSeriesSchema),
});
export type NumberSeries = z.infer<typeof NumberSeriesSchema>;
export type NumberCoverage = z.infer<typeof NumberCoverageSchema>;
