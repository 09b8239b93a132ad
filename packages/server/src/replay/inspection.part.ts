import type { ChecklistItem, Finding, Inspection, Severity } from '@quanlian/contract';
import { addDays } from '@quanlian/kernel';
import { CITY } from '../identity/demo-offices.js';
import { INSPECTOR_NAMES, inspectedCompanies } from './places.js';
import { type Stage, YEAR } from './stage.js';

const ITEM_TITLES = [
  ['专利台账', 'Register of patents'],
  ['年费缴纳', 'Payment of annuities'],
  ['发明人奖酬', 'Reward of inventors'],
  ['保密制度', 'Secrecy rules'],
  ['合同备案', 'Recording of contracts'],
  ['标识使用', 'Marking'],
  ['档案管理', 'Files'],
  ['培训记录', 'Training records'],
] as const;

const ITEMS: readonly ChecklistItem[] = ITEM_TITLES.map(([zh, en], index) => ({
  code: `J${index + 1}`,
  text: { zh, en },
  clause: null,
}));

/** Two rounds: what was found in spring may come again in autumn. */
const ROUNDS = [
  { startsOn: `${YEAR}-03-09`, endsOn: `${YEAR}-06-30` },
  { startsOn: `${YEAR}-09-01`, endsOn: `${YEAR}-12-15` },
];

const severityOf = (number: number): Severity => (number < 0.6 ? 'minor' : number < 0.9 ? 'major' : 'critical');

/** An order to rectify: proof, re-inspection, sometimes a second time, sometimes never. */
function planRectification(stage: Stage, manager: string, inspector: string, finding: Finding, company: string): void {
  const { chance, workday, onDay } = stage;
  const orderId = finding.orderId ?? '';
  const organizationId = stage.place(company);
  if (chance.happens(0.08)) return;
  const days = { minor: 22, major: 11, critical: 4 }[finding.severity] + chance.int(-4, 5);
  const rejected = chance.happens(0.15);
  const recheckDays = chance.int(1, 4);
  const prove = async (): Promise<void> => {
    const id = await stage.paper(manager, organizationId, `${finding.item}整改证明`);
    await stage.step(manager, orderId, 'submit-proof', {
      fields: { measures: '已整改并建立台账' },
      papers: [{ id, kind: 'proof' }],
    });
  };
  const recheck = (transition: string) => async (): Promise<void> => {
    const reason = transition === 'reject' ? { reason: '整改不到位' } : {};
    await stage.step(inspector, orderId, transition, { fields: { recheckedOn: stage.today() }, ...reason });
  };
  const proofDay = workday(stage.today(), Math.max(1, days));
  const recheckDay = workday(proofDay, recheckDays);
  onDay(proofDay, prove);
  onDay(recheckDay, recheck(rejected ? 'reject' : 'accept'));
  if (!rejected) return;
  onDay(workday(recheckDay, 5), prove);
  onDay(workday(recheckDay, 8), recheck('accept'));
}

/** An inspection through its life. */
function planInspection(stage: Stage, planOf: () => string, round: number, company: string, inspector: string): void {
  const { chance, workday, onDay, governance } = stage;
  const { inspections } = governance.inspection;
  const manager = `manager-${company}`;
  const startsOn = workday(ROUNDS[round]?.startsOn ?? '', chance.int(1, 40));
  let current: Inspection | undefined;
  const there = (): Inspection => {
    if (!current) throw new Error('the inspection has not begun');
    return current;
  };

  onDay(startsOn, async () => {
    const target = { organizationId: stage.place(company), inspectorId: stage.person(inspector) };
    current = await stage.as('officer', (trx, actor) => inspections.start(trx, actor, planOf(), target));
  });
  onDay(workday(startsOn, 3), async () => {
    const found = ITEMS.filter(() => chance.happens(0.22));
    for (const item of found) {
      const subject = { kind: 'case', id: there().id };
      const paper = await stage.paper(inspector, stage.place(company), `${item.code}现场照片说明`, subject);
      current = await stage.as(inspector, (trx, actor) =>
        inspections.addFinding(trx, actor, there().id, {
          expectedVersion: there().version,
          item: item.code,
          severity: severityOf(chance.next()),
          description: `${item.text.zh}不符合要求`,
          papers: [paper],
        }),
      );
    }
    const rest = ITEMS.filter((item) => !found.includes(item));
    const results = Object.fromEntries(rest.map(({ code }) => [code, 'met' as const]));
    current = await stage.as(inspector, (trx, actor) =>
      inspections.report(trx, actor, there().id, {
        expectedVersion: there().version,
        performedOn: stage.today(),
        results,
        papers: [],
      }),
    );
  });
  onDay(workday(startsOn, 5), async () => {
    const { id, version, findings } = there();
    if (findings.length === 0) {
      await stage.as(inspector, (trx, actor) => inspections.close(trx, actor, id, version));
      return;
    }
    current = await stage.as(inspector, (trx, actor) => inspections.order(trx, actor, id, version));
    for (const finding of current.findings) planRectification(stage, manager, inspector, finding, company);
    planClosing(stage, id, inspector, addDays(stage.today(), 30));
  });
}

/** Looks again every few weeks whether all is rectified, and closes the inspection then. */
function planClosing(stage: Stage, id: string, inspector: string, day: string): void {
  const { inspections } = stage.governance.inspection;
  stage.onDay(day, async () => {
    const closed = await stage.as(inspector, async (trx, actor) => {
      const { findings, version } = await inspections.get(trx, actor, id);
      if (findings.some(({ state }) => state === 'open' || state === 'ordered')) return false;
      await inspections.close(trx, actor, id, version);
      return true;
    });
    if (!closed) planClosing(stage, id, inspector, addDays(stage.today(), 21));
  });
}

/** A checklist, two plans, and the inspections of each company in spring and autumn. */
export async function playInspections(stage: Stage): Promise<void> {
  const { governance, city, scale, onDay } = stage;
  const { checklists } = governance.inspection;
  const companies = city.companies.slice(0, inspectedCompanies(scale)).map(({ id }) => id);
  const organizationId = stage.place(CITY);
  const checklist = await stage.as('officer', (trx, actor) =>
    checklists.create(trx, actor, {
      organizationId,
      code: 'zscq',
      title: { zh: '知识产权管理检查表', en: 'Checklist of IP management' },
      items: [...ITEMS],
    }),
  );
  let left = scale.inspections;
  for (const [round, { startsOn, endsOn }] of ROUNDS.entries()) {
    const targets = companies.slice(0, left);
    left -= targets.length;
    if (targets.length === 0) break;
    let planId = '';
    onDay(startsOn, async () => {
      const plan = await stage.as('officer', (trx, actor) =>
        checklists.plan(trx, actor, {
          organizationId,
          title: { zh: `第${round + 1}轮检查`, en: `Round ${round + 1}` },
          checklistVersionId: checklist.versions[0]?.id ?? '',
          startsOn,
          endsOn,
          targets: targets.map(stage.place),
        }),
      );
      planId = plan.id;
    });
    for (const [index, company] of targets.entries())
      planInspection(stage, () => planId, round, company, INSPECTOR_NAMES[index % INSPECTOR_NAMES.length] ?? '');
  }
}

const STUDIES = [
  ['中小企业质押融资调研', 'Pledge finance of small companies'],
  ['高校成果转化调研', 'Transfer from universities'],
] as const;

/** Studies whose findings become measures of the plan. */
export function playResearch(stage: Stage, planId: string): void {
  const { governance, workday, onDay } = stage;
  const { research, plans } = governance;
  for (const [index, [zh, en]] of STUDIES.entries()) {
    const startsOn = workday(`${YEAR}-03-02`, index * 30);
    let id = '';
    onDay(startsOn, async () => {
      await stage.as('officer', async (trx, actor) => {
        const made = await research.create(trx, actor, {
          organizationId: stage.place(CITY),
          title: { zh, en },
          question: `${zh}：问题在哪里？`,
          leadId: stage.person('officer'),
          startsOn,
          endsOn: addDays(startsOn, 120),
        });
        id = made.id;
        await research.move(trx, actor, id, 'running', made.version);
      });
    });
    for (const [place, importance] of (['high', 'medium', 'low'] as const).entries()) {
      onDay(workday(startsOn, 15 + place * 5), () =>
        stage.as('officer', async (trx, actor) => {
          const finding = { text: `${zh}：发现${place + 1}`, importance, foundOn: stage.today() };
          await research.addFinding(trx, actor, id, finding);
        }),
      );
    }
    onDay(workday(startsOn, 60), () =>
      stage.as('officer', async (trx, actor) => {
        const { findings } = await research.get(trx, actor, id);
        for (const [place, finding] of findings.entries()) {
          if (place === findings.length - 1) {
            await research.reject(trx, actor, finding.id, '已有举措覆盖');
            continue;
          }
          await plans.addMeasure(trx, actor, planId, {
            organizationId: stage.place(CITY),
            title: { zh: `${zh}举措${place + 1}`, en: `${en}, measure ${place + 1}` },
            fromDate: stage.today(),
            toDate: `${YEAR + 1}-06-30`,
            source: { kind: 'research-finding', id: finding.id },
          });
          await research.adopt(trx, actor, finding.id, []);
        }
      }),
    );
  }
}
