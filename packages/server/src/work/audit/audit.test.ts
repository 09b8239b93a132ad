import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../actor.js';
import { withWork } from '../context.js';
import {
  createTestCity,
  openTestDatabase,
  type TestCity,
  type TestDatabase,
  testEnvironment,
} from '../work.fixture.js';
import { createAudit } from './audit.js';
import { createAuditService } from './audit.service.js';
import { INSTALLATION_CHAIN } from './chain.js';
import { sealDay } from './seal.js';
import { verifyAudit } from './verify.js';

const environment = testEnvironment();
const audit = createAudit(environment);
let database: TestDatabase;
let city: TestCity;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await createTestCity(database.work, environment);
});
afterAll(() => database.close());

const event = (organizationId: string, id = '1') => ({
  organizationId,
  action: 'test.change',
  subject: { kind: 'test', id },
});

/** What only the owner of the database can do: change what the triggers protect. */
async function tamper(statement: string): Promise<void> {
  const client = await database.work.ownerClient();
  try {
    await client.query('alter table audit_entry disable trigger user');
    await client.query('alter table audit_entry drop constraint if exists audit_personal_entry_id_fkey');
    await client.query(statement);
    await client.query('alter table audit_entry enable trigger user');
  } finally {
    await client.end();
  }
}

const codes = async (): Promise<string[]> => (await verifyAudit(database.work.db)).problems.map(({ code }) => code);

describe('appending', () => {
  it('writes with the transaction, and not when it fails', async () => {
    const clerk = await city.person('north', 'district-clerk');
    const organizationId = city.organizations.north;
    const change = { ...event(organizationId), after: { a: 1.5, 字: '是', big: 1e21 }, why: '“因为”' };
    await withWork(database.work.db, clerk, async (trx) => audit.append(trx, change));
    const failing = withWork(database.work.db, clerk, async (trx) => {
      audit.append(trx, change);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const rows = await database.work.system.selectFrom('audit_entry').selectAll().execute();
    expect(rows).toEqual([
      expect.objectContaining({
        organization_id: organizationId,
        sequence: 1n,
        actor_id: clerk.userId,
        after: change.after,
      }),
    ]);
    expect(await codes()).toEqual([]);
  });

  it('refuses what would not read back, and entries outside a transaction of ours', async () => {
    const organizationId = city.organizations.north;
    for (const why of ['a\u0000b', 'half \ud800']) {
      const refused = withWork(database.work.db, systemActor('test'), async (trx) =>
        audit.append(trx, { ...event(organizationId), why }),
      );
      await expect(refused).rejects.toMatchObject({ code: 'audit.refused' });
    }
    const outside = database.work.db.transaction().execute(async (trx) => audit.append(trx, event(organizationId)));
    await expect(outside).rejects.toThrow('outside withWork');
  });

  it('keeps one gapless chain for each organization under 16 writers at once', async () => {
    const chains = [city.organizations.north, city.organizations.south, city.organizations.company];
    const writer = async (number: number) => {
      for (let turn = 0; turn < 20; turn += 1) {
        await withWork(database.work.db, systemActor('test'), async (trx) => {
          // Always two chains, in either order: locks taken as they come would deadlock.
          const [first, second] = [chains[(number + turn) % 3], chains[(number + 2 * turn + 1) % 3]];
          audit.append(trx, event(first ?? '', `${number}.${turn}`));
          audit.append(trx, event(second ?? '', `${number}.${turn}`));
        });
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, number) => writer(number)));
    const report = await verifyAudit(database.work.db);
    expect(report).toMatchObject({ ok: true, entries: 1 + 16 * 20 * 2 });
  });
});

describe('the rights of the application', () => {
  it.each([
    'update audit_entry set why = null',
    'delete from audit_entry',
    'truncate audit_entry cascade',
    'delete from audit_seal',
  ])('do not include: %s', async (statement) => {
    await expect(sql.raw(statement).execute(database.work.system)).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|23001)$/),
    });
  });
  it('do not include writing past the chain as a person', async () => {
    const officer = await city.person('city', 'city-officer');
    const forging = withWork(database.work.db, officer, (trx) =>
      sql`update audit_head set sequence = 0`.execute(trx).then(({ numAffectedRows }) => numAffectedRows),
    );
    expect(await forging).toBe(0n);
  });
  it('end at the owner, whom the triggers refuse too', async () => {
    const client = await database.work.ownerClient();
    await expect(client.query('delete from audit_entry')).rejects.toMatchObject({ code: '23001' });
    await client.end();
  });
});

describe('personal values', () => {
  it('stand apart, and their erasure is an entry', async () => {
    const admin = await city.person('city', 'platform-admin', 'auditor');
    const service = createAuditService({ db: database.work.db, audit });
    const personId = environment.newId();
    const organizationId = city.organizations.company;
    await withWork(database.work.db, systemActor('test'), async (trx) => {
      audit.append(trx, {
        ...event(organizationId, personId),
        personal: { name: '张三', email: 'z@x.invalid' },
        personId,
      });
      audit.append(trx, { ...event(INSTALLATION_CHAIN, personId), personal: { name: '张三' }, personId });
    });
    const found = await service.list(admin, { subjectId: personId, limit: 10, offset: 0 });
    expect(found.entries[0]?.personal).toEqual({ name: '张三', email: 'z@x.invalid' });
    expect(await service.erase(admin, personId, '本人请求')).toEqual({ erased: 3, tables: {} });
    const after = await service.list(admin, { subjectId: personId, organizationId, limit: 10, offset: 0 });
    expect(after.entries.map(({ action }) => action)).toEqual(['audit.personal_data_erased', 'test.change']);
    expect(after.entries[1]?.personal).toEqual({ name: null, email: null });
    expect(await verifyAudit(database.work.db)).toMatchObject({ ok: true, erased: 3 });
    const { rows } = await sql`select 1 from audit_entry where cast(audit_entry as text) like '%张三%'`.execute(
      database.work.system,
    );
    expect(rows).toEqual([]);
  });

  it('may not be erased, nor the log read, by who has no such role', async () => {
    const service = createAuditService({ db: database.work.db, audit });
    const clerk = await city.person('north', 'district-clerk');
    await expect(service.erase(clerk, environment.newId(), 'x')).rejects.toMatchObject({ code: 'access.denied' });
    expect(await service.list(clerk, { limit: 10, offset: 0 })).toEqual({ total: 0, entries: [] });
    const top = await city.person('city', 'auditor');
    const installation = { organizationId: INSTALLATION_CHAIN, limit: 10, offset: 0 };
    expect((await service.list(top, installation)).total).toBeGreaterThan(0);
    const auditor = await city.person('north', 'auditor');
    expect((await service.list(auditor, installation)).total).toBe(0);
    const { entries } = await service.list(auditor, { limit: 500, offset: 0 });
    const within = [
      city.organizations.north,
      city.organizations.park,
      city.organizations.company,
      city.organizations.desk,
    ];
    expect(new Set(entries.map(({ organizationId }) => within.includes(organizationId)))).toEqual(new Set([true]));
  });

  it('that vanish without a record are found', async () => {
    const personId = environment.newId();
    await withWork(database.work.db, systemActor('test'), async (trx) => {
      audit.append(trx, { ...event(city.organizations.fund), personal: { name: '李四' }, personId });
    });
    await database.work.system.deleteFrom('audit_personal').where('person_id', '=', personId).execute();
    expect(await codes()).toEqual(['chain.erased_without_record']);
    await withWork(database.work.db, systemActor('test'), async (trx) => {
      const erased = { row: 1, fields: ['name'] };
      audit.append(trx, { ...event(city.organizations.fund), action: 'audit.personal_data_erased', erased });
    });
    expect(await codes()).toEqual([]);
  });
});

describe('the seal', () => {
  it('is made once a day over every chain', async () => {
    const first = await sealDay(database.work.db, environment);
    expect(first?.chains).toBeGreaterThan(3);
    expect(await sealDay(database.work.db, environment)).toBeUndefined();
    environment.advance(86_400_000);
    expect(await sealDay(database.work.db, environment)).toMatchObject({ day: '2026-03-03', chains: first?.chains });
    const report = await verifyAudit(database.work.db);
    expect(report).toMatchObject({ ok: true, sealedDays: 2, lastSeal: { day: '2026-03-03' } });
  });
});

describe('what was tampered with', () => {
  const north = () => city.organizations.north;

  it('is found: a changed entry', async () => {
    await tamper(`update audit_entry set why = 'other' where organization_id = '${north()}' and sequence = 1`);
    expect(await codes()).toEqual(['chain.row_changed']);
    await tamper(`update audit_entry set why = '“因为”' where organization_id = '${north()}' and sequence = 1`);
    expect(await codes()).toEqual([]);
  });

  it('is found: entries in another order', async () => {
    const swap = `update audit_entry set sequence = case sequence when 2 then 1000003 else 1000002 end
      where organization_id = '${north()}' and sequence in (2, 3)`;
    const back = `update audit_entry set sequence = sequence - 1000000 where organization_id = '${north()}' and sequence > 1000000`;
    await tamper(swap);
    await tamper(back);
    expect(await codes()).toEqual([expect.stringMatching(/^chain\./)]);
    await tamper(swap);
    await tamper(back);
    expect(await codes()).toEqual([]);
  });

  it('is found: a removed entry, also the last one, also with its head set back', async () => {
    const client = await database.work.ownerClient();
    const { rows } = await client.query(
      `select sequence, encode(previous_hash, 'hex') as previous from audit_entry where organization_id = $1 order by sequence desc limit 1`,
      [north()],
    );
    await client.end();
    await tamper(`delete from audit_entry where organization_id = '${north()}' and sequence = ${rows[0].sequence}`);
    expect(await codes()).toEqual(['chain.cut']);
    await tamper(
      `update audit_head set sequence = sequence - 1, hash = decode('${rows[0].previous}', 'hex') where organization_id = '${north()}'`,
    );
    expect(await codes()).toEqual(['chain.cut']);
  });

  it('is found: a seal made anew', async () => {
    const client = await database.work.ownerClient();
    await client.query('alter table audit_seal disable trigger user');
    await client.query(`update audit_seal set root = sha256('other') where organization_id = $1`, [
      city.organizations.south,
    ]);
    await client.end();
    expect(await codes()).toContain('day.root_differs');
    expect(await codes()).toContain('chain.root_differs');
  });
});
