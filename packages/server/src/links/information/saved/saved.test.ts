import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withWork } from '../../../work/context.js';
import { createTestCity, openTestDatabase, type TestDatabase, testEnvironment } from '../../../work/work.fixture.js';
import { createSavedQueries } from './saved.service.js';

const environment = testEnvironment();
let database: TestDatabase;
let saved: ReturnType<typeof createSavedQueries>;
let city: Awaited<ReturnType<typeof createTestCity>>;
beforeAll(async () => {
  database = await openTestDatabase();
  city = await createTestCity(database.work, environment);
  saved = createSavedQueries({ database: database.work, environment });
});
afterAll(() => database.close());

const query = (name: string, text = 'battery') => ({
  name,
  syntax: 'simple' as const,
  text,
  sets: [{ name: 'S1', text: 'TI/battery', syntax: 'command' as const }],
});

describe('saved queries', () => {
  it('are kept with their sets, newest first; a name saved again is replaced', async () => {
    const clerk = await city.person('north', 'district-clerk');
    await saved.save(clerk, query('One'));
    environment.advance(1000);
    await saved.save(clerk, query('Two', 'S1 AND cell'));
    environment.advance(1000);
    await saved.save(clerk, query('One', 'lithium'));
    const list = await saved.list(clerk);
    expect(list.map(({ name, text }) => [name, text])).toEqual([
      ['One', 'lithium'],
      ['Two', 'S1 AND cell'],
    ]);
    expect(list[0]?.sets).toEqual(query('One').sets);
  });

  it('are reached by nobody else, by whatever way', async () => {
    const owner = await city.person('north', 'district-clerk');
    const admin = await city.person('city', 'platform-admin');
    const { id } = await saved.save(owner, query('Mine'));
    expect(await saved.list(admin)).toEqual([]);
    await expect(saved.remove(admin, id)).rejects.toMatchObject({ code: 'saved_query.not_found' });
    const seen = await withWork(database.work.db, admin, (trx) =>
      trx.selectFrom('saved_query').select('id').where('id', '=', id).execute(),
    );
    expect(seen).toEqual([]);
    await saved.remove(owner, id);
    expect(await saved.list(owner)).toEqual([]);
  });

  it('belong to people, not to the program', async () => {
    const system = await city.actors.system('test');
    await expect(async () => saved.list(system)).rejects.toMatchObject({ code: 'access.sign_in_required' });
  });
});
