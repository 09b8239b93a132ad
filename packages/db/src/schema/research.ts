import type { Generated } from 'kysely';
import type { Moment } from './people.js';

export interface ResearchProjectTable {
  id: string;
  organization_id: string;
  title_zh: string;
  title_en: string;
  question: string;
  lead_id: string;
  starts_on: string;
  ends_on: string;
  state: string;
  created_at: Moment;
  created_by: string | null;
  version: Generated<number>;
}

export interface ResearchFindingTable {
  id: string;
  project_id: string;
  text: string;
  importance: string;
  found_on: string;
  visited_id: string | null;
  state: string;
  reason: string | null;
  recorded_at: Moment;
  recorded_by: string | null;
}

export interface ResearchMeasureTable {
  finding_id: string;
  measure_id: string;
  linked_at: Moment;
  linked_by: string | null;
}

/** Research and what came of it. */
export interface ResearchTables {
  research_project: ResearchProjectTable;
  research_finding: ResearchFindingTable;
  research_measure: ResearchMeasureTable;
}
