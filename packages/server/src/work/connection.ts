import type { WorkSchema } from '@quanlian/db';
import type { Kysely, Transaction } from 'kysely';

/** One transaction of the work database. */
export type WorkTransaction = Transaction<WorkSchema>;
/** What a repository works on: the pool or a transaction, always named by the caller. */
export type WorkConnection = Kysely<WorkSchema> | WorkTransaction;
