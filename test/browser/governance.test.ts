import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from './chromium.js';
import { ADMINISTRATION, faultsOn, officePages, openPages } from './pages.js';
import { dayFromNow, type Language, signIn, type Visitor, visit } from './visitor.js';

const { url, accounts } = inject('program');
const YEAR = Number(dayFromNow(0).slice(0, 4));
/** The smallest picture there is, as proof of anything. */
const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let browser: Browser;
let folder: string;
let proof: string;

beforeAll(async () => {
  browser = await launchChromium();
  folder = await mkdtemp(join(tmpdir(), 'quanlian-proof-'));
  proof = join(folder, 'proof.png');
  await writeFile(proof, Buffer.from(PICTURE, 'base64'));
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Somebody of the demo city, signed in in a window of their own. */
async function arrive(name: string, language: Language): Promise<Visitor> {
  const visitor = await visit(browser, url, language);
  await signIn(visitor, name, accounts[name]);
  return visitor;
}

/** What the server answers this person, asked with the person's own session. */
function ask<Answer>({ page }: Visitor, path: string): Promise<{ status: number; body: Answer }> {
  return page.evaluate(async (address) => {
    const answer = await fetch(`/api/v1${address}`);
    return { status: answer.status, body: (await answer.json()) as Answer };
  }, path);
}

/** The organization somebody has a role in. */
async function homeOf(visitor: Visitor): Promise<string> {
  const { body } = await ask<{ memberships: { organizationId: string }[] }>(visitor, '/identity/session');
  const [first] = body.memberships;
  if (first === undefined) throw new Error('a person of the demo city has no role');
  return first.organizationId;
}

const idIn = (visitor: Visitor): string => /[0-9a-f-]{36}/.exec(visitor.page.url())?.[0] ?? '';

/** Makes a plan with an objective, a stated indicator of the district and a measure, and puts it into force. */
async function beginPlan(officer: Visitor, district: string, name: string): Promise<string> {
  const { page, say } = officer;
  await officer.open('/governance/plans');
  const plan = { kind: 'five-year', zh: `规划 ${name}`, en: `Plan ${name}`, from: String(YEAR), to: String(YEAR + 4) };
  await officer.send(await officer.unfold(say('governance:plan.begin')), plan);
  await page.waitForURL(/\/governance\/plans\/[0-9a-f-]{36}$/);
  await officer.send(await officer.unfold(say('governance:plan.addObjective')), { zh: '质量', en: 'Quality' });
  await officer.send(await officer.unfold(say('governance:plan.addIndicator')), {
    code: `Q-${name}`,
    owner: district,
    'title zh': '高价值发明专利',
    'title en': 'High-value patents',
    'unit zh': '件',
    'unit en': 'patents',
    'source zh': '登记簿',
    'source en': 'Register',
    formula: 'stated',
  });
  await officer.send(await officer.unfold(say('governance:measure.add')), {
    zh: `措施 ${name}`,
    en: `Measure ${name}`,
    organization: district,
    from: `${YEAR}-01-01`,
    to: `${YEAR}-12-31`,
  });
  const adopt = page.locator('form').filter({ has: page.getByRole('button', { name: say('governance:plan.adopt') }) });
  await officer.send(adopt);
  await page.getByText(say('governance:planState.adopted'), { exact: true }).first().waitFor();
  return idIn(officer);
}

/** Takes a step of the case that is shown. */
async function takeStep(visitor: Visitor, title: string, filling: Record<string, string> = {}): Promise<void> {
  await visitor.send(await visitor.unfold(title), filling);
}

const STEPS = {
  zh: {
    sign: '签收',
    report: '报送完成',
    close: '审核办结',
    closed: '已完成',
    submit: '提交整改证明',
    accept: '复查合格',
    rectified: '已整改',
  },
  en: {
    sign: 'Sign for',
    report: 'Report as done',
    close: 'Review and close',
    closed: 'Closed',
    submit: 'Submit proof',
    accept: 'Re-inspected: rectified',
    rectified: 'Rectified',
  },
} as const;

describe.each(['zh', 'en'] as const)('governance in %s', (language) => {
  const steps = STEPS[language];
  const name = `${language}-${Date.now().toString(36)}`;

  it('an officer plans and dispatches, a district clerk signs for it and delivers, the officer approves', async () => {
    const officer = await arrive('officer', language);
    const clerk = await arrive('district1', language);
    const stranger = await arrive('district2', language);
    const { say } = officer;
    expect(await officer.page.getAttribute('html', 'lang')).toMatch(new RegExp(`^${language}`));
    const district = await homeOf(clerk);
    const plan = await beginPlan(officer, district, name);

    const title = `任务 Task ${name}`;
    const measure = officer.page.getByRole('row').filter({ hasText: name });
    const task = { title, deliverable: 'A list of patents', due: dayFromNow(30), dispatch: true };
    await officer.send(await officer.unfold(say('governance:measure.giveTask'), measure), task);
    await officer.page.waitForURL(/\/cases\//);
    const caseId = idIn(officer);

    await clerk.open('/tasks');
    await clerk.page.getByRole('link', { name: title }).click();
    await clerk.page.waitForURL(/\/cases\//);
    await takeStep(clerk, steps.sign);
    await clerk.send(await clerk.unfold(say('work:paper.add')), { kind: 'evidence', file: proof });
    await clerk.page.getByRole('link', { name: 'proof.png', exact: true }).waitFor();
    await takeStep(clerk, steps.report, { summary: 'All of it was done.' });

    await clerk.open(`/governance/plans/${plan}`);
    await clerk.page.getByRole('link', { name: new RegExp(`Q-${name}`) }).click();
    const value = { date: dayFromNow(0), value: '1234', paper: proof };
    await clerk.send(await clerk.unfold(say('governance:value.report')), value);
    await clerk.page.getByText(say('governance:valueState.reported'), { exact: true }).first().waitFor();

    await officer.open(`/cases/${caseId}`);
    await takeStep(officer, steps.close);
    await officer.page.getByText(steps.closed, { exact: true }).first().waitFor();
    await officer.open(`/governance/plans/${plan}`);
    await officer.page.getByRole('link', { name: new RegExp(`Q-${name}`) }).click();
    await officer.page.getByRole('link', { name: '1,234', exact: true }).click();
    await officer.page.getByRole('link', { name: 'proof.png' }).waitFor();
    await officer.send(
      officer.page
        .locator('form')
        .filter({ has: officer.page.getByText(say('governance:value.accept'), { exact: true }) }),
    );
    await officer.page.getByText(say('governance:valueState.accepted'), { exact: true }).first().waitFor();

    // The figure of the dashboard opens into the very task.
    await officer.open(`/governance/plans/${plan}/dashboard`);
    await officer.page.locator('.totals a[href*="tasksClosed"]').first().click();
    await officer.page.getByRole('link', { name: title }).waitFor();

    // Each sees just the own organization's things.
    for (const path of [`/cases/${caseId}`, `/plans/${plan}`])
      expect((await ask(stranger, path)).status, path).toBe(404);
    await stranger.open('/cases');
    await expect.poll(() => stranger.page.getByRole('status').first().textContent()).not.toBe('');
    expect(await stranger.page.getByText(title).count()).toBe(0);
    const seen = await ask<{ cases: { organizationId: string }[] }>(clerk, '/cases');
    const within = await ask<{ organizations: { id: string }[] }>(clerk, '/identity/organizations');
    const reach = new Set(within.body.organizations.map(({ id }) => id));
    expect(seen.body.cases.filter(({ organizationId }) => !reach.has(organizationId))).toEqual([]);
    expect(seen.body.cases.length).toBeGreaterThan(0);
    for (const { problems, leave } of [officer, clerk]) {
      expect(problems).toEqual([]);
      await leave();
    }
    await stranger.leave();
  });

  it('a trainee takes part, is certified, and anybody can check the certificate', async () => {
    const officer = await arrive('officer', language);
    const trainee = await arrive('trainee', language);
    const company = await homeOf(trainee);
    const { say, page } = officer;
    const code = name.toUpperCase();

    await officer.open('/governance/training/courses');
    await officer.send(await officer.unfold(say('governance:course.make')), {
      code: `C-${code}`,
      zh: `课程 ${name}`,
      en: `Course ${name}`,
      tier: 'unit',
      audience: 'everyone',
    });
    const course = page.getByRole('row').filter({ hasText: name });
    await officer.send(await officer.unfold(say('governance:course.publish'), course), {
      topics: '检索 | Searching',
      minutes: '90',
      attendance: '100',
      pass: '60',
      attempts: '2',
      questions: '? 对吗？ | True? (1)\n+ 对 | Yes\n- 错 | No',
    });

    await officer.open('/governance/training/roster');
    const roster = page.locator('form').filter({ has: page.locator('textarea[name=rows]') });
    await page.locator('main section select[name=organization]').selectOption(company);
    await officer.send(roster, {
      rows: `code,name,tier,audience,e-mail\nT-1,Trainee,unit,ip-staff,trainee@demo.invalid`,
      mode: 'good-rows',
    });

    await officer.open('/governance/training/batches');
    const batch = await officer.unfold(say('governance:batch.make'));
    const version = await batch
      .locator('select[name=version] option')
      .filter({ hasText: `C-${code}` })
      .getAttribute('value');
    await officer.send(batch, {
      version: version ?? '',
      code: `B-${code}`,
      zh: `班次 ${name}`,
      en: `Batch ${name}`,
      mode: 'online',
      quota: '20',
      startsOn: dayFromNow(0),
      endsOn: dayFromNow(5),
      enrolUntil: dayFromNow(5),
      sessions: `${dayFromNow(0)} 90 One`,
    });
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}/);
    const batchId = idIn(officer);
    await officer.send(await officer.unfold(say('governance:enrol.title')), { rows: 'code\nT-1', mode: 'good-rows' });
    await page.getByText(say('governance:rowResult.added')).first().waitFor();

    await trainee.open('/governance/training/mine');
    const own = trainee.page
      .locator('section')
      .filter({ has: trainee.page.getByRole('heading', { name: new RegExp(name) }) });
    const here = say('governance:checkIn', { day: dayFromNow(0) });
    await trainee.send(own.locator('form').filter({ has: trainee.page.getByText(here, { exact: true }) }));
    const test = await trainee.unfold(say('governance:test.title'), own);
    await test.locator('input[type=radio]').first().check();
    await trainee.send(test);
    await own.getByText(say('governance:test.passed')).waitFor();

    await officer.open(`/governance/training/batches/${batchId}`);
    await officer.send(
      page.locator('form').filter({ has: page.getByText(say('governance:certificate.issue'), { exact: true }) }),
    );
    await page.getByText(say('governance:issue.issued')).first().waitFor();

    await trainee.open('/governance/training/mine');
    const certificate = trainee.page.locator('tr').filter({ hasText: name }).getByRole('link').first();
    const number = (await certificate.textContent()) ?? '';
    const address = await certificate.getAttribute('href');
    expect(number).toMatch(/\w+-\d{4}-\d+/);

    const anybody = await visit(browser, url, language);
    await anybody.open(address ?? '');
    await anybody.page.getByText(say('governance:certificateState.valid')).waitFor();
    await anybody.page.getByText(number, { exact: true }).waitFor();

    // A trainee sees the own part in a batch and nobody else's, and no cases or plans at all.
    const mine = await ask<{ enrolments: unknown[] }>(trainee, `/training/batches/${batchId}/enrolments`);
    expect(mine.body.enrolments).toHaveLength(1);
    expect((await ask<{ total: number }>(trainee, '/cases')).body.total).toBe(0);
    expect((await ask<{ plans: unknown[] }>(trainee, '/plans')).body.plans).toEqual([]);
    for (const { problems, leave } of [officer, trainee, anybody]) {
      expect(problems).toEqual([]);
      await leave();
    }
  });

  it('an inspector inspects by a checklist, orders, re-inspects and closes', async () => {
    const officer = await arrive('officer', language);
    const inspector = await arrive('inspector', language);
    const company = await arrive('company', language);
    const unit = await homeOf(company);
    const { say } = officer;
    const inspectorId = (await ask<{ id: string }>(inspector, '/identity/session')).body.id;

    await officer.open('/governance/inspection/plans');
    await officer.send(await officer.unfold(say('governance:checklist.make')), {
      code: `K-${name}`,
      zh: `清单 ${name}`,
      en: `List ${name}`,
      items: 'A1 | 有制度 | There are rules\nA2 | 有人员 | There are people',
    });
    const plan = await officer.unfold(say('governance:inspection.plan'));
    const version = await plan
      .locator('select[name=checklist] option')
      .filter({ hasText: `K-${name}` })
      .getAttribute('value');
    await officer.send(plan, {
      checklist: version ?? '',
      zh: `检查 ${name}`,
      en: `Round ${name}`,
      from: dayFromNow(0),
      to: dayFromNow(20),
      targets: [unit],
    });
    const made = officer.page
      .locator('main section')
      .filter({ has: officer.page.getByRole('heading', { name: new RegExp(name) }) });
    await officer.send(await officer.unfold(say('governance:inspection.start'), made), { inspector: inspectorId });
    await officer.page.waitForURL(/\/inspections\/[0-9a-f-]{36}/);
    const inspectionId = idIn(officer);

    await inspector.open(`/governance/inspection/inspections/${inspectionId}`);
    await inspector.send(await inspector.unfold(say('governance:finding.add')), {
      item: 'A1',
      severity: 'major',
      description: 'The rules are not written down.',
      paper: proof,
    });
    await inspector.page.getByText('The rules are not written down.').waitFor();
    await inspector.send(await inspector.unfold(say('governance:inspection.report')), {
      on: dayFromNow(0),
      'item A2': 'met',
    });
    await inspector.send(
      inspector.page
        .locator('form')
        .filter({ has: inspector.page.getByText(say('governance:inspection.order'), { exact: true }) }),
    );
    await inspector.page.getByText(say('governance:inspectionState.rectifying'), { exact: true }).first().waitFor();
    await inspector.page.getByRole('link', { name: say('governance:findingState.ordered'), exact: true }).click();
    await inspector.page.waitForURL(/\/cases\//);
    const order = idIn(inspector);

    await company.open(`/cases/${order}`);
    await takeStep(company, steps.submit, { measures: 'Rules were written.', 'paper proof': proof });
    await inspector.open(`/cases/${order}`);
    await takeStep(inspector, steps.accept, { recheckedOn: dayFromNow(0) });
    await inspector.page.getByText(steps.rectified, { exact: true }).first().waitFor();
    await inspector.open(`/governance/inspection/inspections/${inspectionId}`);
    await inspector.send(
      inspector.page
        .locator('form')
        .filter({ has: inspector.page.getByText(say('governance:inspection.close'), { exact: true }) }),
    );
    await inspector.page.getByText(say('governance:inspectionState.closed'), { exact: true }).first().waitFor();

    // Another company knows nothing of it.
    const stranger = await arrive('university', language);
    expect((await ask(stranger, `/inspections/${inspectionId}`)).status).toBe(404);
    expect((await ask(stranger, `/cases/${order}`)).status).toBe(404);
    for (const { problems, leave } of [officer, inspector, company]) {
      expect(problems).toEqual([]);
      await leave();
    }
    await stranger.leave();
  });
});

describe('every page', () => {
  /** Problems that a page looked at on purpose brings with it: an address or a code that does not exist. */
  const isMeant = (problem: string): boolean => /status of (401|404)/.test(problem);

  async function lookAt(visitor: Visitor, paths: readonly string[]): Promise<void> {
    const faults: string[] = [];
    for (const path of paths) faults.push(...(await faultsOn(visitor, path)));
    expect(faults).toEqual([]);
    expect(visitor.problems.filter((problem) => !isMeant(problem))).toEqual([]);
    await visitor.leave();
  }

  it('that anybody sees has no serious fault, in both languages, wide and narrow', async () => {
    const anybody = await visit(browser, url, 'zh');
    await anybody.open('/');
    await lookAt(anybody, await openPages(anybody));
  });

  it('of an office has none', async () => {
    const officer = await arrive('officer', 'zh');
    await lookAt(officer, await officePages(officer));
  });

  it('of the administration has none', async () => {
    await lookAt(await arrive('admin', 'zh'), ADMINISTRATION);
  });
});
