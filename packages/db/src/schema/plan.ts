import type { Generated, JSONColumnType } from 'kysely';
import type { LaterMoment, Moment } from './people.js';

export interface PlanTable {
  id: string;
  organization_id: string;
  parent_id: string | null;
  kind: 'outline' | 'five-year' | 'annual';
  title_zh: string;
  title_en: string;
  from_year: number;
  to_year: number;
  state: 'draft' | 'adopted' | 'closed';
  is_public: Generated<boolean>;
  version: Generated<number>;
  created_by: string | null;
  created_at: Moment;
  adopted_by: string | null;
  adopted_at: LaterMoment;
}

/** Organizations that take part in a plan, and so may read it. */
export interface PlanUnitTable {
  plan_id: string;
  organization_id: string;
}

export interface PlanObjectiveTable {
  id: string;
  plan_id: string;
  parent_id: string | null;
  position: number;
  title_zh: string;
  title_en: string;
}

export interface PlanMeasureTable {
  id: string;
  plan_id: string;
  objective_id: string | null;
  indicator_id: string | null;
  organization_id: string;
  title_zh: string;
  title_en: string;
  from_date: string;
  to_date: string;
  state: 'planned' | 'running' | 'done' | 'dropped';
  /** What it came from, such as a finding of research. */
  source_kind: string | null;
  source_id: string | null;
  version: Generated<number>;
  created_by: string | null;
  created_at: Moment;
}

/** Which plan and measure a task, which is a case, serves. */
export interface PlanTaskTable {
  case_id: string;
  plan_id: string;
  measure_id: string;
}

export interface IndicatorTable {
  id: string;
  plan_id: string;
  objective_id: string;
  /** The organization that answers for it. */
  owner_id: string;
  code: string;
  position: number;
  /** The definition in force; null until the first is adopted. */
  definition_version: number | null;
  version: Generated<number>;
}

export interface IndicatorDefinitionTable {
  indicator_id: string;
  version: number;
  state: 'proposed' | 'adopted' | 'rejected';
  content: JSONColumnType<object>;
  effective_from: string;
  why: string | null;
  proposed_by: string | null;
  proposed_at: Moment;
  decided_by: string | null;
  decided_at: LaterMoment;
  /** What adopting it did to past values. */
  effect: JSONColumnType<object> | null;
}

export interface IndicatorBaselineTable {
  indicator_id: string;
  organization_id: string;
  date: string;
  value: string | number;
}

export interface IndicatorTargetTable {
  indicator_id: string;
  organization_id: string;
  year: number;
  value: string | number;
}

export interface IndicatorValueTable {
  id: string;
  indicator_id: string;
  organization_id: string;
  date: string;
  value: string | number | null;
  /** Records whose facts do not decide whether they count. */
  undecided: number;
  definition_version: number;
  /** The value by a later definition, where its sources allow to compute it. */
  restated: string | number | null;
  restated_version: number | null;
  state: 'reported' | 'accepted' | 'returned' | 'replaced';
  note: string | null;
  colour: string | null;
  colour_rule: JSONColumnType<object> | null;
  version: Generated<number>;
  reported_by: string | null;
  reported_at: Moment;
  reviewed_by: string | null;
  reviewed_at: LaterMoment;
  review_note: string | null;
}

/** What a value rests on. */
export interface ValueSourceTable {
  value_id: string;
  position: number;
  kind: 'record' | 'paper';
  ref_kind: string;
  ref_id: string;
  label: string;
  facts: JSONColumnType<object>;
  contributes: string | number | null;
}

export interface PlanReportTable {
  id: string;
  plan_id: string;
  year: number;
  kind: 'summary' | 'next-year';
  title_zh: string;
  title_en: string;
  blocks: JSONColumnType<object>;
  state: 'living' | 'frozen';
  frozen: JSONColumnType<object> | null;
  version: Generated<number>;
  created_by: string | null;
  created_at: Moment;
  frozen_at: LaterMoment;
}

/** The outline and the plans. */
export interface PlanTables {
  plan: PlanTable;
  plan_unit: PlanUnitTable;
  plan_objective: PlanObjectiveTable;
  plan_measure: PlanMeasureTable;
  plan_task: PlanTaskTable;
  indicator: IndicatorTable;
  indicator_definition: IndicatorDefinitionTable;
  indicator_baseline: IndicatorBaselineTable;
  indicator_target: IndicatorTargetTable;
  indicator_value: IndicatorValueTable;
  value_source: ValueSourceTable;
  plan_report: PlanReportTable;
}
