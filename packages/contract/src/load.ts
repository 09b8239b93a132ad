import { z } from 'zod';

/** A record that could not be taken. `offset` counts bytes in the unpacked file; `file` names archive members as `archive.zip!member.xml`. */
export const LoadFailureSchema = z.object({
  code: z.string(),
  message: z.string(),
  file: z.string(),
  offset: z.number().int().nonnegative(),
});
export type LoadFailure = z.infer<typeof LoadFailureSchema>;

/**
 * What a load did. `added`: publications new to the corpus; `merged`: records that changed one that was there;
 * `unchanged`: records already held; `stale`: older than what the same source gave before; `unknownElements`:
 * element paths that no reader takes, with how often each occurred.
 */
export const LoadSummarySchema = z
  .object({
    read: z.number().int(),
    added: z.number().int(),
    merged: z.number().int(),
    unchanged: z.number().int(),
    stale: z.number().int(),
    failed: z.number().int(),
    unknownElements: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'LoadSummary' });
export type LoadSummary = z.infer<typeof LoadSummarySchema>;

export const LOAD_STATES = ['waiting', 'running', 'done', 'failed', 'stopped'] as const;

/** A load as the load page shows it. Bytes are of the packed input; `secondsLeft` is null while unknown. */
export const LoadJobSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    origin: z.enum(['upload', 'inbox', 'command', 'demo']),
    state: z.enum(LOAD_STATES),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    bytesDone: z.number(),
    bytesTotal: z.number().nullable(),
    recordsPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    summary: LoadSummarySchema,
    /** The first failures; `summary.failed` counts all. */
    failures: z.array(LoadFailureSchema),
    sequence: z.number().int().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    /** Version of the program whose readers read the files. */
    version: z.string().optional(),
  })
  .meta({ id: 'LoadJob' });
export type LoadJob = z.infer<typeof LoadJobSchema>;

/** Series that offices give out week by week. */
export const INBOX_SERIES = ['grants', 'applications', 'assignments', 'docdb-front', 'ep-full-text'] as const;

/** Files of a series that an office gives out week by week, of which some are missing between the first and the last. */
export const SeriesGapSchema = z.object({
  office: z.string(),
  series: z.enum(INBOX_SERIES),
  /** Weeks by the date in the file name (ISO 8601), or as year and week. */
  missing: z.array(z.string()),
});
export type SeriesGap = z.infer<typeof SeriesGapSchema>;

/** A file of the inbox that was put away, by its folder and name there. */
export const PutAwayFileSchema = z.object({ folder: z.enum(['done', 'failed']), name: z.string().min(1).max(1000) });
export type PutAwayFile = z.infer<typeof PutAwayFileSchema>;

/** The inbox folder: what waits in the order of loading, which weeks are missing, and which files had records that failed. */
export const InboxReportSchema = z
  .object({
    waiting: z.array(
      z.object({
        name: z.string(),
        /** The day in the name (ISO 8601), by which files are ordered; those without one come first. */
        date: z.string().nullable(),
      }),
    ),
    gaps: z.array(SeriesGapSchema),
    failed: z.array(
      PutAwayFileSchema.extend({
        failed: z.number().int(),
        /** The load that read the file. */
        load: z.string(),
        /** Why nothing of the file could be read. */
        error: z.object({ code: z.string(), message: z.string() }).nullable(),
        /** A few of the records that failed; the load has all. */
        failures: z.array(LoadFailureSchema),
        /** Version of the program that read the file; another version reads it again. */
        version: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'InboxReport' });
export type InboxReport = z.infer<typeof InboxReportSchema>;
