import { createHash } from 'node:crypto';
import type { Environment } from '../work/environment.js';

/** Chance that repeats: the same seed gives the same year on every machine. */
export interface Chance {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, both ends included. */
  int(low: number, high: number): number;
  happens(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

const digest = (text: string): Buffer => createHash('sha512').update(text).digest();

export function createChance(seed: string): Chance {
  let count = 0;
  const next = (): number => {
    count += 1;
    return digest(`${seed}/${count}`).readUInt32BE(0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    happens: (probability) => next() < probability,
    pick(items) {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}

/** Time that the replay sets, ids and random bytes that repeat. */
export interface ReplayEnvironment extends Environment {
  set(instant: Date): void;
}

export function createReplayEnvironment(seed: string, start: Date): ReplayEnvironment {
  let time = start;
  let count = 0;
  const random = (bytes: number): Buffer => {
    const parts: Buffer[] = [];
    for (let length = 0; length < bytes; length += 64) {
      count += 1;
      parts.push(digest(`${seed} bytes ${count}`));
    }
    return Buffer.concat(parts).subarray(0, bytes);
  };
  return {
    now: () => new Date(time),
    random,
    newId() {
      const hex = random(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    set: (instant) => {
      time = instant;
    },
  };
}
