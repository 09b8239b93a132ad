import { randomBytes, randomUUID } from 'node:crypto';

/** What a year needs to be replayed: time, names and chance come from outside. */
export interface Environment {
  now(): Date;
  /** A new UUID. */
  newId(): string;
  random(bytes: number): Buffer;
}

/** The machine's own. */
export const MACHINE: Environment = {
  now: () => new Date(),
  newId: () => randomUUID(),
  random: (bytes) => randomBytes(bytes),
};

const ZONE = 'Asia/Shanghai';
const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' });

/** The calendar day of an instant where the offices are (China has one time zone), `YYYY-MM-DD`. */
export const dayOf = (instant: Date): string => DAY.format(instant);
