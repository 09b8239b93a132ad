import { expect } from 'vitest';
import { askRandomly } from './any-query.js';

/** 20 000 queries in all, in two files so that two processes share the work. */
const CORPORA = 250;
const QUERIES = 40;

/** Asks half of the queries, prints what they were, and makes sure that enough of them say something. */
export async function proveHalf(): Promise<void> {
  const counts = await askRandomly(CORPORA, QUERIES);
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  expect(counts.asked).toBe(CORPORA * QUERIES);
  const { asked, nonEmpty, chains, cjk, severalSegments, withDeletions } = counts;
  for (const count of [nonEmpty, chains, cjk, severalSegments, withDeletions]) expect(4 * count).toBeGreaterThan(asked);
}
