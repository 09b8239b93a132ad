import type pg from 'pg';

import type { BackupHead } from './archive.js';

/** A table as a backup copies it. */
export type CopiedTable = BackupHead['tables'][number];

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

export async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by name');
  return rows.map(({ name }) => name);
}

/** Text of a name in SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const columnList = ({ columns }: CopiedTable): string => columns.map(quoted).join(', ');
