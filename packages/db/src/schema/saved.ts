import type { ColumnType } from 'kysely';
import type { Moment } from './people.js';

/** A query that a person keeps; nobody else reaches it. */
export interface SavedQueryTable {
  id: string;
  person_id: string;
  name: string;
  syntax: string;
  text: string;
  /** The sets it stands on. */
  sets: ColumnType<unknown, string, string>;
  saved_at: Moment;
}

export interface SavedTables {
  saved_query: SavedQueryTable;
}
