import { parentPort, workerData } from 'node:worker_threads';
import type { NameProposals } from '@quanlian/contract';
import { readTables } from '../register/store/file.js';
import { proposeNames } from './proposals.js';

/** What the thread is started with. */
export interface ProposalsQuestion {
  readonly store: string;
  readonly words: string;
  readonly limit: number;
}

const { store, words, limit } = workerData as ProposalsQuestion;
const tables = readTables(store);
const proposals = tables === undefined ? [] : proposeNames(tables, words);
parentPort?.postMessage({
  proposals: proposals.slice(0, limit),
  total: proposals.length,
  sequence: tables?.sequence ?? null,
} satisfies NameProposals);
