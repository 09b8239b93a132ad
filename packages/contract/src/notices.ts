import { z } from 'zod';

export const JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export const WorkJobSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    organizationId: z.uuid().nullable(),
    state: z.enum(JOB_STATES),
    attempts: z.number().int(),
    mostAttempts: z.number().int(),
    dueAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    progress: z.unknown(),
    error: z.string().nullable(),
    /** Whether whoever asks may stop it or have it tried again. */
    mayManage: z.boolean(),
  })
  .meta({ id: 'WorkJob' });
export type WorkJob = z.infer<typeof WorkJobSchema>;

export const NoticeSchema = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    kind: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    text: z.object({ zh: z.string(), en: z.string() }),
    subject: z.object({ kind: z.string(), id: z.string() }).nullable(),
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof NoticeSchema>;

export const NewWebhookSchema = z.object({
  organizationId: z.uuid(),
  url: z.url().max(2000),
  kinds: z.array(z.string().min(1).max(64)).min(1).max(50),
});
export type NewWebhook = z.infer<typeof NewWebhookSchema>;

export const WebhookSchema = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    url: z.string(),
    kinds: z.array(z.string()),
    createdAt: z.iso.datetime(),
    lastAt: z.iso.datetime().nullable(),
    lastResult: z.string().nullable(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof WebhookSchema>;

/** A notice on its way to a webhook, or arrived. */
export const WebhookDeliverySchema = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    state: z.enum(JOB_STATES),
    attempts: z.number().int(),
    mostAttempts: z.number().int(),
    createdAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    error: z.string().nullable(),
    /** What was or will be sent. */
    body: z.string(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof WebhookDeliverySchema>;

/** A kind of notice, as a webhook names it; the words have places such as `{title}` for what it is about. */
export const NoticeKindSchema = z.object({ kind: z.string(), title: z.object({ zh: z.string(), en: z.string() }) });
export type NoticeKind = z.infer<typeof NoticeKindSchema>;
