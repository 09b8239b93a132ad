export { type ConnectOptions, connect, noteDemo, readInstallation, type WorkDatabase } from './connect.js';
export { type FolderLock, lockFolder } from './lock.js';
export { MIGRATIONS, migrate } from './migrate.js';
export { APP_ROLE } from './roles.js';
export type * from './schema/audit.js';
export type * from './schema/people.js';
export type * from './schema/work.js';
export type { InstallationTable, WorkSchema } from './schema.js';
export { enterScope, type RowScope } from './scope.js';
