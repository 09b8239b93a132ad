import {
  type BulkMode,
  type BulkReport,
  QuanlianError,
  type RosterAudience,
  type RosterEntry,
  type RowMessage,
  type RowResult,
  type TrainingTier,
} from '@quanlian/contract';
import type { TableRow } from '@quanlian/formats/tables';
import { addDays, type IsoDate } from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, isAllowed, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { dayOf, type Environment } from '../../../work/environment.js';
import { inReach } from '../../../work/reach.js';
import type { Deps } from '../deps.js';
import { peopleReach } from './access.js';
import { chunks, countResults, hashOfRows, inBulk } from './bulk.js';
import { type RosterRow, readCode, readRosterRow } from './roster.rows.js';

/** A roster as it is handed in. */
interface RosterImport {
  /** Whose roster it is; rows may name organizations under it. */
  readonly organizationId: string;
  /** The day from which it holds. */
  readonly on: IsoDate;
  readonly rows: readonly TableRow[];
  readonly mode: BulkMode;
  /** Whether those it does not name have left. */
  readonly replace: boolean;
}

/** Which part of a roster is asked. */
interface RosterQuery {
  readonly on: IsoDate;
  readonly organizationId?: string | undefined;
  readonly tier?: TrainingTier | undefined;
  readonly audience?: RosterAudience | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Who should be trained, with history: the roster of any day can be asked. */
export interface RosterService {
  import(trx: WorkTransaction, actor: Actor, input: RosterImport): Promise<BulkReport>;
  at(db: WorkConnection, actor: Actor, query: RosterQuery): Promise<{ total: number; entries: RosterEntry[] }>;
}

/** People the table does not name stand after those it does. */
const LAST = Number.MAX_SAFE_INTEGER;

interface Learner {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly email: string | null;
}

interface OpenEntry {
  readonly id: string;
  readonly learnerId: string;
  readonly code: string;
  readonly organizationId: string;
  readonly tier: string;
  readonly audience: string;
  readonly from: IsoDate;
}

/** A row whose organization is known. */
interface Placed extends RosterRow {
  readonly organizationId: string;
}

const message = (line: number | null, code: string, result: RowResult, text: string): RowMessage => ({
  line,
  code,
  result,
  message: text,
});

/** The organizations a row may name, by code and by both names. */
async function placesUnder(trx: WorkTransaction, actor: Actor, top: string): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom('organization')
    .select(['id', 'code', 'name_zh', 'name_en'])
    .where(sql<boolean>`path @> array[${top}]::uuid[]`)
    .execute();
  const places = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { id, code, name_zh, name_en } of rows) {
    if (!isAllowed(actor, 'training.enrol', { id, organization: id })) continue;
    for (const name of [code ?? '', name_zh, name_en].map((text) => text.toLowerCase())) {
      if (places.has(name) && places.get(name) !== id) ambiguous.add(name);
      places.set(name, id);
    }
  }
  for (const name of ambiguous) places.delete(name);
  places.set('', top);
  return places;
}

/** Reads the rows and finds their organizations; a row that does not fit is told and left out. */
function placeRows(rows: readonly TableRow[], places: ReadonlyMap<string, string>, messages: RowMessage[]): Placed[] {
  const placed = new Map<string, Placed>();
  for (const table of rows) {
    const row = readRosterRow(table);
    const code = readCode(table.cells['code'] ?? '') ?? table.cells['code'] ?? '';
    if (typeof row === 'string') {
      messages.push(message(table.line, code, 'bad-row', row));
      continue;
    }
    const organizationId = places.get(row.organization.toLowerCase());
    const key = `${row.code} ${organizationId}`;
    if (organizationId === undefined) {
      const text = `“${row.organization}” is no code or name of an organization here whose people you may enter.`;
      messages.push(message(row.line, code, 'unknown-organization', text));
    } else if (placed.has(key)) {
      messages.push(
        message(row.line, code, 'repeated', `The table names ${code} on line ${placed.get(key)?.line} too.`),
      );
    } else placed.set(key, { ...row, organizationId });
  }
  return [...placed.values()];
}

async function readLearners(trx: WorkTransaction, codes: readonly string[]): Promise<Map<string, Learner>> {
  const found = new Map<string, Learner>();
  for (const part of chunks(codes)) {
    const rows = await trx
      .selectFrom('training_learner')
      .select(['id', 'code', 'organization_id', 'name', 'email'])
      .where('code', 'in', part)
      .execute();
    for (const { id, code, organization_id, name, email } of rows)
      found.set(code, { id, organizationId: organization_id, name, email });
  }
  return found;
}

async function readOpen(trx: WorkTransaction, top: string): Promise<OpenEntry[]> {
  const rows = await trx
    .selectFrom('training_roster_entry as r')
    .innerJoin('organization as o', 'o.id', 'r.organization_id')
    .innerJoin('training_learner as l', 'l.id', 'r.learner_id')
    .select(['r.id', 'r.learner_id', 'l.code', 'r.organization_id', 'r.tier', 'r.audience', 'r.from_day'])
    .where('r.to_day', 'is', null)
    .where(sql<boolean>`o.path @> array[${top}]::uuid[]`)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    learnerId: row.learner_id,
    code: row.code,
    organizationId: row.organization_id,
    tier: row.tier,
    audience: row.audience,
    from: row.from_day,
  }));
}

/** Ends entries the day before; one that began on that very day never held and goes. */
async function endEntries(trx: WorkTransaction, entries: readonly OpenEntry[], on: IsoDate): Promise<void> {
  for (const part of chunks(entries.filter(({ from }) => from < on))) {
    await trx
      .updateTable('training_roster_entry')
      .set({ to_day: addDays(on, -1) })
      .where(
        'id',
        'in',
        part.map(({ id }) => id),
      )
      .execute();
  }
  for (const part of chunks(entries.filter(({ from }) => from >= on))) {
    await trx
      .deleteFrom('training_roster_entry')
      .where(
        'id',
        'in',
        part.map(({ id }) => id),
      )
      .execute();
  }
}

async function personOfEmail(trx: WorkTransaction, rows: readonly Placed[]): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  const emails = [...new Set(rows.flatMap(({ email }) => email ?? []))];
  for (const part of chunks(emails)) {
    const found = await trx.selectFrom('person').select(['id', 'email']).where('email', 'in', part).execute();
    for (const { id, email } of found) people.set(email, id);
  }
  return people;
}

/** Enters people nobody had on a roster. A code that somebody out of reach has is not entered. */
async function addLearners(
  trx: WorkTransaction,
  { newId, now }: Environment,
  rows: readonly Placed[],
  learners: Map<string, Learner>,
): Promise<void> {
  const fresh = new Map<string, Placed>();
  for (const row of rows) if (!learners.has(row.code)) fresh.set(row.code, row);
  const people = await personOfEmail(trx, [...fresh.values()]);
  for (const part of chunks([...fresh.values()])) {
    const made = await trx
      .insertInto('training_learner')
      .values(
        part.map(({ code, name, email, organizationId }) => ({
          id: newId(),
          organization_id: organizationId,
          code,
          name,
          email,
          person_id: (email && people.get(email)) || null,
          created_at: now(),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning(['id', 'code', 'organization_id', 'name', 'email'])
      .execute();
    for (const { id, code, organization_id, name, email } of made)
      learners.set(code, { id, organizationId: organization_id, name, email });
  }
}

/** Keeps the name, address and present organization of somebody as the newest roster gives them. */
async function renameLearner(trx: WorkTransaction, row: Placed, learner: Learner): Promise<boolean> {
  const email = row.email ?? learner.email;
  const same = learner.name === row.name && learner.email === email;
  if (same && learner.organizationId === row.organizationId) return false;
  const { numUpdatedRows } = await trx
    .updateTable('training_learner')
    .set({ name: row.name, email, organization_id: row.organizationId })
    .where('id', '=', learner.id)
    .executeTakeFirst();
  return numUpdatedRows > 0n && !same;
}

interface Plan {
  readonly messages: RowMessage[];
  readonly ended: OpenEntry[];
  readonly begun: Placed[];
}

/** What the rows change, compared with the roster as it is. */
function planOf(rows: readonly Placed[], open: readonly OpenEntry[], learners: ReadonlyMap<string, Learner>): Plan {
  const byKey = new Map(open.map((entry) => [`${entry.code} ${entry.organizationId}`, entry]));
  const plan: Plan = { messages: [], ended: [], begun: [] };
  for (const row of rows) {
    const { line, code } = row;
    const entry = byKey.get(`${code} ${row.organizationId}`);
    if (!learners.has(code)) {
      const text = `${code} is on the roster of an organization you do not reach. Ask its office to end the entry there.`;
      plan.messages.push(message(line, code, 'not-yours', text));
    } else if (!entry) {
      plan.begun.push(row);
      plan.messages.push(message(line, code, 'added', 'Entered.'));
    } else if (entry.tier === row.tier && entry.audience === row.audience) {
      plan.messages.push(message(line, code, 'unchanged', 'Was on the roster already.'));
    } else {
      plan.ended.push(entry);
      plan.begun.push(row);
      const text = `Was ${entry.tier}, ${entry.audience}; is ${row.tier}, ${row.audience} now.`;
      plan.messages.push(message(line, code, 'changed', text));
    }
  }
  return plan;
}

/** A roster can only be taken from the newest day on: what held before is not written anew. */
function requireNewest(open: readonly OpenEntry[], on: IsoDate): void {
  const newest = open
    .map(({ from }) => from)
    .sort()
    .at(-1);
  if (newest !== undefined && newest > on)
    throw new QuanlianError(
      'training.refused',
      `A roster that holds from ${newest} was taken already; one from ${on} would change what is past. Take a later day.`,
      { path: 'on' },
    );
}

/** Everybody on the roster on a day, as a condition on `r`. */
export const onRosterAt = (on: IsoDate): RawBuilder<boolean> =>
  sql<boolean>`(r.from_day <= ${on}::date and (r.to_day is null or r.to_day >= ${on}::date))`;

async function take(
  deps: Deps,
  trx: WorkTransaction,
  actor: Actor,
  input: RosterImport,
  importId: string,
): Promise<RowMessage[]> {
  const { environment } = deps;
  const { organizationId, on, replace } = input;
  const messages: RowMessage[] = [];
  const rows = placeRows(input.rows, await placesUnder(trx, actor, organizationId), messages);
  const open = await readOpen(trx, organizationId);
  requireNewest(open, on);
  const learners = await readLearners(trx, [...new Set(rows.map(({ code }) => code))]);
  await addLearners(trx, environment, rows, learners);
  const plan = planOf(rows, open, learners);
  const named = new Set(rows.map((row) => `${row.code} ${row.organizationId}`));
  const unreadable = new Set(messages.map(({ code }) => code));
  // Somebody whose row cannot be read has not left.
  const gone = open.filter(
    (entry) => !named.has(`${entry.code} ${entry.organizationId}`) && !unreadable.has(entry.code),
  );
  if (replace) {
    plan.ended.push(...gone);
    for (const { code } of gone) plan.messages.push(message(null, code, 'left', 'Is not on the new roster.'));
  }
  await endEntries(trx, plan.ended, on);
  const renamed = new Set<number>();
  for (const row of rows) {
    const learner = learners.get(row.code);
    if (learner && (await renameLearner(trx, row, learner))) renamed.add(row.line);
  }
  const told = plan.messages.map((entry) =>
    entry.result === 'unchanged' && entry.line !== null && renamed.has(entry.line)
      ? message(entry.line, entry.code, 'changed', 'Name or address changed.')
      : entry,
  );
  const all = [...messages, ...told].sort((a, b) => (a.line ?? LAST) - (b.line ?? LAST));
  await noteImport(deps, trx, actor, input, importId, all);
  await beginEntries(deps, trx, plan.begun, learners, { on, importId });
  return all;
}

async function noteImport(
  deps: Deps,
  trx: WorkTransaction,
  actor: Actor,
  { organizationId, on, replace }: RosterImport,
  id: string,
  rows: readonly RowMessage[],
): Promise<void> {
  const { now } = deps.environment;
  await trx
    .insertInto('training_roster_import')
    .values({
      id,
      organization_id: organizationId,
      on_day: on,
      replaced: replace,
      counts: JSON.stringify(countResults(rows)),
      content_hash: hashOfRows(rows),
      created_at: now(),
      created_by: actor.userId,
    })
    .execute();
}

async function beginEntries(
  deps: Deps,
  trx: WorkTransaction,
  rows: readonly Placed[],
  learners: ReadonlyMap<string, Learner>,
  { on, importId }: { on: IsoDate; importId: string },
): Promise<void> {
  const { newId } = deps.environment;
  for (const part of chunks(rows)) {
    const values = part.map(({ code, organizationId, tier, audience }) => ({
      id: newId(),
      learner_id: learners.get(code)?.id ?? '',
      organization_id: organizationId,
      tier,
      audience,
      from_day: on,
      import_id: importId,
    }));
    await trx.insertInto('training_roster_entry').values(values).execute();
  }
}

const importRoster =
  (deps: Deps): RosterService['import'] =>
  async (trx, actor, input) => {
    const { now, newId } = deps.environment;
    const { audit } = deps;
    const { organizationId, on, replace } = input;
    requireIn(actor, 'training.enrol', organizationId);
    if (on > dayOf(now()))
      throw new QuanlianError('training.refused', `${on} has not come yet. Take today or a past day.`, {
        path: 'on',
      });
    // One import at a time: two that touch the same people would each end what the other began.
    await sql`select pg_advisory_xact_lock(hashtextextended('training roster', 0))`.execute(trx);
    const importId = newId();
    const work = () => take(deps, trx, actor, input, importId);
    return inBulk(trx, input.mode, work, ({ counts, rows }) =>
      audit.append(trx, {
        organizationId,
        action: 'training.roster.import',
        subject: { kind: 'training-roster-import', id: importId },
        after: { on, replace, counts, rows: hashOfRows(rows) },
      }),
    );
  };

const rosterAt: RosterService['at'] = async (db, actor, { on, organizationId, tier, audience, limit, offset }) => {
  const query = db
    .selectFrom('training_roster_entry as r')
    .innerJoin('training_learner as l', 'l.id', 'r.learner_id')
    .innerJoin('organization as o', 'o.id', 'r.organization_id')
    .where(onRosterAt(on))
    .where(inReach(peopleReach(actor), { organization: 'r.organization_id', owner: 'l.person_id' }))
    .$if(organizationId !== undefined, (part) => part.where(sql<boolean>`o.path @> array[${organizationId}]::uuid[]`))
    .$if(tier !== undefined, (part) => part.where('r.tier', '=', tier ?? ''))
    .$if(audience !== undefined, (part) => part.where('r.audience', '=', audience ?? ''));
  const { total } = await query.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow();
  const rows = await query
    .select(['r.learner_id', 'l.code', 'l.name', 'r.organization_id', 'r.tier', 'r.audience', 'r.from_day', 'r.to_day'])
    .orderBy('l.code')
    .orderBy('r.organization_id')
    .limit(limit)
    .offset(offset)
    .execute();
  const entries = rows.map((row) => ({
    learnerId: row.learner_id,
    code: row.code,
    name: row.name,
    organizationId: row.organization_id,
    tier: row.tier as TrainingTier,
    audience: row.audience as RosterAudience,
    from: row.from_day,
    to: row.to_day,
  }));
  return { total: Number(total), entries };
};

export function createRosters(deps: Deps): RosterService {
  return {
    import: importRoster(deps),
    at: rosterAt,
  };
}
