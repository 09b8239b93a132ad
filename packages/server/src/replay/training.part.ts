import type { CourseAudience, KeyedQuestion, RosterAudience, TrainingTier } from '@quanlian/contract';
import { readTable } from '@quanlian/formats/tables';
import { CITY, demoMail } from '../identity/demo-offices.js';
import { ENROLMENT_COLUMNS, ROSTER_COLUMNS } from '../links/governance/training/roster.rows.js';
import { type Stage, YEAR } from './stage.js';

/** People of one tier and audience, who are trained together. */
interface Group {
  readonly tier: TrainingTier;
  readonly audience: RosterAudience;
  readonly course: CourseAudience;
  readonly title: readonly [string, string];
  readonly validMonths: number | null;
  /** Part of all people. */
  readonly share: number;
  readonly level: 'city' | 'districts' | 'parks' | 'companies' | 'universities';
}

const GROUPS: readonly Group[] = [
  {
    tier: 'city',
    audience: 'officials',
    course: 'everyone',
    title: ['市级干部培训', 'City officials'],
    validMonths: 12,
    share: 0.02,
    level: 'city',
  },
  {
    tier: 'district',
    audience: 'officials',
    course: 'officials',
    title: ['区县干部培训', 'District officials'],
    validMonths: 12,
    share: 0.08,
    level: 'districts',
  },
  {
    tier: 'park',
    audience: 'managers',
    course: 'managers',
    title: ['园区管理人员培训', 'Park managers'],
    validMonths: 6,
    share: 0.1,
    level: 'parks',
  },
  {
    tier: 'unit',
    audience: 'ip-staff',
    course: 'ip-staff',
    title: ['知识产权专员培训', 'IP staff'],
    validMonths: null,
    share: 0.28,
    level: 'companies',
  },
  {
    tier: 'unit',
    audience: 'managers',
    course: 'managers',
    title: ['企业管理人员培训', 'Company managers'],
    validMonths: 6,
    share: 0.2,
    level: 'companies',
  },
  {
    tier: 'unit',
    audience: 'researchers',
    course: 'researchers',
    title: ['科研人员培训', 'Researchers'],
    validMonths: 12,
    share: 0.32,
    level: 'universities',
  },
];

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏'];
const GIVEN = [...'明芳伟娜静强磊洋艳勇军杰娟涛超霞平刚桂英华玉兰萍鹏辉'];
const QUESTIONS = 5;

interface Learner {
  readonly code: string;
  readonly name: string;
  readonly organization: string;
  readonly group: Group;
}

function namesOf({ city, scale }: Stage, level: Group['level']): string[] {
  if (level === 'city') return [`${city.name.zh}知识产权局`];
  if (level === 'districts') return city.districts.map(({ name }) => `${name.zh}知识产权局`);
  if (level === 'parks') return city.parks.map(({ name }) => name.zh);
  if (level === 'universities') return city.universities.map(({ name }) => name.zh);
  return city.companies.slice(0, scale.companies).map(({ name }) => name.zh);
}

/** How many of a whole each group gets, at least one, together exactly the whole. */
function divide(whole: number): number[] {
  const parts = GROUPS.map(({ share }) => Math.max(1, Math.round(whole * share)));
  const rest = whole - parts.reduce((sum, part) => sum + part, 0);
  parts[parts.length - 1] = (parts.at(-1) ?? 0) + rest;
  return parts;
}

function makePeople(stage: Stage): Learner[] {
  const { chance, scale } = stage;
  const people: Learner[] = [];
  for (const [index, count] of divide(scale.people).entries()) {
    const group = GROUPS[index];
    if (!group) continue;
    const organizations = namesOf(stage, group.level);
    for (let one = 0; one < count; one += 1) {
      people.push({
        code: `P${String(people.length + 1).padStart(5, '0')}`,
        name: `${chance.pick(SURNAMES)}${chance.pick(GIVEN)}${chance.happens(0.5) ? chance.pick(GIVEN) : ''}`,
        organization: organizations[one % organizations.length] ?? '',
        group,
      });
    }
  }
  return people;
}

/** One of them signs in; the others are names on a roster. */
const emailOf = (people: readonly Learner[], learner: Learner, company: string): string =>
  learner === people.find(({ organization }) => organization === company) ? demoMail('trainee') : '';

function rosterText({ city }: Stage, people: readonly Learner[]): string {
  const company = city.companies[0]?.name.zh ?? '';
  const rows = people.map((learner) => {
    const { code, name, organization, group } = learner;
    return [code, name, organization, group.tier, group.audience, emailOf(people, learner, company)].join('\t');
  });
  return ['编号\t姓名\t单位\t层级\t对象\t邮箱', ...rows].join('\n');
}

async function takeRoster(stage: Stage, people: readonly Learner[], replace: boolean): Promise<void> {
  const rows = await readTable(rosterText(stage, people), ROSTER_COLUMNS);
  const { applied, counts } = await stage.as('officer', (trx, actor) =>
    stage.governance.training.rosters.import(trx, actor, {
      organizationId: stage.place(CITY),
      on: stage.today(),
      rows,
      mode: 'all-or-nothing',
      replace,
    }),
  );
  if (!applied) throw new Error(`the roster was refused: ${JSON.stringify(counts)}`);
}

const questionOf = (index: number): KeyedQuestion => ({
  kind: 'single',
  text: { zh: `第${index + 1}题`, en: `Question ${index + 1}` },
  options: ['A', 'B', 'C', 'D'].map((letter) => ({ zh: letter, en: letter })),
  points: 20,
  right: [index % 4],
});

async function makeCourse(stage: Stage, group: Group, index: number): Promise<string> {
  const { curricula } = stage.governance.training;
  return stage.as('officer', async (trx, actor) => {
    const title = { zh: group.title[0], en: group.title[1] };
    const made = await curricula.create(trx, actor, {
      organizationId: stage.place(CITY),
      code: `KC-${index + 1}`,
      tier: group.tier,
      audience: group.course,
      title,
      isPublic: true,
    });
    const { versions } = await curricula.publish(trx, actor, made.id, {
      topics: [title],
      minutes: 480,
      attendancePercent: 100,
      passPercent: 60,
      attempts: 2,
      validMonths: group.validMonths,
      questions: Array.from({ length: QUESTIONS }, (_, question) => questionOf(question)),
    });
    return versions[0]?.id ?? '';
  });
}

/** Each answer is right with a chance of its own, so that some fail and try again. */
const answersOf = ({ chance }: Stage): number[][] =>
  Array.from({ length: QUESTIONS }, (_, index) => [chance.happens(0.78) ? index % 4 : (index + 1) % 4]);

/** A batch through its life: made, filled, held, tested twice, certified, closed. */
function planBatch(
  stage: Stage,
  index: number,
  batch: { versionId: string; people: readonly Learner[]; startsOn: string },
) {
  const { training } = stage.governance;
  const { workday, onDay } = stage;
  const { versionId, people, startsOn } = batch;
  const second = workday(startsOn, 1);
  const endsOn = workday(startsOn, 8);
  let id = '';
  let sessions: { id: string; heldOn: string }[] = [];

  onDay(workday(startsOn, -15), async () => {
    const made = await stage.as('officer', (trx, actor) =>
      training.batches.create(trx, actor, {
        organizationId: stage.place(CITY),
        versionId,
        code: `BC-${index + 1}`,
        title: { zh: `第${index + 1}期`, en: `Batch ${index + 1}` },
        mode: index % 4 === 3 ? 'online' : 'venue',
        place: '市知识产权局培训中心',
        quota: people.length,
        startsOn,
        endsOn,
        enrolUntil: startsOn,
        isPublic: true,
        sessions: [startsOn, second].map((heldOn, day) => ({ heldOn, title: `第${day + 1}天`, minutes: 240 })),
      }),
    );
    id = made.id;
    sessions = made.sessions;
  });
  onDay(workday(startsOn, -8), async () => {
    // A list as clerks send it: one code is mistyped, one stands there twice.
    const codes = [...people.map(({ code }) => code), 'P-0000', people[0]?.code ?? ''];
    const rows = await readTable(['编号', ...codes].join('\n'), ENROLMENT_COLUMNS);
    await stage.as('officer', (trx, actor) => training.enrolments.enrol(trx, actor, id, { rows, mode: 'good-rows' }));
  });
  for (const [day, heldOn] of [startsOn, second].entries()) {
    onDay(heldOn, () =>
      stage.as('officer', async (trx, actor) => {
        const { enrolments } = await training.enrolments.list(trx, actor, id);
        const marks = enrolments.map(({ id: enrolmentId }) => ({
          enrolmentId,
          state: stage.chance.happens(0.95) ? ('present' as const) : ('absent' as const),
        }));
        await training.attendance.record(trx, actor, sessions[day]?.id ?? '', marks);
      }),
    );
  }
  for (const testDay of [workday(startsOn, 2), workday(startsOn, 5)]) onDay(testDay, () => holdTest(stage, id));
  onDay(endsOn, () =>
    stage.as('officer', async (trx, actor) => {
      await training.certificates.issue(trx, actor, id);
      const { version } = await training.batches.get(trx, actor, id);
      await training.batches.change(trx, actor, id, { expectedVersion: version, state: 'closed' });
    }),
  );
}

/** Everybody who came and has not passed takes the test. */
async function holdTest(stage: Stage, batchId: string): Promise<void> {
  const { training } = stage.governance;
  await stage.as('officer', async (trx, actor) => {
    const { enrolments } = await training.enrolments.list(trx, actor, batchId);
    for (const { id, done } of enrolments)
      if (done.attended > 0 && !done.passed && !done.withdrawn)
        await training.exams.submit(trx, actor, id, answersOf(stage));
  });
}

/** A certificate of the first batch turns out to be somebody else's. */
function planRevocation(stage: Stage): void {
  const { training } = stage.governance;
  stage.onDay(`${YEAR}-11-10`, () =>
    stage.as('officer', async (trx, actor) => {
      const [certificate] = await training.certificates.list(trx, actor, {});
      if (certificate) await training.certificates.revoke(trx, actor, certificate.id, '冒名参训');
    }),
  );
}

/** The roster of January and of July, courses for each group, and the batches over the year. */
export async function playTraining(stage: Stage): Promise<void> {
  const { chance, scale, workday, onDay } = stage;
  const people = makePeople(stage);
  const [early, late] = [people.filter((_, index) => index % 20 !== 7), people.filter((_, index) => index % 20 !== 11)];
  await takeRoster(stage, early, false);
  // In July some have come and some have left.
  onDay(`${YEAR}-07-01`, () => takeRoster(stage, late, true));
  const batches = divide(scale.batches);
  let index = 0;
  for (const [place, group] of GROUPS.entries()) {
    const versionId = await makeCourse(stage, group, place);
    const own = early.filter((learner) => learner.group === group && late.includes(learner));
    const count = batches[place] ?? 1;
    const size = Math.ceil(own.length / count);
    for (let batch = 0; batch < count; batch += 1) {
      const members = own.slice(batch * size, (batch + 1) * size);
      if (members.length === 0) continue;
      const startsOn = workday(`${YEAR}-02-24`, Math.floor((index * 190) / scale.batches) + chance.int(0, 4));
      planBatch(stage, index, { versionId, people: members, startsOn });
      index += 1;
    }
  }
  planRevocation(stage);
}
