import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type WorkDatabase } from '@quanlian/db';
import type { OrganizationKind, Role } from '@quanlian/kernel';
import pg from 'pg';
import { type Actors, createActors } from '../identity/actors.js';
import type { Actor } from './actor.js';
import type { Environment } from './environment.js';

/** A database of a test's own, removed when it is closed. */
export interface TestDatabase {
  readonly work: WorkDatabase;
  readonly dataDir: string;
  /** Where the database is, to open it again as an operator's own. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** A new, empty database: in the cluster QUANLIAN_TEST_POSTGRES names, else (or when asked for) in an embedded server. */
export async function openTestDatabase(options: { readonly embedded?: boolean } = {}): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'quanlian-work-'));
  const cluster = options.embedded ? undefined : process.env['QUANLIAN_TEST_POSTGRES'];
  const dropDir = () => rm(dataDir, { recursive: true, force: true });
  if (!cluster) {
    const work = await connect({ dataDir });
    const close = async () => {
      await work.close();
      await dropDir();
    };
    return { work, dataDir, url: undefined, close };
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: cluster });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  await ask(`create database ${name}`);
  const url = Object.assign(new URL(cluster), { pathname: `/${name}` }).href;
  const work = await connect({ dataDir, url });
  const close = async () => {
    await work.close();
    await ask(`drop database ${name} with (force)`);
    await dropDir();
  };
  return { work, dataDir, url, close };
}

/** Time that a test moves, ids and chance that repeat. */
export interface TestEnvironment extends Environment {
  set(instant: string): void;
  advance(milliseconds: number): void;
}

export function testEnvironment(start = '2026-03-02T01:00:00.000Z', seed = 'seed'): TestEnvironment {
  let time = Date.parse(start);
  let count = 0;
  const random = (bytes: number): Buffer => {
    count += 1;
    return createHash('sha512').update(`${seed} ${count}`).digest().subarray(0, bytes);
  };
  return {
    now: () => new Date(time),
    random,
    newId() {
      const hex = random(16).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    set: (instant) => {
      time = Date.parse(instant);
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

interface Place {
  readonly parent: string | null;
  readonly kind: OrganizationKind;
}

/** A small city: an office, two districts, a park, and those around them. */
const PLACES = {
  city: { parent: null, kind: 'city-office' },
  north: { parent: 'city', kind: 'district-office' },
  south: { parent: 'city', kind: 'district-office' },
  park: { parent: 'north', kind: 'carrier' },
  company: { parent: 'park', kind: 'company' },
  other: { parent: 'south', kind: 'company' },
  university: { parent: 'city', kind: 'university' },
  agency: { parent: 'city', kind: 'agency' },
  bank: { parent: 'city', kind: 'bank' },
  authority: { parent: 'city', kind: 'authority' },
  centre: { parent: 'city', kind: 'examination-centre' },
  fund: { parent: 'city', kind: 'fund' },
  desk: { parent: 'north', kind: 'service-point' },
} as const satisfies Record<string, Place>;
export type PlaceName = keyof typeof PLACES;

/** The city in a database, with a person made on demand for every role. */
export interface TestCity {
  readonly organizations: Readonly<Record<PlaceName, string>>;
  readonly actors: Actors;
  /** A new person who holds the roles in one place. */
  person(place: PlaceName, ...roles: Role[]): Promise<Actor>;
  /** The same person as found anew, after roles or time changed. */
  again(actor: Actor): Promise<Actor>;
  /** Gives a thing to a person to work on. */
  assign(kind: string, id: string, place: PlaceName, actor: Actor): Promise<void>;
}

export async function createTestCity(work: WorkDatabase, environment: Environment): Promise<TestCity> {
  const { now, newId } = environment;
  const organizations = {} as Record<PlaceName, string>;
  const paths = new Map<string, string[]>();
  for (const [name, { parent, kind }] of Object.entries(PLACES) as [PlaceName, Place][]) {
    const id = newId();
    const path = [...(parent === null ? [] : (paths.get(parent) ?? [])), id];
    organizations[name] = id;
    paths.set(name, path);
    await work.system
      .insertInto('organization')
      .values({
        id,
        parent_id: path.at(-2) ?? null,
        path,
        kind,
        service_level: null,
        code: null,
        name_zh: `${name}单位`,
        name_en: name,
        created_at: now(),
      })
      .execute();
  }
  const actors = createActors(work.system, environment);
  const again = async (id: string): Promise<Actor> => {
    const actor = await actors.ofPerson(id);
    if (!actor) throw new Error('the person of the test is gone');
    return actor;
  };
  return {
    organizations,
    actors,
    again: (actor) => again(actor.userId ?? ''),
    async person(place, ...roles) {
      const id = newId();
      const at = now();
      await work.system
        .insertInto('person')
        .values({
          id,
          name: `${roles[0] ?? 'nobody'} of ${place}`,
          email: `${id}@test.invalid`,
          image: null,
          created_at: at,
          updated_at: at,
        })
        .execute();
      for (const role of roles) {
        await work.system
          .insertInto('membership')
          .values({
            id: newId(),
            organization_id: organizations[place],
            person_id: id,
            role,
            starts_on: null,
            ends_on: null,
            created_at: at,
            created_by: null,
          })
          .execute();
      }
      return again(id);
    },
    async assign(kind, id, place, actor) {
      await work.system
        .insertInto('assignment')
        .values({
          subject_kind: kind,
          subject_id: id,
          person_id: actor.userId ?? '',
          organization_id: organizations[place],
          assigned_at: now(),
          assigned_by: null,
        })
        .execute();
    },
  };
}
