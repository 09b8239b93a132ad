import type { WorkConnection } from '../connection.js';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Names of people and organizations as far as row-level security shows them to the actor. */
export async function namesOf(db: WorkConnection, ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids)].filter((id) => UUID.test(id));
  if (asked.length === 0) return new Map();
  const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', asked).execute();
  const organizations = await db
    .selectFrom('organization')
    .select(['id', 'name_zh as name'])
    .where('id', 'in', asked)
    .execute();
  return new Map([...people, ...organizations].map(({ id, name }) => [id, name]));
}

/** File names of papers that are reached. */
export async function paperNames(db: WorkConnection, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('paper')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
