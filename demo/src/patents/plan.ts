import { type Day, dayOf, isoOf, LAST_DAY, MONTH, nextWeekday, yearOfDay } from '../calendar.js';
import { type Random, randomFor, weighted } from '../random.js';
import { FIELDS_OF_TECHNOLOGY, type Field, type Topic } from '../vocabulary/parse.js';
import { type Application, makeNumbering, type Numbering, type RightType } from './numbers.js';
import type { Owner, Owners } from './owners.js';

/** One publication of a family. */
export interface Member {
  readonly office: string;
  readonly kind: string;
  readonly number: string;
  readonly published: Day;
  readonly application: Application;
  /** The publication it was granted from, when it is a grant. */
  readonly grantOf?: Member;
}

/** A family before its texts: who, what, when and where. */
export interface FamilyPlan {
  readonly index: number;
  readonly type: RightType;
  readonly owners: readonly Owner[];
  readonly field: Field;
  readonly topic: Topic;
  /** The first application; the others claim its priority. */
  readonly first: Application;
  readonly pct: { readonly application: Application; readonly number?: string; readonly published?: Day } | undefined;
  readonly members: readonly Member[];
}

/** Families filed in each year from 2000, relative to each other; the last year ends in October. */
const GROWTH = [
  4, 5, 7, 8, 10, 13, 16, 20, 24, 30, 37, 46, 56, 66, 74, 84, 96, 108, 118, 126, 136, 142, 134, 128, 122, 112, 80,
];
const drawYear = weighted(GROWTH, (weight) => weight);

function drawFiled(random: Random): Day {
  const year = 2000 + GROWTH.indexOf(drawYear(random));
  const last = year === 2026 ? LAST_DAY - 100 : dayOf(year + 1) - 1;
  return random.int(dayOf(year), last);
}

/** Offices publish on their weekday: China on Tuesday and Friday, Europe on Wednesday, and so on. */
const WEEKDAY: Readonly<Record<string, number>> = { CN: 5, US: 2, EP: 3, WO: 4, JP: 3, KR: 1, TW: 4 };

const after = (day: Day, months: number): Day => day + Math.round(months * MONTH);
const between = (random: Random, low: number, high: number): number => low + random.next() * (high - low);

interface Draft {
  readonly random: Random;
  readonly numbering: Numbering;
  readonly members: Member[];
}

function publish(
  draft: Draft,
  office: string,
  kind: string,
  application: Application,
  day: Day,
  grantOf?: Member,
): Member | undefined {
  const weekday = office === 'CN' && draft.random.chance(0.5) ? 2 : (WEEKDAY[office] ?? 3);
  const published = nextWeekday(Math.max(day, application.filed + 30, (grantOf?.published ?? 0) + 30), weekday);
  if (published > LAST_DAY) return undefined;
  const sameNumber = grantOf !== undefined && (office === 'CN' || office === 'EP');
  const number = sameNumber ? grantOf.number : draft.numbering.publication(office, kind, published);
  const member: Member = { office, kind, number, published, application, ...(grantOf ? { grantOf } : {}) };
  draft.members.push(member);
  return member;
}

interface Route {
  readonly office: string;
  readonly published: string;
  readonly granted: string;
  /** Chance of grant and months from filing to it. */
  readonly chance: number;
  readonly months: readonly [number, number];
}

const ROUTES: Readonly<Record<string, Route>> = {
  CN: { office: 'CN', published: 'A', granted: 'B', chance: 0.6, months: [17, 50] },
  EP: { office: 'EP', published: 'A1', granted: 'B1', chance: 0.5, months: [36, 80] },
  US: { office: 'US', published: 'A1', granted: 'B2', chance: 0.7, months: [22, 44] },
  JP: { office: 'JP', published: 'A', granted: 'B2', chance: 0.6, months: [24, 48] },
  KR: { office: 'KR', published: 'A', granted: 'B1', chance: 0.6, months: [22, 44] },
  TW: { office: 'TW', published: 'A', granted: 'B', chance: 0.6, months: [20, 36] },
};

/** An application's publication and, if it succeeds, its grant. `earliest` is when the office may publish. */
function prosecute(draft: Draft, route: Route, application: Application, earliest: Day): void {
  const { random } = draft;
  const first = publish(draft, route.office, route.published, application, earliest);
  if (!first || !random.chance(route.chance)) return;
  publish(
    draft,
    route.office,
    route.granted,
    application,
    after(application.filed, between(random, ...route.months)),
    first,
  );
}

const openingOf = (filed: Day, priority: Day, random: Random): Day =>
  Math.max(after(filed, 2.5), after(priority, 18) + random.int(0, 20));

/** Applications in further offices under the Paris convention: filed within a year, opened eighteen months after priority. */
function fileDirect(draft: Draft, offices: readonly string[], first: Application): void {
  for (const office of offices) {
    const route = ROUTES[office];
    if (!route) continue;
    const filed = first.filed + draft.random.int(250, 364);
    prosecute(
      draft,
      route,
      draft.numbering.application(office, 'invention', filed),
      openingOf(filed, first.filed, draft.random),
    );
  }
}

/** An international application and the offices it enters thirty months after priority. */
function filePct(
  draft: Draft,
  offices: readonly string[],
  first: Application,
  receivingOffice: string,
): FamilyPlan['pct'] {
  const { random, numbering } = draft;
  const filed = first.filed + random.int(280, 364);
  if (filed > LAST_DAY) return undefined;
  const application = numbering.application('WO', 'invention', filed, { receivingOffice });
  const wo = publish(draft, 'WO', 'A1', application, after(first.filed, 18));
  for (const office of offices) {
    const route = ROUTES[office];
    if (!route) continue;
    const national = numbering.application(office, 'invention', filed, { viaPct: true });
    prosecute(draft, route, national, after(first.filed, between(random, 31, 36)));
  }
  return { application, ...(wo ? { number: wo.number, published: wo.published } : {}) };
}

function planLocal(draft: Draft, type: RightType, filed: Day, owner: Owner): Pick<FamilyPlan, 'first' | 'pct'> {
  const { random, numbering } = draft;
  const first = numbering.application('CN', type, filed);
  if (type === 'utility-model') publish(draft, 'CN', 'U', first, after(filed, between(random, 4, 11)));
  if (type === 'design') publish(draft, 'CN', 'S', first, after(filed, between(random, 3, 8)));
  if (type !== 'invention') return { first, pct: undefined };
  const early = random.chance(0.6);
  const route = ROUTES['CN'];
  if (route) prosecute(draft, route, first, early ? after(filed, between(random, 3, 9)) : after(filed, 18));
  if (!random.chance(owner.reach)) return { first, pct: undefined };
  const pct = random.chance(0.7)
    ? filePct(draft, random.sample(['EP', 'US', 'JP', 'KR'], random.int(0, 3)), first, 'CN')
    : undefined;
  const direct = ['US', 'EP', 'TW'].filter((office) => !draft.members.some((m) => m.office === office));
  fileDirect(draft, random.sample(direct, pct ? 0 : random.int(1, 2)), first);
  return { first, pct };
}

/** A company abroad files at home first; some homes are offices whose documents the city does not hold. */
function planAbroad(draft: Draft, filed: Day, owner: Owner): Pick<FamilyPlan, 'first' | 'pct'> {
  const { random, numbering } = draft;
  const first = numbering.application(owner.country, 'invention', filed);
  const home = ROUTES[owner.country];
  if (home) prosecute(draft, home, first, after(filed, 18));
  const others = ['CN', 'US', 'EP', 'JP', 'KR'].filter((office) => office !== owner.country);
  const wanted = ['CN', ...random.sample(others.slice(1), random.int(0, 2))].filter(
    (office) => office !== owner.country,
  );
  if (random.chance(0.65))
    return { first, pct: filePct(draft, wanted, first, owner.country === 'FR' ? 'EP' : owner.country) };
  fileDirect(draft, wanted, first);
  return { first, pct: undefined };
}

const fieldByKey = new Map(FIELDS_OF_TECHNOLOGY.map((field) => [field.key, field]));
const drawField = weighted(FIELDS_OF_TECHNOLOGY, (field) => field.weight);
const drawTopic = new Map(
  FIELDS_OF_TECHNOLOGY.map((field) => [field.key, weighted(field.topics, (topic) => topic.weight)]),
);

/** Utility models are for things with a shape; programs and mixtures go the way of an invention. */
function drawType(random: Random, owner: Owner, field: Field): RightType {
  if (owner.kind === 'abroad') return 'invention';
  const solid = field.style === 'device' || field.style === 'circuit';
  const roll = random.next();
  const designShare = owner.kind === 'university' ? 0.01 : 0.12;
  if (roll < designShare && solid) return 'design';
  const modelShare = owner.kind === 'university' ? 0.3 : 0.62;
  return solid && roll < designShare + modelShare ? 'utility-model' : 'invention';
}

function planFamily(seed: number, index: number, filed: Day, owners: Owners, numbering: Numbering): FamilyPlan {
  const random = randomFor(seed, 'plan', index);
  const owner = owners.draw(random, yearOfDay(filed));
  const field = (random.chance(0.88) && fieldByKey.get(random.pick(owner.fields))) || drawField(random);
  const topic = drawTopic.get(field.key)?.(random);
  if (!topic) throw new Error(`The field ${field.key} has no topics.`);
  const draft: Draft = { random, numbering, members: [] };
  const type = drawType(random, owner, field);
  const told = owner.kind === 'abroad' ? planAbroad(draft, filed, owner) : planLocal(draft, type, filed, owner);
  const partner =
    owner.kind === 'company' && random.chance(0.06)
      ? owners.all.find((o) => o.kind === 'university' && o.fields.includes(field.key))
      : undefined;
  return { index, type, owners: partner ? [owner, partner] : [owner], field, topic, ...told, members: draft.members };
}

/** Leaves out families here and there until exactly `count` publications remain. */
function trim(plans: readonly FamilyPlan[], count: number, random: Random): FamilyPlan[] {
  const order = random.sample(
    plans.map((_, i) => i),
    plans.length,
  );
  const kept = new Set<number>();
  let total = 0;
  for (const index of order) {
    const size = plans[index]?.members.length ?? 0;
    if (size === 0 || total + size > count) continue;
    kept.add(index);
    total += size;
  }
  return plans.filter((_, index) => kept.has(index));
}

/**
 * Plans families that hold exactly `count` publications together, in order of first filing. Nothing is filed before
 * 2000 or published after the last day.
 */
export function planFamilies(seed: number, count: number, owners: Owners): FamilyPlan[] {
  const random = randomFor(seed, 'dates');
  const filed = Array.from({ length: count + 40 }, () => drawFiled(random));
  const enough = Math.ceil(count * 0.86) + 40;
  const days = filed.slice(0, enough).sort((a, b) => a - b);
  const numbering = makeNumbering();
  const plans = days.map((day, index) => planFamily(seed, index, day, owners, numbering));
  const kept = trim(plans, count, randomFor(seed, 'trim'));
  const total = kept.reduce((sum, plan) => sum + plan.members.length, 0);
  if (total !== count)
    throw new Error(`Planned ${total} publications instead of ${count}; the last day is ${isoOf(LAST_DAY)}.`);
  return kept;
}
