import { type Kysely, sql } from 'kysely';

/** By which columns a table's rows are reached besides the organization's. */
export interface Reach {
  /** Column with the organization a row belongs to; defaults to `organization_id`. */
  readonly organization?: string;
  /** Column with the person a row is about or who made it. */
  readonly owner?: string;
  /** The kind under which rows of this table stand in `assignment`; their column `id` is the subject. */
  readonly assignedAs?: string;
  /** Boolean column of rows that everybody may read. */
  readonly public?: string;
}

const TABLE_NAME = /^[a-z][a-z_]*$/;

/** SQL text of the rule that reaches a row; names are checked, values come from the settings of the transaction. */
function reachOf(reach: Reach): string {
  const parts = [
    '(select quanlian_is_system())',
    `"${reach.organization ?? 'organization_id'}" = any((select quanlian_organizations())::uuid[])`,
  ];
  if (reach.owner) parts.push(`"${reach.owner}" = any((select quanlian_people())::uuid[])`);
  if (reach.assignedAs) {
    parts.push(
      `exists (select 1 from assignment a where a.subject_kind = '${reach.assignedAs}' and a.subject_id = id ` +
        'and a.person_id = any((select quanlian_people())::uuid[]))',
    );
  }
  return parts.join(' or ');
}

function checkNames(table: string, reach: Reach): void {
  for (const name of [table, ...Object.values(reach)]) {
    if (!TABLE_NAME.test(name.replaceAll('-', '_'))) throw new Error(`${name} is no name of a table, column or kind`);
  }
}

/** Turns row-level security on, for the owner of the table too, without any policy: nothing is reached yet. */
async function closeTable(db: Kysely<unknown>, table: string): Promise<void> {
  await sql.raw(`alter table "${table}" enable row level security`).execute(db);
  await sql.raw(`alter table "${table}" force row level security`).execute(db);
}

/**
 * Guards a table of the work database by row-level security: rows are read and written by who may reach their
 * organization, their owner or the thing they are assigned as, and by the program itself. The settings these rules
 * look at are made by {@link enterScope} for one transaction; without them nothing is reached.
 */
export async function protectTable(db: Kysely<unknown>, table: string, reach: Reach = {}): Promise<void> {
  checkNames(table, reach);
  await closeTable(db, table);
  const rule = reachOf(reach);
  await sql.raw(`create policy reached on "${table}" using (${rule}) with check (${rule})`).execute(db);
  if (reach.public) await sql.raw(`create policy open on "${table}" for select using ("${reach.public}")`).execute(db);
}

/** Guards a table whose rows are reached through a row of another table that is itself guarded. */
export async function protectThrough(
  db: Kysely<unknown>,
  table: string,
  parent: { readonly table: string; readonly column: string; readonly key?: string },
): Promise<void> {
  checkNames(table, {});
  checkNames(parent.table, { organization: parent.column, owner: parent.key ?? 'id' });
  await closeTable(db, table);
  const rule =
    '(select quanlian_is_system()) or exists ' +
    `(select 1 from "${parent.table}" p where p."${parent.key ?? 'id'}" = "${table}"."${parent.column}")`;
  await sql.raw(`create policy reached on "${table}" using (${rule}) with check (${rule})`).execute(db);
}

/** Guards a table by rules of its own: SQL conditions for reading and for writing. */
export async function protectBy(
  db: Kysely<unknown>,
  table: string,
  rules: { readonly read: string; readonly write: string },
): Promise<void> {
  checkNames(table, {});
  await closeTable(db, table);
  const system = '(select quanlian_is_system())';
  await sql.raw(`create policy read on "${table}" for select using (${system} or (${rules.read}))`).execute(db);
  await sql
    .raw(
      `create policy write on "${table}" using (${system} or (${rules.write})) with check (${system} or (${rules.write}))`,
    )
    .execute(db);
}

/** Guards a table that only the program itself uses, never on a person's behalf: credentials, queues, counters. */
export async function protectForSystem(db: Kysely<unknown>, table: string): Promise<void> {
  await protectBy(db, table, { read: 'false', write: 'false' });
}

/**
 * Makes a table append-only: a trigger refuses to change, remove or empty rows, for every account, and the comment
 * keeps the application's account from being given those rights at all.
 */
export async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  checkNames(table, {});
  await sql.raw(`comment on table "${table}" is 'append-only'`).execute(db);
  await sql
    .raw(
      `create trigger append_only before update or delete on "${table}" for each row execute function quanlian_refuse_change()`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger append_only_all before truncate on "${table}" for each statement execute function quanlian_refuse_change()`,
    )
    .execute(db);
}
