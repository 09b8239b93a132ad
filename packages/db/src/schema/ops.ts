import type { ColumnType } from 'kysely';

/** A client of the EPO-OPS-compatible face; its secret is kept as SHA-256. Null quotas are those of the configuration. */
export interface OpsClientTable {
  id: string;
  key: string;
  secret_hash: Buffer;
  name: string;
  organization_id: string | null;
  person_id: string | null;
  hour_bytes: ColumnType<bigint | null, number | null, number | null>;
  week_bytes: ColumnType<bigint | null, number | null, number | null>;
  per_minute: ColumnType<Record<string, number>, string, string>;
  created_at: Date;
  last_used_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  revoked_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

/** Requests and bytes of answers of one client in one hour (UTC) by kind of service. */
export interface OpsUsageTable {
  client_id: string;
  hour: Date;
  service: string;
  requests: ColumnType<bigint, number, number>;
  bytes: ColumnType<bigint, number, number>;
}

/** The EPO-OPS-compatible face. */
export interface OpsTables {
  ops_client: OpsClientTable;
  ops_usage: OpsUsageTable;
}
