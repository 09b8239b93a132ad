import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { copyTable } from './copy.js';

/** A table as it is copied from one database to another: its columns that hold data, in their order. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: string[];
}

const KEPT_APART = ['migration', 'migration_lock'];

/** The tables in an order in which each comes after those it refers to. */
export function inOrder(names: readonly string[], references: readonly { from: string; to: string }[]): string[] {
  const done = new Set<string>();
  const sorted: string[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    if (done.has(name)) return;
    if (above.includes(name))
      throw new Error(`the tables ${[...above, name].join(', ')} refer to each other in a circle`);
    for (const { from, to } of references) if (from === name && to !== name) visit(to, [...above, name]);
    done.add(name);
    sorted.push(name);
  };
  for (const name of [...names].sort()) visit(name, []);
  return sorted;
}

/** Every table of the work database with the columns that hold data. */
export async function readTables(client: pg.Client): Promise<CopiedTable[]> {
  const { rows: columns } = await client.query<{ table: string; column: string }>(
    `select c.relname as table, a.attname as column from pg_class c
     join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by c.relname, a.attnum`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select f.relname as from, t.relname as to from pg_constraint k
     join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid where k.contype = 'f'`,
  );
  const names = [...new Set(columns.map(({ table }) => table))].filter((name) => !KEPT_APART.includes(name));
  return inOrder(names, references).map((name) => ({
    name,
    columns: columns.filter(({ table }) => table === name).map(({ column }) => column),
  }));
}

/** The names of the migrations a database went through, in order. */
export async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  return rows.map(({ name }) => name);
}

/** Text of a name in SQL. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const columnList = ({ columns }: CopiedTable): string => columns.map(quoted).join(', ');

/** Writes a table to a file, row by row in PostgreSQL's own text form; tells its size in bytes. */
export async function writeTableFile(client: pg.Client, table: CopiedTable, file: string): Promise<number> {
  await copyTable.out(client, `copy (select ${columnList(table)} from ${quoted(table.name)}) to stdout`, file);
  return (await stat(file)).size;
}

/** The first table in which something is, besides the row of the installation itself. */
export async function firstFilled(client: pg.Client): Promise<string | undefined> {
  for (const { name } of await readTables(client)) {
    if (name === 'installation') continue;
    const { rowCount } = await client.query(`select 1 from ${quoted(name)} limit 1`);
    if (rowCount) return name;
  }
  return undefined;
}

/**
 * Fills the tables of a new database of the same schema from files of {@link writeTableFile}, each named as its table.
 * Rows are copied by the owner, whom row-level security holds too unless it is lifted for this transaction.
 */
export async function readTableFiles(client: pg.Client, tables: readonly CopiedTable[], dir: string): Promise<void> {
  await client.query('begin');
  await client.query('delete from installation');
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relforcerowsecurity and relnamespace = 'public'::regnamespace`,
  );
  for (const { name } of rows) await client.query(`alter table ${quoted(name)} no force row level security`);
  for (const table of tables) {
    const statement = `copy ${quoted(table.name)} (${columnList(table)}) from stdin`;
    await copyTable.in(client, statement, join(dir, table.name));
  }
  for (const { name } of rows) await client.query(`alter table ${quoted(name)} force row level security`);
  await client.query('commit');
}
