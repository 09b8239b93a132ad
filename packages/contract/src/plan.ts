import { z } from 'zod';
import { BothSchema, DaySchema, RuleNoteSchema } from './cases.js';

const Words = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !text.includes('\0'), 'holds a character that cannot be kept');
const BothWords = z.object({ zh: Words, en: Words });
const Year = z.number().int().min(1980).max(2100);
const Id = z.uuid();
const expectedVersion = z.number().int().positive().describe('The version that was seen');

const ScalarSchema = z.union([z.string().max(1000), z.number(), z.boolean()]);
const ConditionSchema = z.union([
  z.strictObject({ fact: z.string().min(1), is: ScalarSchema }),
  z.strictObject({ fact: z.string().min(1), moreThan: z.number() }),
  z.strictObject({ fact: z.string().min(1), laterThan: z.string().min(1) }),
]);
const CriterionSchema = z.object({ code: z.string().min(1).max(100), title: BothWords, when: ConditionSchema });

/**
 * Which records count: all of them; those that meet all requirements and one of the criteria; or those a rule of the
 * kind "any-criterion" says yes to.
 */
const TestSchema = z.union([
  z.strictObject({ requires: z.array(CriterionSchema).max(20), criteria: z.array(CriterionSchema).min(1).max(20) }),
  z.strictObject({ rule: z.string().min(1).max(200) }),
]);

/**
 * How a value follows from what it rests on. `stated`: somebody states it, and a paper proves it. `count`: the number
 * of records that count. `sum`: the total of one of their facts. `factor` multiplies the result (0.0001 for "per
 * 10 000"), `decimals` rounds it.
 */
export const FormulaSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stated') }),
  z.strictObject({
    kind: z.literal('count'),
    test: TestSchema.nullable(),
    factor: z.number().positive().default(1),
    decimals: z.number().int().min(0).max(6).default(0),
  }),
  z.strictObject({
    kind: z.literal('sum'),
    fact: z.string().min(1).max(100),
    test: TestSchema.nullable(),
    factor: z.number().positive().default(1),
    decimals: z.number().int().min(0).max(6).default(2),
  }),
]);
export type Formula = z.infer<typeof FormulaSchema>;

/** What an indicator means, in one version. */
export const DefinitionContentSchema = z.object({
  title: BothWords,
  text: z.object({ zh: z.string().max(4000), en: z.string().max(4000) }),
  unit: BothWords,
  direction: z.enum(['up', 'down']),
  /** How units make up the whole. */
  aggregation: z.enum(['sum', 'none']),
  source: BothWords,
  formula: FormulaSchema,
});
export type DefinitionContent = z.infer<typeof DefinitionContentSchema>;

export const NewPlanSchema = z.object({
  organizationId: Id,
  kind: z.enum(['outline', 'five-year', 'annual']),
  parentId: Id.optional(),
  title: BothWords,
  fromYear: Year,
  toYear: Year,
  isPublic: z.boolean().optional(),
});
export type NewPlan = z.infer<typeof NewPlanSchema>;
export const NewObjectiveSchema = z.object({ parentId: Id.optional(), title: BothWords });
export type NewObjective = z.infer<typeof NewObjectiveSchema>;
export const NewIndicatorSchema = z.object({
  objectiveId: Id,
  code: z.string().trim().min(1).max(40),
  ownerId: Id.describe('The organization that answers for it'),
  definition: DefinitionContentSchema,
});
export type NewIndicator = z.infer<typeof NewIndicatorSchema>;
export const IndicatorBaselineSchema = z.object({ organizationId: Id, date: DaySchema, value: z.number() });
export type IndicatorBaseline = z.infer<typeof IndicatorBaselineSchema>;
export const IndicatorTargetSchema = z.object({ organizationId: Id, year: Year, value: z.number() });
export type IndicatorTarget = z.infer<typeof IndicatorTargetSchema>;
export const NewMeasureSchema = z.object({
  organizationId: Id.describe('The unit that carries it out'),
  objectiveId: Id.optional(),
  indicatorId: Id.optional(),
  title: BothWords,
  fromDate: DaySchema,
  toDate: DaySchema,
  source: z.object({ kind: z.string().min(1).max(64), id: Id }).optional(),
});
export type NewMeasure = z.infer<typeof NewMeasureSchema>;
export const MeasureStateSchema = z.enum(['planned', 'running', 'done', 'dropped']);

export const ProposeDefinitionSchema = z.object({
  content: DefinitionContentSchema,
  effectiveFrom: DaySchema,
  why: Words.max(2000),
});
export type ProposeDefinition = z.infer<typeof ProposeDefinitionSchema>;

/** What a change of definition does to one past value. */
export const DefinitionEffectSchema = z.object({
  total: z.number().int(),
  computable: z.number().int(),
  changed: z.number().int(),
  values: z.array(
    z.object({
      valueId: Id,
      organizationId: Id,
      date: DaySchema,
      before: z.number().nullable(),
      /** Null when the value rests on nothing it could be computed from. */
      after: z.number().nullable(),
      computable: z.boolean(),
      undecided: z.number().int(),
      colourBefore: z.string().nullable(),
      colourAfter: z.string().nullable(),
    }),
  ),
});
export type DefinitionEffect = z.infer<typeof DefinitionEffectSchema>;

export const IndicatorDefinitionSchema = z.object({
  version: z.number().int(),
  state: z.enum(['proposed', 'adopted', 'rejected']),
  content: DefinitionContentSchema,
  effectiveFrom: DaySchema,
  why: z.string().nullable(),
  proposedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  effect: DefinitionEffectSchema.nullable(),
});
export type IndicatorDefinition = z.infer<typeof IndicatorDefinitionSchema>;

/** What a value rests on: a record of this program or of a source, or a paper. */
export const ValueSourceSchema = z.object({
  kind: z.enum(['record', 'paper']),
  refKind: z.string().min(1).max(64),
  refId: z.string().min(1).max(200),
  label: z.string().max(300),
  facts: z.record(z.string(), ScalarSchema.nullable()).default({}),
});
export type ValueSource = z.infer<typeof ValueSourceSchema>;

export const ReportValueSchema = z.object({
  organizationId: Id,
  date: DaySchema,
  /** Only for indicators whose values are stated; others are computed. Null is "not known". */
  value: z.number().nullable().optional(),
  sources: z.array(ValueSourceSchema).max(20_000),
  note: z.string().max(2000).optional(),
});
export type ReportValue = z.infer<typeof ReportValueSchema>;
export const ReviewValueSchema = z.object({
  accept: z.boolean(),
  note: z.string().max(2000).optional(),
  expectedVersion,
});

const COLOURS = ['green', 'amber', 'red', 'grey'] as const;
export const ColourSchema = z.enum(COLOURS);
export type Colour = z.infer<typeof ColourSchema>;

export const IndicatorValueSchema = z
  .object({
    id: Id,
    organizationId: Id,
    date: DaySchema,
    value: z.number().nullable(),
    undecided: z.number().int(),
    definitionVersion: z.number().int(),
    restated: z.number().nullable(),
    restatedVersion: z.number().int().nullable(),
    state: z.enum(['reported', 'accepted', 'returned', 'replaced']),
    colour: ColourSchema.nullable(),
    rule: RuleNoteSchema.nullable(),
    note: z.string().nullable(),
    reviewNote: z.string().nullable(),
    version: z.number().int(),
    reportedAt: z.iso.datetime(),
    reviewedAt: z.iso.datetime().nullable(),
    sources: z.number().int(),
  })
  .meta({ id: 'IndicatorValue' });
export type IndicatorValue = z.infer<typeof IndicatorValueSchema>;

export const ValueLineageSchema = z.object({
  value: IndicatorValueSchema,
  sources: z.array(ValueSourceSchema.extend({ contributes: z.number().nullable() })),
});
export type ValueLineage = z.infer<typeof ValueLineageSchema>;

/** Where an indicator of one unit stands on a day. */
export const IndicatorStandingSchema = z.object({
  indicatorId: Id,
  code: z.string(),
  title: BothSchema,
  unit: BothSchema,
  direction: z.enum(['up', 'down']),
  organizationId: Id,
  year: z.number().int(),
  baseline: z.number().nullable(),
  target: z.number().nullable(),
  value: z.number().nullable(),
  valueId: Id.nullable(),
  valueDate: DaySchema.nullable(),
  /** The value was taken by an earlier definition and cannot be computed anew. */
  olderDefinition: z.boolean(),
  expected: z.number().nullable(),
  behindPercent: z.number().nullable(),
  colour: ColourSchema,
  rule: RuleNoteSchema.nullable(),
});
export type IndicatorStanding = z.infer<typeof IndicatorStandingSchema>;

export const PlanRowSchema = z
  .object({
    id: Id,
    organizationId: Id,
    parentId: Id.nullable(),
    kind: z.enum(['outline', 'five-year', 'annual']),
    title: BothSchema,
    fromYear: z.number().int(),
    toYear: z.number().int(),
    state: z.enum(['draft', 'adopted', 'closed']),
    version: z.number().int(),
  })
  .meta({ id: 'Plan' });
export type PlanRow = z.infer<typeof PlanRowSchema>;

export const PlanMeasureSchema = z.object({
  id: Id,
  planId: Id,
  objectiveId: Id.nullable(),
  indicatorId: Id.nullable(),
  organizationId: Id,
  title: BothSchema,
  fromDate: DaySchema,
  toDate: DaySchema,
  state: MeasureStateSchema,
  source: z.object({ kind: z.string(), id: Id }).nullable(),
  version: z.number().int(),
});
export type PlanMeasure = z.infer<typeof PlanMeasureSchema>;

export const PlanPageSchema = z.object({
  plan: PlanRowSchema,
  units: z.array(Id),
  objectives: z.array(z.object({ id: Id, parentId: Id.nullable(), position: z.number().int(), title: BothSchema })),
  indicators: z.array(
    z.object({
      id: Id,
      objectiveId: Id,
      ownerId: Id,
      code: z.string(),
      version: z.number().int(),
      definition: IndicatorDefinitionSchema.nullable(),
      proposal: z.number().int().nullable(),
      baselines: z.array(IndicatorBaselineSchema),
      targets: z.array(IndicatorTargetSchema),
    }),
  ),
  measures: z.array(PlanMeasureSchema),
  may: z.object({ edit: z.boolean(), adopt: z.boolean(), define: z.boolean() }),
});
export type PlanPage = z.infer<typeof PlanPageSchema>;

export const NewPlanTaskSchema = z.object({
  measureId: Id,
  organizationId: Id.describe('The unit that does it'),
  title: Words.max(300),
  deliverable: Words.max(2000),
  dueOn: DaySchema,
  handlers: z.array(Id).max(50).optional(),
  /** Dispatched at once, or kept as a draft. */
  dispatch: z.boolean().default(true),
});
export type NewPlanTask = z.infer<typeof NewPlanTaskSchema>;
export const PostponeSchema = z.object({ dueOn: DaySchema, reason: Words.max(2000), expectedVersion });

/** A number of a dashboard, with the address of the records it counts. */
export const PlanFigureSchema = z.object({ key: z.string(), title: BothSchema, value: z.number().int() });
export type PlanFigure = z.infer<typeof PlanFigureSchema>;
/** An indicator over all units, where its definition lets them be added up. */
export const IndicatorWholeSchema = z.object({
  indicatorId: Id,
  code: z.string(),
  title: BothSchema,
  unit: BothSchema,
  /** Units with a target that the reader reaches, and how many of them have a value. */
  units: z.number().int(),
  reported: z.number().int(),
  baseline: z.number().nullable(),
  target: z.number().nullable(),
  /** The sum of the values there are; null when there is none. */
  value: z.number().nullable(),
  expected: z.number().nullable(),
  behindPercent: z.number().nullable(),
  colour: ColourSchema,
  rule: RuleNoteSchema.nullable(),
});
export type IndicatorWhole = z.infer<typeof IndicatorWholeSchema>;

export const PlanDashboardSchema = z.object({
  year: z.number().int(),
  date: DaySchema,
  figures: z.array(PlanFigureSchema),
  standings: z.array(IndicatorStandingSchema),
  wholes: z.array(IndicatorWholeSchema),
  units: z.array(
    z.object({
      organizationId: Id,
      green: z.number().int(),
      amber: z.number().int(),
      red: z.number().int(),
      grey: z.number().int(),
      tasksOpen: z.number().int(),
      tasksOverdue: z.number().int(),
      tasksClosed: z.number().int(),
    }),
  ),
});
export type PlanDashboard = z.infer<typeof PlanDashboardSchema>;
export const FigureRecordsSchema = z.object({
  key: z.string(),
  records: z.array(
    z.object({
      kind: z.enum(['task', 'indicator', 'measure', 'value']),
      id: Id,
      label: z.string(),
      organizationId: Id,
    }),
  ),
});
export type FigureRecords = z.infer<typeof FigureRecordsSchema>;

/** A part of a living report. Texts have places such as `{tasks.closed}` for figures, and nothing that is evaluated. */
export const ReportBlockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: BothSchema }),
  z.object({ kind: z.literal('text'), text: z.object({ zh: z.string().max(8000), en: z.string().max(8000) }) }),
  z.object({ kind: z.literal('figures'), keys: z.array(z.string()).min(1) }),
  z.object({
    kind: z.literal('query'),
    query: z.enum(['indicators', 'tasks-closed', 'tasks-open', 'tasks-withdrawn', 'measures', 'next-targets']),
  }),
]);
export type ReportBlock = z.infer<typeof ReportBlockSchema>;
export const NewReportSchema = z.object({
  year: Year,
  kind: z.enum(['summary', 'next-year']),
  title: BothWords.optional(),
  blocks: z.array(ReportBlockSchema).min(1).max(100).optional(),
});
export type NewReport = z.infer<typeof NewReportSchema>;
export const EditReportSchema = z.object({ blocks: z.array(ReportBlockSchema).min(1).max(100), expectedVersion });

/** A block with what its query gave. */
export const FilledReportBlockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: BothSchema }),
  z.object({ kind: z.literal('text'), text: BothSchema }),
  z.object({ kind: z.literal('figures'), figures: z.array(PlanFigureSchema) }),
  z.object({
    kind: z.literal('table'),
    query: z.string(),
    columns: z.array(BothSchema),
    rows: z.array(z.object({ ref: z.object({ kind: z.string(), id: Id }), cells: z.array(BothSchema) })),
  }),
]);
export type FilledReportBlock = z.infer<typeof FilledReportBlockSchema>;
export const PlanReportSchema = z
  .object({
    id: Id,
    planId: Id,
    year: z.number().int(),
    kind: z.enum(['summary', 'next-year']),
    title: BothSchema,
    state: z.enum(['living', 'frozen']),
    version: z.number().int(),
    /** The day the data is of. */
    date: DaySchema,
    source: z.array(ReportBlockSchema),
    blocks: z.array(FilledReportBlockSchema),
  })
  .meta({ id: 'PlanReport' });
export type PlanReport = z.infer<typeof PlanReportSchema>;
