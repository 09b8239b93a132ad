import type { ColumnType, JSONColumnType } from 'kysely';
import type { Moment } from './people.js';

type Later<Value> = ColumnType<Value | null, Value | null | undefined, Value | null>;

export interface InspectionChecklistTable {
  id: string;
  organization_id: string;
  code: string;
  title_zh: string;
  title_en: string;
  created_at: Moment;
  created_by: string | null;
}

export interface InspectionChecklistVersionTable {
  id: string;
  checklist_id: string;
  organization_id: string;
  version: number;
  items: JSONColumnType<object[]>;
  published_at: Moment;
  published_by: string | null;
}

export interface InspectionPlanTable {
  id: string;
  organization_id: string;
  title_zh: string;
  title_en: string;
  checklist_version_id: string;
  starts_on: string;
  ends_on: string;
  created_at: Moment;
  created_by: string | null;
}

export interface InspectionTargetTable {
  plan_id: string;
  target_id: string;
}

export interface InspectionTable {
  /** Also the id of its case. */
  id: string;
  organization_id: string;
  plan_id: string;
  checklist_version_id: string;
  checklist_code: string;
  inspector_id: string;
  opened_on: string;
  performed_on: Later<string>;
  results: ColumnType<Record<string, string> | null, string | undefined, string>;
}

export interface InspectionFindingTable {
  id: string;
  inspection_id: string;
  organization_id: string;
  checklist_code: string;
  item_code: string;
  text_zh: string;
  text_en: string;
  clause: string | null;
  severity: 'minor' | 'major' | 'critical';
  description: string;
  paper_ids: string[];
  found_on: string;
  found_by: string | null;
  recorded_at: Moment;
  state: 'open' | 'ordered' | 'closed' | 'withdrawn';
  /** The case of the order to rectify. */
  order_id: Later<string>;
  closed_on: Later<string>;
  /** The earlier finding at the same organization and item. */
  repeats: string | null;
}

/** Inspections: checklists, plans, findings. */
export interface InspectionTables {
  inspection_checklist: InspectionChecklistTable;
  inspection_checklist_version: InspectionChecklistVersionTable;
  inspection_plan: InspectionPlanTable;
  inspection_target: InspectionTargetTable;
  inspection: InspectionTable;
  inspection_finding: InspectionFindingTable;
}
