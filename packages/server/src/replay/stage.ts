import { Readable } from 'node:stream';
import { addWorkingDays, type IsoDate, nearestWorkingDay } from '@quanlian/kernel';
import { demoMail } from '../identity/demo-offices.js';
import type { Governance } from '../links/governance/governance.js';
import type { Actor } from '../work/actor.js';
import type { StoredCase } from '../work/cases/stored-case.js';
import type { WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import { dayOf } from '../work/environment.js';
import type { Agenda } from './agenda.js';
import type { Chance, ReplayEnvironment } from './chance.js';
import type { ReplayCity, ReplayScale } from './places.js';

/** The year that is replayed: its working days were announced. */
export const YEAR = 2026;
export const YEAR_START = new Date(`${YEAR}-01-01T00:00:00.000Z`);
export const YEAR_END = new Date(`${YEAR}-12-31T15:00:00.000Z`);

/** What the parts of the replay act with: the real services, people who act, and a plan of what happens when. */
export interface Stage {
  readonly governance: Governance;
  readonly environment: ReplayEnvironment;
  readonly chance: Chance;
  readonly agenda: Agenda;
  readonly scale: ReplayScale;
  readonly city: ReplayCity;
  /** An organization of the city by its key. */
  place(key: string): string;
  /** Somebody by the part of the address before the sign. */
  person(key: string): string;
  /** One transaction of somebody. */
  as<Result>(key: string, work: (trx: WorkTransaction, actor: Actor) => Promise<Result>): Promise<Result>;
  /** Stores a small paper. */
  paper(key: string, organizationId: string, text: string, subject?: { kind: string; id: string }): Promise<string>;
  /** Takes a step of a case at the version it has. */
  step(key: string, caseId: string, transition: string, more?: object): Promise<StoredCase>;
  /** The day so many working days after another. */
  workday(day: IsoDate, count: number): IsoDate;
  /** Plans something for office hours of a day, or of the next working day. */
  onDay(day: IsoDate, run: () => Promise<void>): void;
  today(): IsoDate;
}

export interface StageParts {
  readonly governance: Governance;
  readonly environment: ReplayEnvironment;
  readonly chance: Chance;
  readonly agenda: Agenda;
  readonly scale: ReplayScale;
  readonly city: ReplayCity;
  readonly places: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

const OPENS_AT = 9 * 60;
const OFFICE_MINUTES = 8 * 60;
const CHINA_OFFSET_MINUTES = 8 * 60;

/** Office hours in China. */
const officeHours = (day: IsoDate, minute: number): Date =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + (OPENS_AT + minute - CHINA_OFFSET_MINUTES) * 60_000);

export function createStage(parts: StageParts): Stage {
  const { governance, environment, chance, agenda, places, people } = parts;
  const { base, cases, law } = governance;
  const known = (map: ReadonlyMap<string, string>, key: string): string => {
    const id = map.get(key);
    if (id === undefined) throw new Error(`the replay knows no ${key}`);
    return id;
  };
  const person = (key: string): string => known(people, demoMail(key));
  const actorOf = async (key: string): Promise<Actor> => {
    const actor = await base.identity.actors.ofPerson(person(key));
    if (!actor) throw new Error(`${key} cannot act`);
    return actor;
  };
  const as: Stage['as'] = async (key, work) => {
    const actor = await actorOf(key);
    return withWork(base.database.db, actor, (trx) => work(trx, actor));
  };
  return {
    ...parts,
    person,
    as,
    place: (key) => known(places, key),
    async paper(key, organizationId, text, subject) {
      const about = subject ? { subjectKind: subject.kind, subjectId: subject.id } : {};
      const name = `${text}.txt`;
      const content = Readable.from([Buffer.from(`${text}\n`)]);
      const added = await base.papers.add(
        await actorOf(key),
        { organizationId, name, kind: 'evidence', ...about },
        content,
      );
      return added.id;
    },
    step: (key, caseId, transition, more = {}) =>
      as(key, async (trx, actor) => {
        const { snapshot } = await cases.find(trx, actor, caseId);
        return cases.transition(trx, actor, caseId, { transition, expectedVersion: snapshot.version, ...more });
      }),
    workday: (day, count) => addWorkingDays(law.calendar, day, count).date,
    onDay(day, run) {
      const working = nearestWorkingDay(law.calendar, day).date;
      agenda.at(officeHours(working, chance.int(0, OFFICE_MINUTES)), run);
    },
    today: () => dayOf(environment.now()),
  };
}
