import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withWork } from '../context.js';
import {
  createTestCity,
  openTestDatabase,
  type TestCity,
  type TestDatabase,
  testEnvironment,
} from '../work.fixture.js';
import { createAudit } from './audit.js';

const environment = testEnvironment();
const audit = createAudit(environment);
let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await createTestCity(database.work, environment);
});
afterAll(() => database.close());

describe('appending', () => {
  it('writes with the transaction, and not when it fails', async () => {
    const clerk = await city.person('north', 'district-clerk');
    const organizationId = city.organizations.north;
    const event = {
      organizationId,
      action: 'test.change',
      subject: { kind: 'test', id: '1' },
      after: { a: 1.5, 字: '是' },
    };
    await withWork(database.work.db, clerk, async (trx) => audit.append(trx, event));
    const failing = withWork(database.work.db, clerk, async (trx) => {
      audit.append(trx, event);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const { rows } =
      await sql`select sequence, actor_id, after from audit_entry where organization_id = ${organizationId}`.execute(
        database.work.system,
      );
    expect(rows).toEqual([{ sequence: 1n, actor_id: clerk.userId, after: { a: 1.5, 字: '是' } }]);
  });
});
