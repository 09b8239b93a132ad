import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../data-folder.js';
import { openTestDatabase, type TestDatabase } from '../work/work.fixture.js';
import type { ReplayCity, ReplayScale } from './places.js';
import { type ReplayedYear, replayYear } from './replay.js';

const named = (id: string, zh: string) => ({ id, name: { zh, en: `${zh} ${id}` } });
const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** A city like the generated one, without its patents. */
export const replayCity = (districts: number, companies: number): ReplayCity => ({
  name: { zh: '测试市', en: 'Test City' },
  districts: many(districts, (index) => named(`district-${index}`, `第${index}区`)),
  parks: many(districts, (index) => ({ ...named(`park-${index}`, `第${index}园`), district: `district-${index}` })),
  companies: many(companies, (index) => ({
    ...named(`company-${index}`, `第${index}公司`),
    district: `district-${index % districts}`,
    ...(index % 2 === 0 ? { park: `park-${index % districts}` } : {}),
  })),
  universities: many(2, (index) => named(`university-${index}`, `第${index}大学`)),
});

export interface TestReplay {
  readonly database: TestDatabase;
  readonly year: ReplayedYear;
  close(): Promise<void>;
}

/** Replays a year, or its beginning, into a database of its own. */
export async function openTestReplay(options: {
  readonly city: ReplayCity;
  readonly scale: ReplayScale;
  readonly seed?: number;
  readonly until?: Date;
}): Promise<TestReplay> {
  const database = await openTestDatabase();
  const root = await mkdtemp(join(tmpdir(), 'quanlian-replay-'));
  const { seed = 2026, ...rest } = options;
  const year = await replayYear({ database: database.work, folder: dataFolder(root), seed, ...rest });
  return {
    database,
    year,
    async close() {
      await database.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
