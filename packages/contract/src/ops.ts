import { z } from 'zod';
import { IdSchema } from './identity.js';

/** The kinds of service that the EPO-OPS-compatible face counts and limits apart, by their names in its headers. */
export const OPS_SERVICES = ['images', 'inpadoc', 'other', 'retrieval', 'search'] as const;
export type OpsService = (typeof OPS_SERVICES)[number];

/** Most requests a minute by kind of service. */
export const OpsRatesSchema = z.partialRecord(z.enum(OPS_SERVICES), z.number().int().min(0).max(1_000_000_000));

/** What a client may use beyond or below what the operator set for all; null leaves that as it is. */
export const OpsQuotaSchema = z.object({
  /** Bytes of answers in any hour. */
  hourBytes: z.number().int().min(0).nullable(),
  /** Bytes of answers in a calendar week (UTC). */
  weekBytes: z.number().int().min(0).nullable(),
  perMinute: OpsRatesSchema,
});
export type OpsQuota = z.infer<typeof OpsQuotaSchema>;

/** A client of the EPO-OPS-compatible face. `key` is what it signs in with, together with a secret that is told once. */
export const OpsClientSchema = OpsQuotaSchema.extend({
  id: IdSchema,
  key: z.string(),
  name: z.string(),
  organizationId: IdSchema.nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
}).meta({ id: 'OpsClient' });
export type OpsClient = z.infer<typeof OpsClientSchema>;

export const NewOpsClientSchema = OpsQuotaSchema.partial().extend({
  name: z.string().trim().min(1).max(200),
  /** Left out by the owner of the data folder. */
  organizationId: IdSchema.optional(),
});
export type NewOpsClient = z.infer<typeof NewOpsClientSchema>;

/** What a client used on one day (UTC). */
export const OpsUsageDaySchema = z.object({
  day: z.string(),
  service: z.enum(OPS_SERVICES),
  requests: z.number().int(),
  bytes: z.number().int(),
});
export type OpsUsageDay = z.infer<typeof OpsUsageDaySchema>;
