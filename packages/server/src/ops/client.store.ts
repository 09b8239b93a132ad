import { createHash, timingSafeEqual } from 'node:crypto';
import type { NewOpsClient, OpsClient, OpsQuota, OpsService, OpsUsageDay } from '@quanlian/contract';
import type { OpsClientTable, WorkDatabase } from '@quanlian/db';
import { type Selectable, sql } from 'kysely';
import type { Environment } from '../work/environment.js';

/** A client as the face itself needs it. */
export interface OpsClientRecord extends OpsClient {
  readonly personId: string | null;
}

/** Whom a client belongs to. */
export interface OpsOwner {
  readonly organizationId: string | null;
  readonly personId: string | null;
}

export interface OpsUsage {
  readonly clientId: string;
  readonly hour: Date;
  readonly service: OpsService;
  readonly requests: number;
  readonly bytes: number;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const bytesOf = (value: bigint | null): number | null => (value === null ? null : Number(value));

const recordOf = (row: Selectable<OpsClientTable>): OpsClientRecord => ({
  id: row.id,
  key: row.key,
  name: row.name,
  organizationId: row.organization_id,
  personId: row.person_id,
  hourBytes: bytesOf(row.hour_bytes),
  weekBytes: bytesOf(row.week_bytes),
  perMinute: row.per_minute,
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** Clients of the face in the work database. Who may see or change which is decided by the caller. */
export function createOpsClients(work: Pick<WorkDatabase, 'system'>, { now, newId, random }: Environment) {
  const { system } = work;
  return {
    /** Makes a client; the secret is told once. */
    async issue(parts: NewOpsClient, owner: OpsOwner): Promise<{ client: OpsClientRecord; secret: string }> {
      const secret = random(24).toString('base64url');
      const row = await system
        .insertInto('ops_client')
        .values({
          id: newId(),
          key: random(24).toString('base64url'),
          secret_hash: hashOf(secret),
          name: parts.name,
          organization_id: owner.organizationId,
          person_id: owner.personId,
          hour_bytes: parts.hourBytes ?? null,
          week_bytes: parts.weekBytes ?? null,
          per_minute: JSON.stringify(parts.perMinute ?? {}),
          created_at: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      return { client: recordOf(row), secret };
    },
    async list(): Promise<OpsClientRecord[]> {
      const rows = await system.selectFrom('ops_client').selectAll().orderBy('created_at', 'desc').execute();
      return rows.map(recordOf);
    },
    /** By id or key. */
    async find(name: string): Promise<OpsClientRecord | undefined> {
      const column = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(name) ? 'id' : 'key';
      const row = await system.selectFrom('ops_client').selectAll().where(column, '=', name).executeTakeFirst();
      return row && recordOf(row);
    },
    async setQuota(id: string, quota: OpsQuota): Promise<void> {
      const { hourBytes, weekBytes, perMinute } = quota;
      const values = { hour_bytes: hourBytes, week_bytes: weekBytes, per_minute: JSON.stringify(perMinute) };
      await system.updateTable('ops_client').set(values).where('id', '=', id).execute();
    },
    async revoke(id: string): Promise<void> {
      await system.updateTable('ops_client').set({ revoked_at: now() }).where('id', '=', id).execute();
    },
    /** The client with this key and secret that is not revoked. */
    async signIn(key: string, secret: string): Promise<OpsClientRecord | undefined> {
      const row = await system.selectFrom('ops_client').selectAll().where('key', '=', key).executeTakeFirst();
      const fits = row !== undefined && timingSafeEqual(row.secret_hash, hashOf(secret));
      if (!fits || row.revoked_at !== null) return undefined;
      await system.updateTable('ops_client').set({ last_used_at: now() }).where('id', '=', row.id).execute();
      return recordOf(row);
    },
    /** Adds what was used meanwhile. */
    async addUsage(usage: readonly OpsUsage[]): Promise<void> {
      if (usage.length === 0) return;
      const values = usage.map(({ clientId, ...rest }) => ({ client_id: clientId, ...rest }));
      await system
        .insertInto('ops_usage')
        .values(values)
        .onConflict((conflict) =>
          conflict.columns(['client_id', 'hour', 'service']).doUpdateSet({
            requests: sql<number>`ops_usage.requests + excluded.requests`,
            bytes: sql<number>`ops_usage.bytes + excluded.bytes`,
          }),
        )
        .execute();
    },
    async bytesSince(clientId: string, from: Date): Promise<number> {
      const row = await system
        .selectFrom('ops_usage')
        .select(({ fn }) => fn.sum<string | null>('bytes').as('bytes'))
        .where('client_id', '=', clientId)
        .where('hour', '>=', from)
        .executeTakeFirst();
      return Number(row?.bytes ?? 0);
    },
    /** Use by day (UTC) and kind of service, oldest first; `to` is the first day that no longer counts. */
    async usage(clientId: string, from: Date, to: Date): Promise<OpsUsageDay[]> {
      const rows = await system
        .selectFrom('ops_usage')
        .select(({ fn }) => [
          sql<string>`to_char(hour at time zone 'UTC', 'YYYY-MM-DD')`.as('day'),
          'service',
          fn.sum<string>('requests').as('requests'),
          fn.sum<string>('bytes').as('bytes'),
        ])
        .where('client_id', '=', clientId)
        .where('hour', '>=', from)
        .where('hour', '<', to)
        .groupBy(['day', 'service'])
        .orderBy('day')
        .orderBy('service')
        .execute();
      return rows.map(({ day, service, requests, bytes }) => ({
        day,
        service: service as OpsService,
        requests: Number(requests),
        bytes: Number(bytes),
      }));
    },
  };
}
export type OpsClients = ReturnType<typeof createOpsClients>;
