export { DEFAULT_LIMITS, type ServerLimits } from './app.js';
export { type DataFolder, dataFolder, readToken, type ServerAddress } from './data-folder.js';
export { isReachable } from './http/hosts.js';
export { type AccountService, createAccounts, type MadeAccount, type NewAccount } from './identity/accounts.service.js';
export { readConfig, type WorkConfig } from './identity/config.js';
export {
  type DemoAccount,
  type DemoOrganization,
  disableDemoAccounts,
  hasDemoAccounts,
  settleDemo,
} from './identity/demo.js';
export { CITY, type DemoOffices, demoMail, demoOffices } from './identity/demo-offices.js';
export { type AuthorityForm, authorityFile } from './links/information/coverage/authority-file.js';
export { coverageTable } from './links/information/coverage/coverage.routes.js';
export { countCoverage, countNumbers } from './links/information/coverage/coverage.service.js';
export { findDocument } from './links/information/document.service.js';
export { type EventCodes, openEventCodes } from './links/information/event-codes/event-code.store.js';
export { explainQuestion } from './links/information/explain/explain.service.js';
export type { ExportFormat } from './links/information/export.routes.js';
export { writeExport } from './links/information/export.writers.js';
export { readInbox, retryFromInbox } from './links/information/inbox.job.js';
export { pathKey } from './links/information/load.key.js';
export { markKey } from './links/information/load.mark.js';
export type { LoadOrder, LoadService } from './links/information/load.service.js';
export type { LoadItem, LoadPosition, LoadSource } from './links/information/load.source.js';
export { createNames } from './links/information/names/names.service.js';
export { createProposals } from './links/information/names/proposals.thread.js';
export { readNameTree } from './links/information/names/tree.js';
export { openPathSource } from './links/information/opening.js';
export { replayPdf } from './links/information/record/record.document.js';
export { readSigningKey } from './links/information/record/record.key.js';
export { makeRecord, readRecord, replayRecord } from './links/information/record/record.service.js';
export { loadLegalBasis } from './links/information/register/basis.js';
export { citationsOf } from './links/information/register/citations.service.js';
export { familyOf } from './links/information/register/family.service.js';
export {
  type LegalBasis,
  type LegalSource,
  legalLife,
  legalLifeOf,
} from './links/information/register/legal.service.js';
export { createRegister, type Register } from './links/information/register/register.job.js';
export { followSchemes } from './links/information/schemes/following.js';
export { openSchemes, type SchemeStore } from './links/information/schemes/scheme.store.js';
export { readQuestion, search } from './links/information/search.service.js';
export { measureSuggestions, suggestClasses } from './links/information/suggest/suggest.service.js';
export { createOpsClients } from './ops/client.store.js';
export type { ReplayProgress } from './replay/agenda.js';
export { FULL_YEAR, type ReplayCity, type ReplayScale } from './replay/places.js';
export { type ReplayedYear, type ReplayOptions, replayYear } from './replay/replay.js';
export { openLoads, type RunningServer, type StartOptions, startServer } from './start.js';
export { systemActor } from './work/actor.js';
export { createAudit } from './work/audit/audit.js';
export { verifyAudit } from './work/audit/verify.js';
export { type BackupOptions, writeBackup } from './work/backup/backup.js';
export { restoreBackup } from './work/backup/restore.js';
export { loadLaw } from './work/cases/law.js';
export { MACHINE } from './work/environment.js';
