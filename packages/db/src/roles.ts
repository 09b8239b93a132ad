import { QuanlianError } from '@quanlian/contract';
import { type Kysely, sql } from 'kysely';

/** The account the application's connections act as: not the owner of any table and never above row-level security. */
export const APP_ROLE = 'quanlian_app';

interface OwnRights {
  readonly superuser: boolean;
  readonly bypass: boolean;
  readonly createrole: boolean;
}

async function ownRights<Schema>(db: Kysely<Schema>): Promise<OwnRights> {
  const { rows } = await sql<OwnRights>`select rolsuper as superuser, rolbypassrls as bypass,
    rolcreaterole as createrole from pg_roles where rolname = current_user`.execute(db);
  return rows[0] ?? { superuser: false, bypass: false, createrole: false };
}

async function mayBecome<Schema>(db: Kysely<Schema>, role: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select pg_has_role(current_user, oid, 'MEMBER') as may
    from pg_roles where rolname = ${role}`.execute(db);
  return rows[0]?.may === true;
}

/** Two servers of one cluster may start at once; the later one finds the role made. */
async function createRole<Schema>(db: Kysely<Schema>): Promise<void> {
  await sql
    .raw(
      `do $$ begin
       if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
         create role ${APP_ROLE} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
       end if;
     exception when duplicate_object or unique_violation then null; end $$`,
    )
    .execute(db);
}

/** An account that may make roles may take this one up too; where the operator keeps that to himself, he granted it. */
async function joinRole<Schema>(db: Kysely<Schema>): Promise<void> {
  await sql
    .raw(
      `do $$ begin execute format('grant ${APP_ROLE} to %I', current_user);
       exception when insufficient_privilege or invalid_grant_operation or object_in_use then null; end $$`,
    )
    .execute(db);
}

/** Rights on the tables as they stand after a migration: rows that are only added cannot be changed. */
async function grantTables<Schema>(db: Kysely<Schema>): Promise<void> {
  await sql.raw(`grant usage on schema public to ${APP_ROLE}`).execute(db);
  const { rows } = await sql<{ name: string; appendOnly: boolean }>`select c.relname as name,
    coalesce(obj_description(c.oid), '') = 'append-only' as "appendOnly"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('migration', 'migration_lock')`.execute(db);
  for (const { name, appendOnly } of rows) {
    const rights = appendOnly ? 'select, insert' : 'select, insert, update, delete';
    await sql.raw(`revoke all on "${name}" from ${APP_ROLE}`).execute(db);
    await sql.raw(`grant ${rights} on "${name}" to ${APP_ROLE}`).execute(db);
  }
}

/**
 * Makes the application's account ready and tells its name; null means that the connecting account serves itself,
 * which it may when it is neither a superuser nor above row-level security. Throws `database.unavailable` otherwise.
 */
export async function prepareAppRole<Schema>(db: Kysely<Schema>): Promise<string | null> {
  const rights = await ownRights(db);
  if (rights.superuser || rights.createrole) await createRole(db);
  if (!rights.superuser && rights.createrole && !(await mayBecome(db, APP_ROLE))) await joinRole(db);
  if (rights.superuser || (await mayBecome(db, APP_ROLE))) {
    await grantTables(db);
    return APP_ROLE;
  }
  if (rights.bypass)
    throw new QuanlianError(
      'database.unavailable',
      `The database account in DATABASE_URL is above row-level security and may not act as ${APP_ROLE}. ` +
        `Create that role and grant it to the account, or name an account without BYPASSRLS.`,
    );
  return null;
}

/** In the embedded server the application's account signs in itself, so that nothing can lead back to the owner. */
export async function letAppSignIn<Schema>(db: Kysely<Schema>, password: string): Promise<void> {
  const { rows } = await sql<{ text: string }>`select quote_literal(${password}::text) as text`.execute(db);
  await sql.raw(`alter role ${APP_ROLE} login password ${rows[0]?.text}`).execute(db);
}
