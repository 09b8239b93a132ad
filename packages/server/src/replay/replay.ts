import { createHash } from 'node:crypto';
import { QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import { type DataFolder, readToken } from '../data-folder.js';
import { readConfig } from '../identity/config.js';
import { settleDemo } from '../identity/demo.js';
import { readSecret } from '../identity/secret.js';
import { createGovernance, type Governance } from '../links/governance/governance.js';
import { sealDay } from '../work/audit/seal.js';
import { MACHINE } from '../work/environment.js';
import { createWorkBase } from '../work/work.js';
import { createAgenda, type ReplayProgress } from './agenda.js';
import { createChance, createReplayEnvironment } from './chance.js';
import { playInspections, playResearch } from './inspection.part.js';
import { accountsOf, FULL_YEAR, organizationsOf, type ReplayCity, type ReplayScale } from './places.js';
import { playPlan } from './plan.part.js';
import { createStage, type Stage, YEAR_END, YEAR_START } from './stage.js';
import { playTraining } from './training.part.js';

/** 23:55 in China, when the server seals a day, counted from midnight UTC. */
const DAY_END_MS = (15 * 60 + 55) * 60_000;

export interface ReplayOptions {
  /** A work database without organizations. */
  readonly database: WorkDatabase;
  readonly folder: DataFolder;
  readonly city: ReplayCity;
  readonly seed: number;
  readonly scale?: ReplayScale;
  /** Where to stop, before the year ends. */
  readonly until?: Date;
  readonly onProgress?: (progress: ReplayProgress) => void;
}

/** What a replayed year left behind. */
export interface ReplayedYear {
  readonly governance: Governance;
  readonly planId: string;
  /** Things that happened. */
  readonly steps: number;
  /** Over the heads of all audit chains: two replays of one seed and scale give the same. */
  readonly digest: string;
  readonly accounts: readonly { readonly email: string; readonly password: string; readonly name: string }[];
}

/** The organizations and people of the city, made as the demo city is; passwords are the machine's chance. */
async function settle(options: ReplayOptions, environment: ReturnType<typeof createReplayEnvironment>) {
  const { database, city, scale = FULL_YEAR } = options;
  const organizations = organizationsOf(city, scale);
  const accounts = await settleDemo(
    database,
    { ...environment, random: MACHINE.random },
    { organizations, accounts: accountsOf(city, scale) },
  );
  if (!accounts)
    throw new QuanlianError(
      'usage.invalid',
      'This data folder has organizations already; a year is replayed into an empty one. Name another with --data.',
    );
  const { system } = database;
  const byName = await system.selectFrom('organization').select(['id', 'name_en']).execute();
  const ids = new Map(byName.map(({ id, name_en }) => [name_en, id]));
  const places = new Map(organizations.map(({ key, name }) => [key, ids.get(name.en) ?? '']));
  const people = await system.selectFrom('person').select(['id', 'email']).execute();
  return { accounts, places, people: new Map(people.map(({ id, email }) => [email, id])) };
}

/** Deadlines are looked at every morning; every day is sealed when it ends. */
function planUpkeep({ governance, agenda, environment }: Stage): void {
  for (let day = new Date(YEAR_START); day < YEAR_END; day = new Date(day.getTime() + 86_400_000)) {
    agenda.at(day, async () => {
      const { failed } = await governance.deadlines.run();
      if (failed[0]) throw failed[0].error;
    });
    agenda.at(new Date(day.getTime() + DAY_END_MS), async () => {
      await sealDay(governance.base.database.db, environment);
    });
  }
}

async function digestOf({ system }: WorkDatabase): Promise<string> {
  const heads = await system.selectFrom('audit_head').selectAll().orderBy('organization_id').execute();
  const hash = createHash('sha256');
  for (const { organization_id, sequence, hash: head } of heads)
    hash.update(`${organization_id} ${sequence} ${head.toString('hex')}\n`);
  return hash.digest('hex');
}

/**
 * Plays one year of a city through the services: a plan with its indicators and tasks, training in batches, research,
 * inspections, with the clock, the ids and the chance of a seed. The same seed and scale give the same year.
 */
export async function replayYear(options: ReplayOptions): Promise<ReplayedYear> {
  const { database, folder, city, seed, scale = FULL_YEAR, until = YEAR_END, onProgress = () => undefined } = options;
  const environment = createReplayEnvironment(`replay ${seed}`, YEAR_START);
  const secret = await readSecret(folder.secret);
  const base = createWorkBase({
    database,
    folder,
    environment,
    config: await readConfig(folder.config),
    secret,
    token: await readToken(folder),
    baseUrl: () => 'http://127.0.0.1:8080',
    onError: (error) => {
      throw error;
    },
  });
  const governance = await createGovernance(base, { secret });
  const { accounts, places, people } = await settle(options, environment);
  const agenda = createAgenda(until);
  const chance = createChance(`chance ${seed}`);
  const stage = createStage({ governance, environment, chance, agenda, scale, city, places, people });
  planUpkeep(stage);
  environment.set(new Date('2026-01-05T01:00:00.000Z'));
  const planId = await playPlan(stage);
  await playTraining(stage);
  await playInspections(stage);
  playResearch(stage, planId);
  const steps = await agenda.run(environment.set, onProgress);
  environment.set(until);
  // What was done on the last day is sealed too, wherever the year was stopped.
  await sealDay(database.db, environment);
  return { governance, planId, steps, digest: await digestOf(database), accounts };
}
