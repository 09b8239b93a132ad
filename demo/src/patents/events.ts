import type { LegalEvent, PatentDocument } from '@quanlian/contract';
import { type Day, dayOf, isoOf, LAST_DAY, MONTH, yearOfDay } from '../calendar.js';
import type { Random } from '../random.js';
import type { FamilyPlan, Member } from './plan.js';

const after = (day: Day, months: number): Day => day + Math.round(months * MONTH);

/**
 * China's events with the codes under which offices exchange them. The ST.27 string is given only where its parts
 * are known; `X000` stands for an event without national code.
 */
const CN_EVENTS = {
  filed: { code: 'X000', st27: 'A-0-1-A10-A12-nap-X000', text: '专利申请受理' },
  published: { code: 'PB01', st27: 'A-1-1-Q10-Q12-nap-PB01', text: '发明专利申请公布' },
  examined: { code: 'SE01', st27: 'A-1-2-D10-D11-exm-SE01', text: '实质审查的生效' },
  granted: { code: 'GR01', st27: 'A-2-4-F10-F11-exm-GR01', text: '专利权的授予' },
  refused: { code: 'RJ01', st27: 'N-2-6-B10-B15-exm-RJ01', text: '发明专利申请公布后的驳回' },
  withdrawn: { code: 'WD01', st27: null, text: '发明专利申请公布后的视为撤回' },
  paid: { code: 'X000', st27: 'A-4-4-U10-U11-oth-X000', text: '年费缴纳' },
  unpaid: { code: 'X000', st27: 'A-4-4-U10-U13-oth-X000', text: '年费未缴纳' },
  lapsed: { code: 'CF01', st27: 'N-4-6-H10-H13-oth-CF01', text: '未缴年费专利权终止' },
  expired: { code: 'CX01', st27: null, text: '专利权有效期届满' },
  transferred: { code: 'TR01', st27: null, text: '专利权的转移' },
  licensed: { code: 'EE01', st27: null, text: '专利实施许可合同备案的生效' },
  pledged: { code: 'PE01', st27: null, text: '专利权质押合同登记的生效' },
  restored: { code: 'RR01', st27: null, text: '专利权的恢复' },
  invalidatedInPart: { code: 'IP01', st27: null, text: '专利权的部分无效宣告' },
  compensated: { code: 'TG01', st27: null, text: '专利权期限的补偿' },
  released: { code: 'PC01', st27: null, text: '专利权质押合同登记的注销' },
} as const;

type CnEvent = keyof typeof CN_EVENTS;

/** Years a right lasts from filing; designs filed from June 2021 last fifteen. */
function termOf(plan: FamilyPlan, filed: Day): number {
  if (plan.type === 'invention') return 20;
  if (plan.type === 'design' && yearOfDay(filed) >= 2022) return 15;
  return 10;
}

/** What becomes of a Chinese right after grant: fees year by year until it lapses or expires, and deals on the way. */
function cnAfterGrant(
  plan: FamilyPlan,
  filed: Day,
  granted: Day,
  random: Random,
  add: (event: CnEvent, day: Day) => void,
): void {
  const term = termOf(plan, filed);
  const firstYear = Math.ceil((granted - filed) / 365.25);
  const yearlyLapse = plan.type === 'utility-model' ? 0.14 : plan.type === 'design' ? 0.16 : 0.06;
  let end = LAST_DAY;
  for (let year = firstYear; year <= term; year++) {
    const due = Math.round(filed + year * 365.25);
    if (due > LAST_DAY) break;
    if (year === term) {
      add('expired', due);
      end = due;
      break;
    }
    if (random.chance(yearlyLapse)) {
      add('unpaid', due);
      add('lapsed', after(due, 7));
      end = due;
      break;
    }
    add('paid', due - random.int(1, 40));
  }
  const during = (): Day => random.int(granted + 60, Math.max(granted + 61, end));
  if (random.chance(0.07)) add('transferred', during());
  if (random.chance(0.04)) add('licensed', during());
  if (plan.owners[0]?.kind === 'company' && random.chance(0.05)) {
    const day = during();
    add('pledged', day);
    add('released', after(day, random.int(11, 37)));
  }
}

interface Happening {
  readonly event: CnEvent;
  readonly day: Day;
  /** What the gazette says beside the name of the event. */
  readonly more?: string;
}

/** The day from which terms are compensated for late grants. */
const COMPENSATED_SINCE = dayOf(2021) + 151;
const YEARS_BEFORE_COMPENSATION = 4;

/** What happens to few granted rights: a lapse is undone, claims are invalidated in part, a late grant is made good. */
function cnSeldom(plan: FamilyPlan, member: Member, told: readonly Happening[], rare: Random): Happening[] {
  const { filed } = member.application;
  const granted = member.published;
  const dayOfEvent = (name: CnEvent): Day | undefined => told.find(({ event }) => event === name)?.day;
  const lapsed = dayOfEvent('lapsed');
  const end = lapsed ?? dayOfEvent('expired') ?? LAST_DAY;
  const found: Happening[] = [];
  if (lapsed !== undefined && rare.chance(0.12)) found.push({ event: 'restored', day: after(lapsed, rare.int(2, 8)) });
  if (rare.chance(0.02))
    found.push({ event: 'invalidatedInPart', day: rare.int(granted + 60, Math.max(granted + 61, end - 1)) });
  const late = granted - Math.round(filed + YEARS_BEFORE_COMPENSATION * 365.25);
  if (plan.type === 'invention' && late > 30 && granted >= COMPENSATED_SINCE && rare.chance(0.5))
    found.push({ event: 'compensated', day: after(granted, 8), more: `补偿期限：${late - rare.int(0, 30)}天` });
  return found;
}

function cnEvents(plan: FamilyPlan, member: Member, random: Random, rare: Random): LegalEvent[] {
  const { filed } = member.application;
  const events: Happening[] = [];
  const add = (event: CnEvent, day: Day): void => {
    if (day <= LAST_DAY) events.push({ event, day });
  };
  add('filed', filed);
  const opened = member.kind === 'B' ? member.grantOf?.published : member.kind === 'A' ? member.published : undefined;
  if (opened !== undefined) {
    add('published', opened);
    add('examined', opened + 18);
  }
  const pending = member.kind === 'A' && !plan.members.some((m) => m.grantOf === member);
  if (pending && random.chance(0.7))
    add(random.chance(0.5) ? 'refused' : 'withdrawn', after(filed, random.int(30, 52)));
  if (member.kind !== 'A') {
    add('granted', member.published);
    cnAfterGrant(plan, filed, member.published, random, add);
    events.push(...cnSeldom(plan, member, events, rare).filter(({ day }) => day <= LAST_DAY));
  }
  return events
    .sort((a, b) => a.day - b.day)
    .map(({ event, day, more }) => {
      const { code, st27, text } = CN_EVENTS[event];
      return { office: 'CN', code, date: isoOf(day), st27, text: more === undefined ? text : `${text} ${more}` };
    });
}

function elsewhere(member: Member): LegalEvent[] {
  const { office, kind, published } = member;
  const event = (code: string, day: Day, text: string): LegalEvent[] =>
    day > LAST_DAY ? [] : [{ office, code, date: isoOf(day), st27: null, text }];
  if (office === 'EP' && kind === 'A1') return event('17P', published + 150, 'Request for examination filed');
  if (office === 'EP') return event('AK', published, 'Designated contracting states');
  if (office !== 'US' || kind !== 'B2') return [];
  return [
    ...event('STCF', published, 'Patented case'),
    ...event('MAFP', after(published, 42), 'Maintenance fee payment'),
  ];
}

/**
 * The events that an office's register would show for a publication up to the last day, oldest first. What happens
 * seldom is drawn from `rare`, so that it moves nothing else.
 */
export function eventsOf(plan: FamilyPlan, member: Member, random: Random, rare: Random): PatentDocument['events'] {
  const events = member.office === 'CN' ? cnEvents(plan, member, random, rare) : elsewhere(member);
  return events.length > 0 ? events : undefined;
}
