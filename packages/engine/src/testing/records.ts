import type { PatentDocument } from '@quanlian/contract';

/** Numbers from 0 to 1 that a seed settles (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A record of one publication; a later version of the same number replaces an earlier one. */
export function makeRecord(number: number, version: number, fields: Partial<PatentDocument> = {}): PatentDocument {
  const id = `EP${1000000 + number}A1`;
  return {
    id,
    office: 'EP',
    number: String(1000000 + number),
    kind: 'A1',
    date: `${2000 + (number % 20)}-0${1 + (number % 9)}-15`,
    lang: 'en',
    titles: { en: `battery number ${number} version ${version}`, zh: `第${number}号电池` },
    ...fields,
    sources: [
      {
        format: 'made',
        file: 'made',
        offset: 0,
        sha256: `${number}-${version}`,
        sourceDate: `${2000 + version}-01-01`,
      },
    ],
  };
}

/** Records in a batch of `batchOf`. */
const BATCH_SIZE = 4;

/** Batch `index` of an endless load: new publications, and a new version of one loaded before. */
export function batchOf(index: number): PatentDocument[] {
  const fresh = Array.from({ length: BATCH_SIZE - 1 }, (_, i) => makeRecord(index * (BATCH_SIZE - 1) + i, 0));
  return [...fresh, makeRecord(Math.floor(index / 2), 1 + (index % 19))];
}
