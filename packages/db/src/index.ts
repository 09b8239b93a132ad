export { type ConnectOptions, connect, noteDemo, readInstallation, type WorkDatabase } from './connect.js';
export { type FolderLock, lockFolder } from './lock.js';
export { MIGRATIONS, migrate } from './migrate.js';
export { APP_ROLE } from './roles.js';
export type * from './schema/audit.js';
export type * from './schema/cases.js';
export type * from './schema/inspection.js';
export type * from './schema/ops.js';
export type * from './schema/people.js';
export type * from './schema/plan.js';
export type * from './schema/research.js';
export type * from './schema/saved.js';
export type * from './schema/training.js';
export type * from './schema/work.js';
export type { InstallationTable, WorkSchema } from './schema.js';
export { enterScope, type RowScope } from './scope.js';
export {
  type CopiedTable,
  firstFilled,
  inOrder,
  readMigrations,
  readTableFiles,
  readTables,
  writeTableFile,
} from './tables.js';
