import { type Kysely, type Migration, sql } from 'kysely';
import { protectForSystem } from './protect.js';

/** Clients of the EPO-OPS-compatible face and what each used, hour by hour. */
export const opsClients: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table ops_client (
      id uuid primary key,
      key text not null unique,
      secret_hash bytea not null,
      name text not null,
      organization_id uuid references organization,
      person_id uuid references person,
      hour_bytes bigint,
      week_bytes bigint,
      per_minute jsonb not null default '{}',
      created_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz
    )`.execute(db);
    await sql`create index ops_client_person on ops_client (person_id)`.execute(db);
    await sql`create table ops_usage (
      client_id uuid not null references ops_client,
      hour timestamptz not null,
      service text not null,
      requests bigint not null,
      bytes bigint not null,
      primary key (client_id, hour, service)
    )`.execute(db);
    // Looked at by the service alone, which decides who may see which client.
    await protectForSystem(db, 'ops_client');
    await protectForSystem(db, 'ops_usage');
  },
};
