import { z } from 'zod';

const Id = z.uuid();
const Day = z.iso.date();
const Words = z.object({ zh: z.string().trim().min(1).max(200), en: z.string().trim().min(1).max(200) });
const Text = z.string().trim().min(1).max(10_000);

export const RESEARCH_STATES = ['planned', 'running', 'reported', 'closed'] as const;
export type ResearchState = (typeof RESEARCH_STATES)[number];

/** What became of a finding. `adopted`: measures of a plan came of it. */
export const RESEARCH_FINDING_STATES = ['open', 'adopted', 'rejected'] as const;
export const IMPORTANCES = ['low', 'medium', 'high'] as const;

export const NewResearchSchema = z
  .object({
    organizationId: Id,
    title: Words,
    question: Text.describe('What is to be found out'),
    leadId: Id.describe('The person who leads it'),
    startsOn: Day,
    endsOn: Day,
  })
  .meta({ id: 'NewResearchProject' });
export type NewResearch = z.infer<typeof NewResearchSchema>;

export const NewResearchFindingSchema = z
  .object({
    text: Text,
    importance: z.enum(IMPORTANCES),
    foundOn: Day,
    visitedId: Id.optional().describe('The organization it was found at'),
  })
  .meta({ id: 'NewResearchFinding' });
export type NewResearchFinding = z.infer<typeof NewResearchFindingSchema>;

export const ResearchFindingSchema = z
  .object({
    id: Id,
    text: z.string(),
    importance: z.enum(IMPORTANCES),
    foundOn: z.string(),
    visitedId: Id.nullable(),
    state: z.enum(RESEARCH_FINDING_STATES),
    reason: z.string().nullable().describe('Why it was rejected'),
    measures: z.array(Id).describe('The measures of the plan that came of it'),
  })
  .meta({ id: 'ResearchFinding' });
export type ResearchFinding = z.infer<typeof ResearchFindingSchema>;

/** A study of how things are, whose findings become measures of the plan or are rejected with a reason. */
export const ResearchSchema = z
  .object({
    id: Id,
    organizationId: Id,
    title: Words,
    question: z.string(),
    leadId: Id,
    startsOn: z.string(),
    endsOn: z.string(),
    state: z.enum(RESEARCH_STATES),
    version: z.number().int(),
    findings: z.array(ResearchFindingSchema),
  })
  .meta({ id: 'ResearchProject' });
export type Research = z.infer<typeof ResearchSchema>;

/** How far research leads to measures; `share` is null while nothing was found. */
export const ResearchYieldSchema = z
  .object({
    projects: z.number().int(),
    findings: z.number().int(),
    adopted: z.number().int(),
    rejected: z.number().int(),
    open: z.number().int(),
    share: z.number().nullable().describe('Adopted of all findings'),
  })
  .meta({ id: 'ResearchYield' });
export type ResearchYield = z.infer<typeof ResearchYieldSchema>;
