import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../actor.js';
import { createAuditService } from '../audit/audit.service.js';
import { verifyAudit } from '../audit/verify.js';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { RACE_PROCESS } from './sample.testkit.js';

let test: TestWork;
let author: Actor;
let colleague: Actor;
let caseId: string;

beforeAll(async () => {
  test = await openTestWork([RACE_PROCESS]);
  author = await test.city.person('north', 'district-clerk');
  colleague = await test.city.person('company', 'ip-manager');
  const stored = await test.cases.work(author, (trx) =>
    test.cases.open(trx, author, {
      process: 'test-race',
      organizationId: test.city.organizations.company,
      title: '意见',
    }),
  );
  caseId = stored.id;
});
afterAll(() => test.close());

const say = (actor: Actor, text: string) =>
  test.cases.work(actor, (trx) => test.cases.comment(trx, actor, caseId, text));
const remove = (actor: Actor, commentId: string) =>
  test.cases.work(actor, (trx) => test.cases.removeComment(trx, actor, caseId, { commentId, why: '写错了' }));
const shown = async (): Promise<string[]> =>
  (await test.cases.work(author, (trx) => test.caseViews.page(trx, author, caseId))).comments.map(({ text }) => text);

it('is removed by who wrote it or may amend the case; the log keeps its words until they are erased', async () => {
  const first = await say(author, '第一条');
  test.environment.advance(1000);
  const second = await say(colleague, '第二条，独一无二');
  expect(await shown()).toEqual(['第一条', '第二条，独一无二']);
  const outsider = await test.city.person('south', 'district-clerk');
  await expect(remove(outsider, second.id)).rejects.toMatchObject({ code: 'case.not_found' });
  const trainee = await test.city.person('company', 'trainee');
  await expect(remove(trainee, second.id)).rejects.toMatchObject({ code: 'case.not_found' });
  await remove(colleague, second.id);
  expect(await shown()).toEqual(['第一条']);
  await expect(remove(colleague, second.id)).rejects.toMatchObject({ code: 'case.not_found' });
  await remove(author, first.id);
  expect(await shown()).toEqual([]);

  const { system, db } = test.database.work;
  const rows = await system.selectFrom('case_comment').select(['text', 'removed_by']).orderBy('at').execute();
  expect(rows.map(({ text }) => text)).toEqual(['—', '—']);
  const admin = await test.city.person('city', 'platform-admin', 'auditor');
  const service = createAuditService({ db, audit: test.audit });
  const entries = async () =>
    (await service.list(admin, { action: 'case.comment-removed', limit: 10, offset: 0 })).entries.map(
      ({ personal, why }) => [personal['text'], why],
    );
  expect((await entries()).sort()).toEqual([
    ['第一条', '写错了'],
    ['第二条，独一无二', '写错了'],
  ]);
  await service.erase(admin, colleague.userId ?? '', '本人请求');
  expect(await entries()).toContainEqual([null, '写错了']);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
});

it('of somebody else is left alone by who may only comment', async () => {
  const comment = await say(author, '第三条');
  const agent = await test.city.person('agency', 'agency-agent');
  await test.city.assign('case', caseId, 'company', agent);
  const given = await test.city.again(agent);
  await expect(remove(given, comment.id)).rejects.toMatchObject({ code: expect.stringMatching(/access.denied/) });
  expect(await shown()).toContain('第三条');
});
