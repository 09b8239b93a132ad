import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@quanlian/db';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from './verify.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'quanlian-crash-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const moduleAt = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

/** Does one thing with its entry after another, eight at a time, until it is killed; tells each that is done. */
const writer = (dir: string): string => `
  import { connect } from ${moduleAt('../../../../db/dist/index.js')};
  import { systemActor } from ${moduleAt('../../../dist/work/actor.js')};
  import { createAudit } from ${moduleAt('../../../dist/work/audit/audit.js')};
  import { withWork } from ${moduleAt('../../../dist/work/context.js')};
  import { MACHINE } from ${moduleAt('../../../dist/work/environment.js')};
  const work = await connect({ dataDir: ${JSON.stringify(dir)} });
  const audit = createAudit(MACHINE);
  const loop = async () => {
    for (;;) await withWork(work.db, systemActor('test'), async (trx) => {
      const id = MACHINE.newId();
      await trx.insertInto('organization').values({ id, parent_id: null, path: [id], kind: 'bank', service_level: null,
        code: null, name_zh: '行', name_en: 'Bank', created_at: MACHINE.now() }).execute();
      audit.append(trx, { organizationId: '00000000-0000-0000-0000-000000000000', action: 'organization.add',
        subject: { kind: 'organization', id } });
    }).then(() => process.stdout.write('.'));
  };
  await Promise.all(Array.from({ length: 8 }, loop));`;

describe('a program that is killed in the middle of its work', () => {
  it.each([120, 340, 610])(
    'leaves what was done with its entry, and nothing by halves (%i ms after the first was done)',
    async (lifetime) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer(dataDir)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await sleep(lifetime);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const work = await connect({ dataDir });
      const made = await work.system.selectFrom('organization').select('id').execute();
      const told = await work.system.selectFrom('audit_entry').select('subject_id').execute();
      expect(made.length).toBeGreaterThan(0);
      expect(told.map(({ subject_id }) => subject_id).sort()).toEqual(made.map(({ id }) => id).sort());
      expect(await verifyAudit(work.db)).toMatchObject({ ok: true, entries: made.length });
      await work.close();
    },
  );
});
