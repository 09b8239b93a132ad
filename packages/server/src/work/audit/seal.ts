import type { WorkSchema } from '@quanlian/db';
import { createGrowingTree, leafHash } from '@quanlian/kernel';
import { type Kysely, sql } from 'kysely';
import { systemActor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import { dayOf, type Environment } from '../environment.js';
import { SHA256 } from './chain.js';

const PAGE = 5000;

/** Walks the hashes of a chain in its order, up to a sequence. */
async function* chainHashes(trx: WorkTransaction, organizationId: string, upTo: bigint): AsyncGenerator<Buffer> {
  for (let after = 0n; after < upTo; ) {
    const rows = await trx
      .selectFrom('audit_entry')
      .select(['sequence', 'hash'])
      .where('organization_id', '=', organizationId)
      .where('sequence', '>', after)
      .where('sequence', '<=', upTo)
      .orderBy('sequence')
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    for (const { hash } of rows) yield hash;
    after = last.sequence;
  }
}

/** The Merkle root of a chain's first entries. */
async function rootOfChain(trx: WorkTransaction, organizationId: string, upTo: bigint): Promise<Buffer> {
  const tree = createGrowingTree(SHA256);
  for await (const hash of chainHashes(trx, organizationId, upTo)) tree.add(leafHash(SHA256, hash));
  return Buffer.from(tree.root());
}

/** The newest seal of each chain. */
async function lastSeals(trx: WorkTransaction) {
  const rows = await trx
    .selectFrom('audit_seal')
    .select(['organization_id', 'sequence', 'root'])
    .distinctOn('organization_id')
    .orderBy('organization_id')
    .orderBy('day', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.organization_id, row]));
}

/** What the root of a day is made of: each organization with its chain's length and root, in the order of their ids. */
export const dayLeaf = (organizationId: string, sequence: bigint, root: Buffer): Buffer =>
  Buffer.from(leafHash(SHA256, Buffer.from(`${organizationId} ${sequence} ${root.toString('hex')}`)));

/**
 * Seals every chain as it stands: one Merkle root for each organization, one over all of them for the day. A day
 * is sealed once; the second time nothing is done and undefined is told.
 */
export async function sealDay(
  db: Kysely<WorkSchema>,
  { now }: Environment,
): Promise<{ day: string; root: Buffer; chains: number } | undefined> {
  const at = now();
  const day = dayOf(at);
  return withWork(db, systemActor('audit seal'), async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtext('quanlian audit seal'))`.execute(trx);
    const sealed = await trx.selectFrom('audit_day').select('day').where('day', '=', day).executeTakeFirst();
    if (sealed) return undefined;
    const heads = await trx.selectFrom('audit_head').selectAll().orderBy('organization_id').execute();
    const known = await lastSeals(trx);
    const tree = createGrowingTree(SHA256);
    const seals = [];
    for (const { organization_id, sequence } of heads) {
      const last = known.get(organization_id);
      // A chain to which nothing was added has the root it had.
      const root = last?.sequence === sequence ? last.root : await rootOfChain(trx, organization_id, sequence);
      seals.push({ day, organization_id, sequence, root, sealed_at: at });
      tree.add(dayLeaf(organization_id, sequence, root));
    }
    for (let from = 0; from < seals.length; from += PAGE)
      await trx
        .insertInto('audit_seal')
        .values(seals.slice(from, from + PAGE))
        .execute();
    const root = Buffer.from(tree.root());
    await trx.insertInto('audit_day').values({ day, root, chains: heads.length, sealed_at: at }).execute();
    return { day, root, chains: heads.length };
  });
}
