import type { AgeBand, FindingStanding, FindingState, Severity } from '@quanlian/contract';

/** Lists of the contract, written here so that its schemas do not ride along with the pages. */
export const SEVERITIES: readonly Severity[] = ['minor', 'major', 'critical'];
export const FINDING_STATES: readonly FindingState[] = ['open', 'ordered', 'closed', 'withdrawn'];
export const AGE_BANDS: readonly AgeBand[] = ['0-30', '31-60', '61-90', '91+'];
export const FINDING_STANDINGS: readonly FindingStanding[] = ['found', 'open', 'overdue', 'closed', 'repeated'];
