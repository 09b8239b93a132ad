import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { NameProposals } from '@quanlian/contract';
import type { ProposalsQuestion } from './proposals.worker.js';

/** Always the compiled file, at the same depth from src and from dist, so that tests run the same thread. */
const WORKER_FILE = new URL('../../../../dist/links/information/names/proposals.worker.js', import.meta.url);
const MOST_KEPT = 20;

/** Asks for proposals in a thread; answers are kept as long as the register's tables do not change. */
export function createProposals(store: string): (words: string, limit: number) => Promise<NameProposals> {
  let keptFor = '';
  const kept = new Map<string, Promise<NameProposals>>();
  return async (words, limit) => {
    const file = await stat(store).catch(() => undefined);
    const state = file === undefined ? '' : `${file.mtimeMs} ${file.size} ${file.ino}`;
    if (state !== keptFor || kept.size >= MOST_KEPT) kept.clear();
    keptFor = state;
    const key = JSON.stringify([words, limit]);
    const known = kept.get(key) ?? ask({ store, words, limit });
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    return known;
  };
}

async function ask(question: ProposalsQuestion): Promise<NameProposals> {
  const worker = new Worker(WORKER_FILE, { workerData: question });
  // `once` rejects when the thread fails.
  const [answer] = (await once(worker, 'message')) as [NameProposals];
  return answer;
}
