import { z } from 'zod';

const Id = z.uuid();
const Day = z.iso.date();
const Words = z.object({ zh: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) });
const ItemCode = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u, 'letters, digits and . _ - only');

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something an inspection looks at. `clause` names what asks for it, as far as it is known. */
export const ChecklistItemSchema = z
  .object({ code: ItemCode, text: Words, clause: z.string().trim().max(200).nullable() })
  .meta({ id: 'ChecklistItem' });
export type ChecklistItem = z.infer<typeof ChecklistItemSchema>;

export const NewChecklistSchema = z
  .object({ organizationId: Id, code: ItemCode, title: Words, items: z.array(ChecklistItemSchema).min(1).max(300) })
  .meta({ id: 'NewChecklist' });
export type NewChecklist = z.infer<typeof NewChecklistSchema>;

export const ChecklistSchema = z
  .object({
    id: Id,
    organizationId: Id,
    code: z.string(),
    title: Words,
    versions: z
      .array(
        z.object({
          id: Id,
          version: z.number().int(),
          publishedAt: z.iso.datetime(),
          items: z.array(ChecklistItemSchema),
        }),
      )
      .describe('Newest first'),
  })
  .meta({ id: 'Checklist' });
export type Checklist = z.infer<typeof ChecklistSchema>;

export const NewInspectionPlanSchema = z
  .object({
    organizationId: Id.describe('Who inspects'),
    title: Words,
    checklistVersionId: Id,
    startsOn: Day,
    endsOn: Day,
    targets: z.array(Id).min(1).max(2000).describe('The organizations to inspect'),
  })
  .meta({ id: 'NewInspectionPlan' });
export type NewInspectionPlan = z.infer<typeof NewInspectionPlanSchema>;

export const InspectionPlanSchema = z
  .object({
    id: Id,
    organizationId: Id,
    title: Words,
    checklistVersionId: Id,
    startsOn: z.string(),
    endsOn: z.string(),
    targets: z.array(z.object({ organizationId: Id, inspectionId: Id.nullable() })),
  })
  .meta({ id: 'InspectionPlan' });
export type InspectionPlan = z.infer<typeof InspectionPlanSchema>;

/** Sends an inspector to an organization of a plan; from then on the organization sees the inspection. */
export const StartInspectionSchema = z.object({ organizationId: Id, inspectorId: Id }).meta({ id: 'StartInspection' });

export const FINDING_STATES = ['open', 'ordered', 'closed', 'withdrawn'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export const NewFindingSchema = z
  .object({
    expectedVersion: z.number().int().describe('Of the case of the inspection'),
    item: ItemCode,
    severity: z.enum(SEVERITIES),
    description: z.string().trim().min(1).max(5000),
    papers: z.array(Id).max(50).default([]).describe('Photos and documents that prove it, stored before'),
  })
  .meta({ id: 'NewInspectionFinding' });
export type NewFinding = z.infer<typeof NewFindingSchema>;

export const FindingSchema = z
  .object({
    id: Id,
    inspectionId: Id,
    organizationId: Id,
    checklist: z.string(),
    item: z.string(),
    text: Words,
    clause: z.string().nullable(),
    severity: z.enum(SEVERITIES),
    description: z.string(),
    papers: z.array(Id),
    foundOn: z.string(),
    state: z.enum(FINDING_STATES),
    orderId: Id.nullable().describe('The case of the order to rectify'),
    dueOn: z.string().nullable().describe('Last day of the running order; null when none runs'),
    closedOn: z.string().nullable(),
    repeats: Id.nullable().describe('The earlier finding at the same organization and item'),
  })
  .meta({ id: 'InspectionFinding' });
export type Finding = z.infer<typeof FindingSchema>;

/** An inspection reported: what each item of the checklist showed. Items with findings need no result. */
export const ReportInspectionSchema = z
  .object({
    expectedVersion: z.number().int(),
    performedOn: Day,
    results: z.record(ItemCode, z.enum(['met', 'not-applicable'])),
    papers: z.array(Id).max(50).default([]),
  })
  .meta({ id: 'InspectionReport' });
export type ReportInspection = z.infer<typeof ReportInspectionSchema>;

export const InspectionSchema = z
  .object({
    id: Id.describe('Also the id of its case'),
    organizationId: Id,
    planId: Id,
    checklistVersionId: Id,
    inspectorId: Id,
    state: z.string(),
    version: z.number().int(),
    openedOn: z.string(),
    performedOn: z.string().nullable(),
    results: z
      .record(z.string(), z.enum(['met', 'not-applicable']))
      .nullable()
      .describe('Items without a finding; null before it is reported'),
    findings: z.array(FindingSchema),
  })
  .meta({ id: 'Inspection' });
export type Inspection = z.infer<typeof InspectionSchema>;

/** How many days open findings have been open. */
export const AGE_BANDS = ['0-30', '31-60', '61-90', '91+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** Findings as a figure counts them on a day: withdrawn ones are none. */
export const FINDING_STANDINGS = ['found', 'open', 'overdue', 'closed', 'repeated'] as const;
export type FindingStanding = (typeof FINDING_STANDINGS)[number];

/** What the inspections of an area show on a day. Shares are null where there is nothing to divide by. */
export const InspectionOverviewSchema = z
  .object({
    on: z.string(),
    inspections: z.record(z.string(), z.number().int()).describe('By state of the case, as it is now'),
    findings: z.object({
      found: z.number().int(),
      closed: z.number().int(),
      open: z.number().int(),
      overdue: z.number().int(),
      closedShare: z.number().nullable(),
    }),
    ageing: z.array(z.object({ band: z.enum(AGE_BANDS), severity: z.enum(SEVERITIES), open: z.number().int() })),
    recurrence: z.object({
      repeats: z.number().int().describe('Findings at an organization and item where one was found before'),
      share: z.number().nullable(),
      items: z.array(
        z.object({
          organizationId: Id,
          checklist: z.string(),
          item: z.string(),
          times: z.number().int(),
          first: z.string(),
          last: z.string(),
        }),
      ),
    }),
  })
  .meta({ id: 'InspectionOverview' });
export type InspectionOverview = z.infer<typeof InspectionOverviewSchema>;
