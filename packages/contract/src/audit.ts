import { z } from 'zod';

export const AuditProblemSchema = z.object({
  code: z.string().describe('chain.row_changed, chain.row_missing, chain.root_differs, …'),
  message: z.string(),
  organizationId: z.string().optional(),
  sequence: z.number().int().optional(),
  day: z.string().optional(),
});
export type AuditProblem = z.infer<typeof AuditProblemSchema>;

export const AuditReportSchema = z
  .object({
    ok: z.boolean(),
    chains: z.number().int(),
    entries: z.number().int(),
    /** Personal values whose erasure left only their commitment. */
    erased: z.number().int(),
    sealedDays: z.number().int(),
    lastSeal: z.object({ day: z.string(), root: z.string() }).nullable(),
    problems: z.array(AuditProblemSchema),
  })
  .meta({ id: 'AuditReport' });
export type AuditReport = z.infer<typeof AuditReportSchema>;

export const AuditEntrySchema = z
  .object({
    organizationId: z.string(),
    sequence: z.number().int(),
    at: z.iso.datetime(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
    onBehalfOf: z.string().nullable(),
    action: z.string(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    before: z.unknown(),
    after: z.unknown(),
    why: z.string().nullable(),
    /** Personal values by field; null where one was erased. */
    personal: z.record(z.string(), z.unknown()),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntrySchema>;

/** An erasure of personal values, as the log keeps it: who erased whose, why, and how many; the values are gone. */
export const ErasureSchema = z
  .object({
    at: z.iso.datetime(),
    by: z.string().nullable(),
    personId: z.string(),
    organizationId: z.string(),
    sequence: z.number().int(),
    why: z.string().nullable(),
    fields: z.array(z.string()),
  })
  .meta({ id: 'Erasure' });
export type Erasure = z.infer<typeof ErasureSchema>;

export const AuditQuestionSchema = z.object({
  organizationId: z.uuid().optional(),
  subjectKind: z.string().max(64).optional(),
  subjectId: z.string().max(64).optional(),
  action: z.string().max(64).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type AuditQuestion = z.infer<typeof AuditQuestionSchema>;
