import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSIGNED_AT, openWalk, PLACES, type Walk } from './walk.fixture.js';
import { idsOf, openSteps } from './walk.steps.fixture.js';
import { EXPECTED, HELD, reachedBy } from './walk.table.fixture.js';

let walk: Walk;
let steps: ReturnType<typeof openSteps>;
beforeAll(async () => {
  walk = await openWalk(HELD);
  steps = openSteps(walk);
}, 120_000);
afterAll(() => walk.close());

type Ids = readonly { readonly id: string }[];

describe('rows and counts', () => {
  it('are of everybody who walks', () => {
    expect(walk.walkers.length).toBeGreaterThanOrEqual(25);
    expect(Object.keys(EXPECTED).sort()).toEqual(Object.keys(HELD).sort());
    for (const [kind, list] of Object.entries(walk.things))
      expect([kind, list.length >= PLACES.length || kind === 'notice']).toEqual([kind, true]);
  });

  it('of tasks, in lists, boards and searches', () =>
    steps.everybody(async (walker, who) => {
      const list = await steps.get<{ total: number; cases: Ids }>(walker, '/cases?process=plan-task&limit=200');
      const wanted = steps.expected(walker, 'task');
      expect([who, steps.labels('task', idsOf(list.cases)), list.total]).toEqual([who, wanted, wanted.length]);
      const board = await steps.get<{ columns: { total: number }[] }>(walker, '/cases/board?process=plan-task');
      expect([who, board.columns.reduce((sum, { total }) => sum + total, 0)]).toEqual([who, wanted.length]);
      // What a box suggests while one types is the same search.
      const typed = await steps.get<{ cases: Ids }>(walker, `/cases?text=${encodeURIComponent('任务 south')}`);
      expect([who, steps.labels('task', idsOf(typed.cases))]).toEqual([
        who,
        wanted.filter((one) => one === 'task of south'),
      ]);
    }));

  it('of inspections and their findings', () =>
    steps.everybody(async (walker, who) => {
      const wanted = steps.expected(walker, 'inspection');
      const { inspections } = await steps.get<{ inspections: Ids }>(walker, '/inspections?limit=200');
      expect([who, steps.labels('inspection', idsOf(inspections))]).toEqual([who, wanted]);
      const found = await steps.get<{ total: number }>(walker, '/inspection/findings');
      const { findings } = await steps.get<{ findings: { found: number } }>(walker, '/inspection/overview');
      expect([who, found.total, findings.found]).toEqual([who, wanted.length, wanted.length]);
    }));

  it('of plans, their targets and figures', () =>
    steps.everybody(async (walker, who) => {
      const { plans } = await steps.get<{ plans: Ids }>(walker, '/plans');
      const wanted = steps.expectedPlans(walker);
      expect([who, steps.labels('plan', idsOf(plans))]).toEqual([who, wanted]);
      const { role, place } = walker;
      const { plan = '', dashboard = '', task = '' } = EXPECTED[role] ?? {};
      const url = `/plans/${walk.planId}/dashboard`;
      if (!wanted.includes('the adopted plan') || !/[SH]/.test(dashboard)) {
        expect([who, await steps.statusOf(walker, url)]).toEqual([
          who,
          wanted.includes('the adopted plan') ? 403 : 404,
        ]);
        return;
      }
      const { figures } = await steps.get<{ figures: { key: string; value: number }[] }>(walker, url);
      const figure = (key: string) => figures.find((one) => one.key === key)?.value;
      const measures = PLACES.filter((name) => reachedBy(plan, place, { place: name }));
      expect([who, figure('tasksTotal'), figure('measuresTotal')]).toEqual([
        who,
        steps.expected(walker, 'task', task).length,
        measures.length,
      ]);
    }));

  it('of training: batches, who is in them, the roster and the coverage', () =>
    steps.everybody(async (walker, who) => {
      const { batches } = await steps.get<{ batches: Ids }>(walker, '/training/batches?limit=200');
      expect([who, steps.labels('batch', idsOf(batches))]).toEqual([who, steps.expected(walker, 'batch')]);
      const { total, entries } = await steps.get<{ total: number; entries: { learnerId: string }[] }>(
        walker,
        '/training/roster?limit=200',
      );
      const wanted = steps.expected(walker, 'learner');
      expect([
        who,
        steps.labels(
          'learner',
          entries.map(({ learnerId }) => learnerId),
        ),
        total,
      ]).toEqual([who, wanted, wanted.length]);
      const people = await steps.get<{ total: number }>(walker, '/training/coverage/people');
      expect([who, people.total]).toEqual([who, wanted.length]);
      const coverage = await steps.get<{ total: { roster: number } }>(walker, '/training/coverage');
      const { dashboard = '' } = EXPECTED[walker.role] ?? {};
      expect([who, coverage.total.roster]).toEqual([who, steps.expected(walker, 'learner', dashboard).length]);
    }));

  it('of research, the log, jobs, webhooks, invitations and notices', () =>
    steps.everybody(async (walker, who) => {
      const { projects } = await steps.get<{ projects: Ids }>(walker, '/research');
      expect([who, steps.labels('research', idsOf(projects))]).toEqual([who, steps.expected(walker, 'research')]);
      const { entries } = await steps.get<{ entries: { organizationId: string }[] }>(
        walker,
        '/audit?action=walk.mark&limit=200',
      );
      expect([
        who,
        steps.labels(
          'audit',
          entries.map((entry) => entry.organizationId),
        ),
      ]).toEqual([who, steps.expected(walker, 'audit')]);
      const { jobs } = await steps.get<{ jobs: Ids }>(walker, '/jobs?limit=200');
      expect([who, steps.labels('job', idsOf(jobs))]).toEqual([who, steps.expected(walker, 'job')]);
      const { webhooks } = await steps.get<{ webhooks: Ids }>(walker, '/webhooks');
      expect([who, steps.labels('webhook', idsOf(webhooks))]).toEqual([who, steps.expected(walker, 'webhook')]);
      const { notices } = await steps.get<{ notices: Ids }>(walker, '/notices');
      expect([who, steps.labels('notice', idsOf(notices))]).toEqual([who, steps.expected(walker, 'notice')]);
      const invited = steps.expected(walker, 'invitation');
      for (const place of ['city', 'south', 'company'] as const) {
        const answer = await steps.ask(
          walker.key,
          `/organizations/${steps.at(place)}/invitations`.replace('/org', '/identity/org'),
        );
        const may = invited.includes(`invitation to ${place}`);
        expect([who, place, answer.statusCode]).toEqual([who, place, may ? 200 : 403]);
      }
    }));

  it('of organizations and their people', () =>
    steps.everybody(async (walker, who) => {
      const { organizations } = await steps.get<{ organizations: Ids }>(walker, '/identity/organizations');
      expect([who, steps.labels('organization', idsOf(organizations))]).toEqual([
        who,
        steps.expected(walker, 'organization'),
      ]);
      const wanted = steps.expected(walker, 'person');
      for (const place of ['city', 'south', 'company', 'university'] as const) {
        const { members } = await steps.get<{ members: { personId: string }[] }>(
          walker,
          `/identity/organizations/${steps.at(place)}/members`,
        );
        const there = walk.things.person.filter((one) => one.place === place).map(({ label }) => label);
        expect([
          who,
          place,
          steps.labels(
            'person',
            members.map(({ personId }) => personId),
          ),
        ]).toEqual([who, place, wanted.filter((label) => there.includes(label))]);
      }
    }));
});

describe('files', () => {
  it('are listed and handed out as far as one may read them', () =>
    steps.everybody(async (walker, who) => {
      const { papers } = await steps.get<{ papers: Ids }>(walker, '/papers?limit=200');
      const wanted = steps.expected(walker, 'paper');
      expect([who, steps.labels('paper', idsOf(papers))]).toEqual([who, wanted]);
      for (const { id, label } of walk.things.paper.filter(
        ({ owner, place }) => owner === undefined && ['north', 'company', 'south', ASSIGNED_AT].includes(place),
      )) {
        const status = await steps.statusOf(walker, `/papers/${id}/content`);
        expect([who, label, status]).toEqual([who, label, wanted.includes(label) ? 200 : 404]);
      }
    }));
});

describe('notes', () => {
  it('are read with the case, and nobody else sees the case at all', () =>
    steps.everybody(async (walker, who) => {
      const wanted = steps.expected(walker, 'task');
      for (const { id, label } of walk.things.task.filter(({ place }) =>
        ['south', 'company', ASSIGNED_AT].includes(place),
      )) {
        const answer = await steps.ask(walker.key, `/cases/${id}`);
        const may = wanted.includes(label);
        expect([who, label, answer.statusCode]).toEqual([who, label, may ? 200 : 404]);
        if (may) expect(answer.json()).toMatchObject({ comments: [{ text: expect.stringContaining('words about') }] });
        else expect(answer.body).not.toContain('words about');
      }
    }));
});
