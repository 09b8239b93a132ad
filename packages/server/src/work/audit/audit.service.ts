import { type AuditEntry, type AuditQuestion, type AuditReport, type Erasure, QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import { ERASURE_ACTION } from '@quanlian/kernel';
import { type Kysely, sql } from 'kysely';
import { type Actor, type Reach, reachOf, requireEverywhere, requireIn, systemActor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import { inReach } from '../reach.js';
import type { Audit } from './audit.js';
import { INSTALLATION_CHAIN } from './chain.js';
import type { Erasures } from './erasures.js';
import { verifyAudit } from './verify.js';

/** Reading the log, checking it, and erasing personal values from it. */
export interface AuditService {
  list(actor: Actor, question: AuditQuestion): Promise<{ total: number; entries: AuditEntry[] }>;
  verify(actor: Actor): Promise<AuditReport>;
  /**
   * Erases a person: the values in every entry of the log within reach, and what the tables say. Tells how many values
   * and how many rows by table. The erasure is an entry itself, and the chain goes on verifying.
   */
  erase(
    actor: Actor,
    personId: string,
    why: string,
  ): Promise<{ readonly erased: number; readonly tables: Readonly<Record<string, number>> }>;
  /** The erasures there were, newest first, for who may erase. */
  erasures(actor: Actor, limit: number): Promise<Erasure[]>;
}

/** The chains an actor may read; the installation's own where the row scope has it (see the actors). */
function auditReach(actor: Actor): Reach {
  const reach = reachOf(actor, 'audit.read');
  if (reach === 'everything' || !actor.rowScope.organizations.includes(INSTALLATION_CHAIN)) return reach;
  return { ...reach, organizations: [...reach.organizations, INSTALLATION_CHAIN] };
}

function selectEntries(trx: WorkTransaction, actor: Actor, question: AuditQuestion) {
  const { organizationId, subjectKind, subjectId, action, from, to } = question;
  let query = trx
    .selectFrom('audit_entry as e')
    .where(inReach(auditReach(actor), { organization: 'e.organization_id' }));
  if (organizationId) query = query.where('e.organization_id', '=', organizationId);
  if (subjectKind) query = query.where('e.subject_kind', '=', subjectKind);
  if (subjectId) query = query.where('e.subject_id', '=', subjectId);
  if (action) query = query.where('e.action', '=', action);
  if (from) query = query.where('e.at', '>=', new Date(from));
  if (to) query = query.where('e.at', '<', new Date(to));
  return query;
}

async function withPersonal(trx: WorkTransaction, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Record<string, unknown>>();
  const rows = await trx
    .selectFrom('audit_personal')
    .select(['entry_id', 'field', 'value'])
    .where('entry_id', 'in', ids)
    .execute();
  const found = new Map<string, Record<string, unknown>>();
  for (const { entry_id, field, value } of rows) found.set(entry_id, { ...found.get(entry_id), [field]: value });
  return found;
}

async function readPage(trx: WorkTransaction, actor: Actor, question: AuditQuestion): Promise<AuditEntry[]> {
  const rows = await selectEntries(trx, actor, question)
    .leftJoin('person as p', 'p.id', 'e.actor_id')
    .selectAll('e')
    .select('p.name as actor_name')
    .orderBy('e.at', 'desc')
    .orderBy('e.sequence', 'desc')
    .limit(question.limit)
    .offset(question.offset)
    .execute();
  const personal = await withPersonal(
    trx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    organizationId: row.organization_id,
    sequence: Number(row.sequence),
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    onBehalfOf: row.on_behalf_of,
    action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id },
    before: row.before,
    after: row.after,
    why: row.why,
    personal: Object.fromEntries(
      Object.keys(row.commitments).map((field) => [field, personal.get(row.id)?.[field] ?? null]),
    ),
    hash: row.hash.toString('hex'),
  }));
}

/** Entries about invitations of the person, which were written before there was one. */
async function invitationEntries(trx: WorkTransaction, personId: string): Promise<string[]> {
  const person = await trx.selectFrom('person').select('email').where('id', '=', personId).executeTakeFirst();
  const rows = await trx
    .selectFrom('audit_entry as e')
    .innerJoin('invitation as i', (join) => join.on(sql<boolean>`e.subject_id = i.id::text`))
    .select('e.id')
    .where('e.subject_kind', '=', 'invitation')
    .where((eb) => eb.or([eb('i.accepted_by', '=', personId), eb('i.email', '=', person?.email ?? '')]))
    .execute();
  return rows.map(({ id }) => id);
}

/** Where a person's erasure reaches: organizations the actor may erase in, and the installation's own chain. */
async function eraseValues(trx: WorkTransaction, actor: Actor, personId: string) {
  const invitations = await invitationEntries(trx, personId);
  const erased = await trx
    .deleteFrom('audit_personal')
    .where((eb) =>
      eb.or([eb('person_id', '=', personId), ...(invitations.length > 0 ? [eb('entry_id', 'in', invitations)] : [])]),
    )
    .where((eb) =>
      eb.or([
        inReach(reachOf(actor, 'personal-data.erase'), { organization: 'audit_personal.organization_id' }),
        eb('organization_id', '=', INSTALLATION_CHAIN),
      ]),
    )
    .returning(['entry_id', 'field'])
    .execute();
  if (erased.length === 0) return [];
  const entries = await trx
    .selectFrom('audit_entry')
    .select(['id', 'organization_id', 'sequence'])
    .where('id', 'in', [...new Set(erased.map(({ entry_id }) => entry_id))])
    .orderBy('sequence')
    .execute();
  return entries.map(({ id, organization_id, sequence }) => ({
    organizationId: organization_id,
    row: Number(sequence),
    fields: erased
      .filter(({ entry_id }) => entry_id === id)
      .map(({ field }) => field)
      .sort(),
  }));
}

function requireEraser(actor: Actor): Reach {
  const reach = reachOf(actor, 'personal-data.erase');
  if (reach !== 'everything' && reach.organizations.length === 0)
    throw new QuanlianError('access.denied', 'Your roles do not include erasing personal data.');
  return reach;
}

/** The records of erasures where the actor may erase, and in the installation's own chain. */
async function readErasures(trx: WorkTransaction, reach: Reach, limit: number): Promise<Erasure[]> {
  const rows = await trx
    .selectFrom('audit_entry as e')
    .leftJoin('person as p', 'p.id', 'e.actor_id')
    .selectAll('e')
    .select('p.name as actor_name')
    .where('e.action', '=', ERASURE_ACTION)
    .where((eb) =>
      eb.or([inReach(reach, { organization: 'e.organization_id' }), eb('e.organization_id', '=', INSTALLATION_CHAIN)]),
    )
    .orderBy('e.at', 'desc')
    .orderBy('e.organization_id')
    .orderBy('e.sequence', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    at: row.at.toISOString(),
    by: row.actor_name,
    personId: row.subject_id,
    organizationId: row.organization_id,
    sequence: Number((row.erased as { row?: number } | null)?.row ?? row.sequence),
    why: row.why,
    fields: (row.erased as { fields?: string[] } | null)?.fields ?? [],
  }));
}

/** A person is erased by who may erase wherever the person ever was. */
async function requireWhole(trx: WorkTransaction, actor: Actor, personId: string): Promise<void> {
  const rows = await trx
    .selectFrom('membership')
    .select('organization_id')
    .distinct()
    .where('person_id', '=', personId)
    .execute();
  for (const { organization_id } of rows) requireIn(actor, 'personal-data.erase', organization_id);
}

interface AuditServiceDeps {
  readonly db: Kysely<WorkSchema>;
  readonly audit: Audit;
  /** Erases in the tables of all parts of the program. */
  readonly erasures?: Pick<Erasures, 'run'>;
}

export function createAuditService({ db, audit, erasures }: AuditServiceDeps): AuditService {
  return {
    list: (actor, question) =>
      withWork(db, actor, async (trx) => {
        const { total } = await selectEntries(trx, actor, question)
          .select((eb) => eb.fn.countAll<bigint>().as('total'))
          .executeTakeFirstOrThrow();
        return { total: Number(total), entries: await readPage(trx, actor, question) };
      }),
    verify(actor) {
      requireEverywhere(actor, 'audit.verify');
      return verifyAudit(db);
    },
    async erase(actor, personId, why) {
      requireEraser(actor);
      // The rows are the program's own: it erases in the actor's name what the actor's permission reaches.
      const erasing: Actor = { ...systemActor('erasure', actor.tree), kind: actor.kind, userId: actor.userId };
      return withWork(db, erasing, async (trx) => {
        await requireWhole(trx, actor, personId);
        const erased = await eraseValues(trx, actor, personId);
        const subject = { kind: 'person', id: personId };
        for (const { organizationId, row, fields } of erased)
          audit.append(trx, { organizationId, action: ERASURE_ACTION, subject, why, erased: { row, fields } });
        const tables = (await erasures?.run(trx, personId)) ?? {};
        if (Object.keys(tables).length > 0)
          audit.append(trx, {
            organizationId: INSTALLATION_CHAIN,
            action: 'person.erase',
            subject,
            after: tables,
            why,
          });
        return { erased: erased.reduce((count, { fields }) => count + fields.length, 0), tables };
      });
    },
    async erasures(actor, limit) {
      const reach = requireEraser(actor);
      return withWork(db, systemActor('erasure', actor.tree), (trx) => readErasures(trx, reach, limit));
    },
  };
}
