import { fault } from './faults.js';

/** Hits by place, the first is 1. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

const DEFAULT: Range = { begin: 1, end: 25 };
const MOST_HITS = 100;

/** Reads `5-6`, the form in which headers and query strings name hits. Throws `CLIENT.InvalidQuery`. */
export function readRange(text: string | undefined, fallback: Range = DEFAULT): Range {
  if (text === undefined || text.trim() === '') return fallback;
  const match = /^\s*(\d{1,9})\s*-\s*(\d{1,9})\s*$/.exec(text);
  const begin = Number(match?.[1]);
  const end = Number(match?.[2]);
  if (!match || begin < 1 || end < begin)
    throw fault('CLIENT.InvalidQuery', `A range is written 1-25, not ${text.slice(0, 40)}.`);
  if (end - begin >= MOST_HITS)
    throw fault('CLIENT.InvalidQuery', `A range spans at most ${MOST_HITS} hits, not ${end - begin + 1}.`);
  return { begin, end };
}
