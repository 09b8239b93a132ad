export { type ConnectOptions, connect, noteDemo, readInstallation, type WorkDatabase } from './connect.js';
export { type FolderLock, lockFolder } from './lock.js';
export { MIGRATIONS, migrate } from './migrate.js';
export type { InstallationTable, WorkSchema } from './schema.js';
