import type { ColumnType, Generated } from 'kysely';

/** The one row that says which installation this is. */
export interface InstallationTable {
  id: Generated<string>;
  created_at: ColumnType<Date, Date | undefined, never>;
  /** The seed of the demo city that was loaded; null when none was. */
  demo_seed: number | null;
}

/** The tables of the work database. */
export interface WorkSchema {
  installation: InstallationTable;
}
