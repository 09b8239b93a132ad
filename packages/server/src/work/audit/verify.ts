import type { AuditProblem, AuditReport } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import {
  type AuditRow,
  createGrowingTree,
  type Json,
  type PersonalField,
  type SealedRoot,
  verifyChain,
} from '@quanlian/kernel';
import type { Kysely } from 'kysely';
import { systemActor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import { factsOfRow, SHA256 } from './chain.js';
import { dayLeaf } from './seal.js';

interface Head {
  readonly organization_id: string;
  readonly sequence: bigint;
  readonly hash: Buffer;
}

async function readPersonal(trx: WorkTransaction, organizationId: string) {
  const rows = await trx
    .selectFrom('audit_personal')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .execute();
  const found = new Map<string, Record<string, PersonalField>>();
  for (const { entry_id, field, salt, value } of rows)
    found.set(entry_id, {
      ...found.get(entry_id),
      [field]: { value: value as unknown as Json, salt: salt.toString('hex') },
    });
  return found;
}

/** A chain in the shape the kernel checks. */
async function readChain(trx: WorkTransaction, organizationId: string): Promise<AuditRow[]> {
  const personal = await readPersonal(trx, organizationId);
  const rows = await trx
    .selectFrom('audit_entry')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('sequence')
    .execute();
  return rows.map((row) => ({
    sequence: Number(row.sequence),
    chain: row.organization_id,
    at: row.at.toISOString(),
    action: row.action,
    facts: factsOfRow(row),
    personal: personal.get(row.id) ?? {},
    commitments: row.commitments,
    previousHash: row.previous_hash.toString('hex'),
    hash: row.hash.toString('hex'),
  }));
}

async function sealsOf(trx: WorkTransaction, organizationId: string): Promise<SealedRoot[]> {
  const seals = await trx
    .selectFrom('audit_seal')
    .select(['sequence', 'root'])
    .where('organization_id', '=', organizationId)
    .execute();
  return seals.map(({ sequence, root }) => ({ size: Number(sequence), root: root.toString('hex') }));
}

interface Counts {
  entries: number;
  erased: number;
  readonly problems: AuditProblem[];
}

/** One chain against itself, its head and its seals. */
async function checkChain(trx: WorkTransaction, organizationId: string, head: Head | undefined, counts: Counts) {
  const rows = await readChain(trx, organizationId);
  counts.entries += rows.length;
  for (const { commitments, personal } of rows)
    counts.erased += Object.keys(commitments).length - Object.keys(personal).length;
  const verdict = verifyChain(rows, await sealsOf(trx, organizationId), SHA256);
  if (!verdict.ok) {
    const { code, message, sequence } = verdict;
    counts.problems.push({ code, message, organizationId, sequence });
    return;
  }
  const last = rows.at(-1);
  if (Number(head?.sequence ?? -1n) === (last?.sequence ?? 0) && (!last || head?.hash.toString('hex') === last.hash))
    return;
  const message = `The log says its last row is ${head?.sequence ?? 'none'}, but it ends with row ${last?.sequence ?? 0}.`;
  counts.problems.push({ code: 'chain.cut', message, organizationId, sequence: (last?.sequence ?? 0) + 1 });
}

/** The roots of the days over the roots of the chains. */
async function checkDays(trx: WorkTransaction, counts: Counts) {
  const days = await trx.selectFrom('audit_day').selectAll().orderBy('day').execute();
  const seals = await trx.selectFrom('audit_seal').selectAll().orderBy('organization_id').execute();
  for (const { day, root, chains } of days) {
    const tree = createGrowingTree(SHA256);
    const ofDay = seals.filter((seal) => seal.day === day);
    for (const seal of ofDay) tree.add(dayLeaf(seal.organization_id, seal.sequence, seal.root));
    if (ofDay.length === chains && Buffer.from(tree.root()).equals(root)) continue;
    counts.problems.push({
      code: 'day.root_differs',
      message: `The seals of ${day} are not those that were made.`,
      day,
    });
  }
  return days;
}

async function readHeads(trx: WorkTransaction): Promise<Map<string, Head | undefined>> {
  const heads = await trx.selectFrom('audit_head').selectAll().execute();
  const named = await trx.selectFrom('audit_entry').select('organization_id').distinct().execute();
  const known = new Map<string, Head | undefined>(named.map(({ organization_id }) => [organization_id, undefined]));
  for (const head of heads) known.set(head.organization_id, head);
  return known;
}

/**
 * Checks the whole log against itself and its seals, as of one moment. Personal values whose erasure is on record are
 * counted, and no problem. Whoever owns the database could make it anew as a whole: against that, keep `lastSeal`
 * elsewhere and compare it.
 */
export async function verifyAudit(db: Kysely<WorkSchema>): Promise<AuditReport> {
  const check = async (trx: WorkTransaction): Promise<AuditReport> => {
    const counts: Counts = { entries: 0, erased: 0, problems: [] };
    const heads = await readHeads(trx);
    for (const organizationId of [...heads.keys()].sort())
      await checkChain(trx, organizationId, heads.get(organizationId), counts);
    const days = await checkDays(trx, counts);
    const last = days.at(-1);
    const { entries, erased, problems } = counts;
    return {
      ok: problems.length === 0,
      chains: heads.size,
      entries,
      erased,
      sealedDays: days.length,
      lastSeal: last ? { day: last.day, root: last.root.toString('hex') } : null,
      problems,
    };
  };
  return withWork(db, systemActor('audit verification'), check, { isolation: 'repeatable read' });
}
