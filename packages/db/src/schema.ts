import type { ColumnType, Generated } from 'kysely';
import type { AuditTables } from './schema/audit.js';
import type { CaseTables } from './schema/cases.js';
import type { InspectionTables } from './schema/inspection.js';
import type { NameTables } from './schema/names.js';
import type { OpsTables } from './schema/ops.js';
import type { PeopleTables } from './schema/people.js';
import type { PlanTables } from './schema/plan.js';
import type { ResearchTables } from './schema/research.js';
import type { SavedTables } from './schema/saved.js';
import type { TrainingTables } from './schema/training.js';
import type { WorkTables } from './schema/work.js';

/** The one row that says which installation this is. */
export interface InstallationTable {
  id: Generated<string>;
  created_at: ColumnType<Date, Date | undefined, never>;
  /** The seed of the demo city that was loaded; null when none was. */
  demo_seed: number | null;
}

/** The tables of the work database. Other parts of the work add theirs as one more interface. */
export interface WorkSchema
  extends PeopleTables,
    AuditTables,
    WorkTables,
    CaseTables,
    PlanTables,
    TrainingTables,
    ResearchTables,
    SavedTables,
    NameTables,
    InspectionTables,
    OpsTables {
  installation: InstallationTable;
}
