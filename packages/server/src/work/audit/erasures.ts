import type { WorkTransaction } from '../connection.js';

/** Takes a person's data out of the tables of one part of the program; tells how many rows it changed, by table. */
export type Erasing = (trx: WorkTransaction, personId: string) => Promise<Readonly<Record<string, number>>>;

/** What is to be done when a person's data is erased. Every part that holds people adds its own when it is put together. */
export interface Erasures {
  add(erasing: Erasing): void;
  /** Erases everywhere, in a transaction that reaches everything. */
  run: Erasing;
}

export function createErasures(): Erasures {
  const known: Erasing[] = [];
  return {
    add: (erasing) => {
      known.push(erasing);
    },
    async run(trx, personId) {
      const counts: Record<string, number> = {};
      for (const erasing of known) {
        for (const [table, count] of Object.entries(await erasing(trx, personId)))
          if (count > 0) counts[table] = (counts[table] ?? 0) + count;
      }
      return counts;
    },
  };
}

/** Takes the place of a name that was erased; it is the same for everybody, so that nobody is told apart by it. */
export const ERASED_NAME = '—';
