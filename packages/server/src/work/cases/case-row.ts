import type { CaseRow } from '@quanlian/contract';
import type { CaseListRow } from './cases.list.repo.js';
import { type ProcessRegistry, stateTitle } from './process.registry.js';

/** A row of the store with the words of its process. A case is overdue from the day after its earliest last day. */
export function caseRow(row: CaseListRow, registry: ProcessRegistry, today: string): CaseRow {
  const process = registry.of(row.process, row.process_version);
  const { subject_kind, subject_id } = row;
  return {
    id: row.id,
    process: row.process,
    processTitle: process.definition.title,
    title: row.title,
    organizationId: row.organization_id,
    state: row.state,
    stateTitle: stateTitle(process, row.state),
    stateKind: row.state_kind,
    version: row.version,
    subject: subject_kind === null || subject_id === null ? null : { kind: subject_kind, id: subject_id },
    nextDue: row.next_due,
    overdue: row.ended_at === null && row.next_due !== null && row.next_due < today,
    openedAt: row.opened_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
