import { z } from 'zod';

/** What people write: no character zero, which the work database does not keep. */
const Line = z
  .string()
  .max(4000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the database cannot store this character
  .regex(/^[^\u0000]*$/, 'holds a character that cannot be kept');

/** A day, `YYYY-MM-DD`. */
export const DaySchema = z.iso.date();
/** Words in both languages of the program. */
export const BothSchema = z.object({ zh: z.string(), en: z.string() });
export type Both = z.infer<typeof BothSchema>;

const FieldsSchema = z.record(z.string(), z.union([Line, z.number(), z.boolean()]));
/** People and organizations by their relation to the case. */
const PartiesSchema = z.record(z.string(), z.array(z.uuid()).max(200));
/** A paper that is already stored, with the kind it has in the case. */
const PaperRefSchema = z.object({ id: z.uuid(), kind: z.string().min(1).max(100) });

const content = {
  fields: FieldsSchema.optional(),
  papers: z.array(PaperRefSchema).max(50).optional(),
  parties: PartiesSchema.optional(),
};
const reason = Line.max(2000).optional();
const expectedVersion = z.number().int().positive().describe('The version that was seen; another one refuses');

export const OpenCaseSchema = z.object({
  process: z.string().min(1).max(100),
  organizationId: z.uuid(),
  title: Line.min(1).max(300),
  ...content,
});
export type OpenCaseBody = z.infer<typeof OpenCaseSchema>;

export const TransitionSchema = z.object({
  transition: z.string().min(1).max(100),
  expectedVersion,
  reason,
  ...content,
});
export const CompleteTaskSchema = z.object({
  task: z.string().min(1).max(200),
  expectedVersion,
  fields: content.fields,
  papers: content.papers,
});
export const AmendCaseSchema = z.object({ expectedVersion, reason, ...content });
export const AttachPaperSchema = z.object({ paperId: z.uuid(), kind: z.string().min(1).max(100), expectedVersion });
export const CommentBodySchema = z.object({ text: Line.min(1) });
export const SimulateSchema = z.object({
  steps: z
    .array(
      z.object({
        do: z.union([z.object({ transition: z.string() }), z.object({ task: z.string() })]),
        at: z.iso.datetime({ offset: true }),
        reason,
        byWhoeverMay: z.boolean().optional().describe('As if whoever may take the step took it'),
        ...content,
      }),
    )
    .min(1)
    .max(50),
});

/** Which cases a list, board, calendar or export is of. */
export const CaseFilterSchema = z.object({
  process: z.array(z.string()).optional(),
  state: z.array(z.string()).optional(),
  organization: z.uuid().optional().describe('This one and all below it'),
  open: z.boolean().optional(),
  overdue: z.boolean().optional(),
  dueFrom: DaySchema.optional(),
  dueTo: DaySchema.optional(),
  involving: z.uuid().optional().describe('A person or organization named in the parties'),
  subjectKind: z.string().optional(),
  subjectId: z.uuid().optional(),
  text: Line.max(200).optional().describe('Part of the title'),
});
export type CaseFilter = z.infer<typeof CaseFilterSchema>;

export const CASE_SORTS = ['due', 'changed', 'opened', 'title'] as const;
export interface CaseQuery extends CaseFilter {
  readonly sort?: (typeof CASE_SORTS)[number] | undefined;
  readonly descending?: boolean | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** A case in a list. */
export const CaseRowSchema = z
  .object({
    id: z.uuid(),
    process: z.string(),
    processTitle: BothSchema,
    title: z.string(),
    organizationId: z.uuid(),
    state: z.string(),
    stateTitle: BothSchema,
    stateKind: z.enum(['initial', 'active', 'waiting', 'final']),
    version: z.number().int(),
    subject: z.object({ kind: z.string(), id: z.uuid() }).nullable(),
    nextDue: DaySchema.nullable(),
    overdue: z.boolean(),
    openedAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'CaseRow' });
export type CaseRow = z.infer<typeof CaseRowSchema>;

export const CaseListSchema = z.object({ total: z.number().int(), cases: z.array(CaseRowSchema) });
export type CaseList = z.infer<typeof CaseListSchema>;

export const CaseBoardSchema = z.object({
  columns: z.array(
    z.object({
      state: z.string(),
      title: BothSchema,
      kind: z.string(),
      total: z.number().int(),
      cases: z.array(CaseRowSchema),
    }),
  ),
});
export type CaseBoard = z.infer<typeof CaseBoardSchema>;

export const CaseCalendarSchema = z.object({
  days: z.array(
    z.object({
      date: DaySchema,
      entries: z.array(
        z.object({
          caseId: z.uuid(),
          title: z.string(),
          process: z.string(),
          clock: z.string(),
          clockTitle: BothSchema,
          status: z.enum(['running', 'expired', 'met', 'met-late', 'closed', 'superseded']),
          provisional: z.boolean(),
        }),
      ),
    }),
  ),
  /** False when there were more entries than one answer holds. */
  complete: z.boolean(),
});
export type CaseCalendar = z.infer<typeof CaseCalendarSchema>;

/** Something that waits for the person: a step of a case, or one of its parallel tasks. */
export const MyTaskSchema = z.object({
  case: CaseRowSchema,
  kind: z.enum(['step', 'task']),
  /** The steps the person may take, or the id of the task. */
  actions: z.array(z.object({ id: z.string(), title: BothSchema })),
  due: DaySchema.nullable(),
});
export type MyTask = z.infer<typeof MyTaskSchema>;
export const MyTasksSchema = z.object({
  total: z.number().int(),
  /** False when the person's organizations have more open cases than were looked at. */
  complete: z.boolean(),
  tasks: z.array(MyTaskSchema),
});
export type MyTasks = z.infer<typeof MyTasksSchema>;

/** Why something cannot be done: code and parameters for the page's own sentence. */
export const RefusalSchema = z.object({
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.unknown()),
});

export const CaseCommentSchema = z.object({
  id: z.uuid(),
  personId: z.uuid().nullable(),
  name: z.string().nullable(),
  at: z.iso.datetime(),
  text: z.string(),
});
export type CaseComment = z.infer<typeof CaseCommentSchema>;

/** The rule behind a value or a clock. */
export const RuleNoteSchema = z.object({
  ruleId: z.string(),
  version: z.number().int(),
  certainty: z.string(),
  article: z.string().nullable(),
  startKnown: z.boolean(),
});
export type RuleNote = z.infer<typeof RuleNoteSchema>;

export const CaseClockSchema = z.object({
  id: z.string(),
  deadline: z.string(),
  title: BothSchema,
  status: z.enum(['running', 'stopped', 'expired', 'met', 'met-late', 'closed', 'superseded']),
  start: DaySchema,
  due: DaySchema.nullable(),
  daysLeft: z.number().int().nullable(),
  workingDaysLeft: z.number().int().nullable(),
  leftWhenResumed: z.number().int().nullable(),
  stoppedDays: z.number().int(),
  period: z.object({ amount: z.number().int(), unit: z.string() }),
  basis: RuleNoteSchema.nullable(),
  basisTitle: BothSchema.nullable(),
  provisional: z.boolean(),
  steps: z.array(z.record(z.string(), z.unknown())),
  escalations: z.array(
    z.object({ key: z.string(), on: DaySchema, tell: z.array(z.string()), due: z.boolean(), done: z.boolean() }),
  ),
});

const PersonNameSchema = z.object({ id: z.string(), name: z.string().nullable() });

/** Everything the page of a case shows. */
export const CasePageSchema = z
  .object({
    case: CaseRowSchema,
    fields: z.array(
      z.object({
        name: z.string(),
        title: BothSchema,
        type: z.string(),
        options: z.array(z.string()).nullable(),
        amendable: z.boolean(),
        value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
      }),
    ),
    parties: z.array(z.object({ relation: z.string(), members: z.array(PersonNameSchema) })),
    diagram: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          title: BothSchema,
          kind: z.string(),
          layer: z.number().int(),
          visits: z.number().int(),
          current: z.boolean(),
        }),
      ),
      edges: z.array(
        z.object({
          id: z.string(),
          transition: z.string(),
          title: BothSchema,
          from: z.string(),
          to: z.string(),
          taken: z.array(z.number().int()),
        }),
      ),
    }),
    clocks: z.array(CaseClockSchema),
    timeline: z.array(
      z.object({
        sequence: z.number().int(),
        type: z.string(),
        at: z.iso.datetime({ offset: true }),
        by: PersonNameSchema,
        onBehalfOf: PersonNameSchema.nullable(),
        transition: z.string().nullable(),
        title: BothSchema.nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        reason: z.string().nullable(),
        fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        papers: z.array(z.object({ id: z.string(), kind: z.string() })),
      }),
    ),
    papers: z.array(
      z.object({
        id: z.uuid(),
        kind: z.string(),
        kindTitle: BothSchema,
        sha256: z.string(),
        /** Null when the paper itself may not be read. */
        name: z.string().nullable(),
      }),
    ),
    paperKinds: z.array(z.object({ kind: z.string(), title: BothSchema })),
    comments: z.array(CaseCommentSchema),
    tasks: z.array(
      z.object({
        id: z.string(),
        title: BothSchema,
        status: z.enum(['open', 'done', 'cancelled']),
        mayClose: z.boolean(),
        closedAt: z.iso.datetime({ offset: true }).nullable(),
        /** What closing it asks for, and what may come along. */
        needs: z.object({ fields: z.array(z.string()), papers: z.array(z.string()), mayFill: z.array(z.string()) }),
      }),
    ),
    actions: z.array(
      z.object({
        id: z.string(),
        title: BothSchema,
        to: z.string(),
        allowed: z.boolean(),
        refusals: z.array(RefusalSchema),
        needs: z.object({
          fields: z.array(z.string()),
          papers: z.array(z.string()),
          reason: z.boolean(),
          /** Fields that may be filled in besides. */
          mayFill: z.array(z.string()),
          /** Relations that may be filled with people or organizations. */
          mayName: z.array(z.string()),
        }),
      }),
    ),
    may: z.object({ amend: z.boolean(), comment: z.boolean(), addPaper: z.boolean() }),
  })
  .meta({ id: 'CasePage' });
export type CasePage = z.infer<typeof CasePageSchema>;

/** What would come of steps that are not taken. */
export const SimulationSchema = z.object({
  outcomes: z.array(
    z.object({
      ok: z.boolean(),
      refusal: RefusalSchema.nullable(),
      state: z.string(),
      version: z.number().int(),
      clocks: z.array(CaseClockSchema),
    }),
  ),
});
export type Simulation = z.infer<typeof SimulationSchema>;

/** A rule in the list of rules: its newest version. */
export const RuleRowSchema = z.object({
  id: z.string(),
  title: BothSchema,
  jurisdiction: z.string(),
  evaluator: z.string(),
  versions: z.number().int(),
  inForce: z.number().int().nullable(),
  certainty: z.string(),
  article: z.string().nullable(),
  testsPassed: z.boolean(),
});
export type RuleRow = z.infer<typeof RuleRowSchema>;

/** One rule with all versions, examples and uses. */
export const RulePageSchema = z
  .object({
    id: z.string(),
    versions: z.array(
      z.object({
        version: z.number().int(),
        title: BothSchema,
        note: BothSchema.nullable(),
        evaluator: z.string(),
        jurisdiction: z.string(),
        article: z.string().nullable(),
        source: z.string(),
        certainty: z.string(),
        verifiedOn: DaySchema,
        effectiveFrom: DaySchema.nullable(),
        effectiveTo: DaySchema.nullable(),
        inForce: z.boolean(),
        parameters: z.record(z.string(), z.unknown()),
        tests: z.array(
          z.object({ input: z.unknown(), expected: z.unknown(), actual: z.unknown(), passed: z.boolean() }),
        ),
        uses: z.number().int(),
      }),
    ),
    /** The newest uses the person may see. */
    uses: z.array(
      z.object({
        subjectKind: z.string(),
        subjectId: z.uuid(),
        field: z.string(),
        version: z.number().int(),
        usedAt: z.iso.datetime(),
      }),
    ),
    /** Processes with a deadline that rests on the rule. */
    processes: z.array(z.object({ id: z.string(), title: BothSchema, deadline: z.string() })),
  })
  .meta({ id: 'RulePage' });
export type RulePage = z.infer<typeof RulePageSchema>;

export const CalendarDaysSchema = z.object({
  jurisdiction: z.string(),
  years: z.array(z.number().int()),
  days: z.array(
    z.object({
      date: DaySchema,
      working: z.boolean(),
      kind: z.enum(['working', 'weekend', 'holiday', 'make-up']),
      name: BothSchema.nullable(),
      provisional: z.boolean(),
    }),
  ),
});
export const DeadlineAskedSchema = z.object({
  start: DaySchema,
  amount: z.coerce.number().int().positive().max(10_000),
  unit: z.enum(['days', 'working-days', 'months', 'years']),
});
export const DeadlineAnswerSchema = z.object({
  due: DaySchema.nullable(),
  nominal: DaySchema.nullable(),
  provisional: z.boolean(),
  steps: z.array(z.record(z.string(), z.unknown())),
});
