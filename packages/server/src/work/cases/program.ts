import { enterScope } from '@quanlian/db';
import type { Actor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';

const EVERYTHING = { organizations: [], people: [], known: [], system: true } as const;

/**
 * Bookkeeping that follows from a step that was allowed (assignments, uses of rules, notices), done with the program's
 * own reach: somebody who may take a step does not thereby reach the rows of everybody it concerns. Policy is decided
 * before; nothing a request names is read or written here unchecked.
 */
export async function asProgram<Result>(
  trx: WorkTransaction,
  actor: Actor,
  work: () => Promise<Result>,
): Promise<Result> {
  if (actor.rowScope.system) return work();
  await enterScope(trx, EVERYTHING);
  const result = await work();
  await enterScope(trx, actor.rowScope);
  return result;
}
