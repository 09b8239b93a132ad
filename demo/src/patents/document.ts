import { createHash } from 'node:crypto';
import type { Classification, DocumentNumber, Party, PatentDocument } from '@quanlian/contract';
import { publicationId } from '@quanlian/kernel';
import { Converter } from 'opencc-js/cn2t';
import { isoOf, yearOfDay } from '../calendar.js';
import { chinesePerson, foreignPerson } from '../city/names.js';
import type { Agency, Pair } from '../city/types.js';
import { type Random, randomFor } from '../random.js';
import { type Telling, tellInChinese } from '../text/chinese.js';
import { tellInEnglish, withArticle } from '../text/english.js';
import { type Idea, inventIdea } from '../text/idea.js';
import { DESIGNS } from '../vocabulary/designs.js';
import type { Library } from './citations.js';
import { eventsOf } from './events.js';
import type { Application } from './numbers.js';
import type { Owner } from './owners.js';
import type { FamilyPlan, Member } from './plan.js';

export const DEMO_FORMAT = 'demo';
export const DEMO_FILE = 'demo-city';

const toTaiwan = Converter({ from: 'cn', to: 'tw' });

/** A family ready to be written: its idea, its people, its classes. */
export interface Family {
  readonly seed: number;
  readonly plan: FamilyPlan;
  readonly idea: Idea;
  readonly design: readonly [string, string, string, string];
  readonly inventors: readonly Pair[];
  readonly agency: Agency;
  readonly agent: Pair;
  readonly groups: readonly string[];
  readonly embodiments: number;
  readonly bilingual: boolean;
}

function pickDesign(random: Random, plan: FamilyPlan): Family['design'] {
  const own = DESIGNS.filter((design) => design[3] === plan.field.key);
  return random.pick(own.length > 0 ? own : DESIGNS);
}

export function makeFamily(seed: number, plan: FamilyPlan, agencies: readonly Agency[]): Family {
  const random = randomFor(seed, 'family', plan.index);
  const people = plan.owners.flatMap((owner) => owner.inventors);
  const agency = random.pick(agencies);
  return {
    seed,
    plan,
    idea: inventIdea(random, plan.field, plan.topic, plan.type === 'utility-model'),
    design: pickDesign(random, plan),
    inventors: random.sample([...new Map(people.map((p) => [p.zh, p])).values()], random.int(1, 5)),
    agency,
    agent: random.pick(agency.agents),
    groups: random.sample(plan.topic.groups, random.int(1, 3)),
    embodiments: random.chance(0.05) ? random.int(8, 16) : random.int(1, 2),
    bilingual: random.chance(0.45),
  };
}

const isChinese = (office: string): boolean => office === 'CN' || office === 'TW';

/** A Chinese applicant's international application is published in Chinese, another's in English. */
function languageOf({ plan }: Family, { office }: Member): string {
  if (office === 'TW') return 'zh-Hant';
  if (office === 'WO') return plan.owners[0]?.country === 'CN' ? 'zh' : 'en';
  return { CN: 'zh', JP: 'ja', KR: 'ko' }[office] ?? 'en';
}

const named = (pair: Pair, office: string): string => {
  if (office === 'TW') return toTaiwan(pair.zh);
  return office === 'CN' ? pair.zh : pair.en;
};

function ownerParty(owner: Owner, office: string): Party {
  const city = named(owner.city, office);
  const address = office === 'CN' ? owner.address?.zh : undefined;
  return { name: named(owner.name, office), country: owner.country, city, ...(address ? { address } : {}) };
}

function parties(family: Family, member: Member, random: Random): Partial<PatentDocument> {
  const { plan, agency, agent } = family;
  const { office } = member;
  const owners = plan.owners.map((owner) => ownerParty(owner, office));
  const country = plan.owners[0]?.country ?? 'CN';
  const granted = /^[BUS]/.test(member.kind);
  const examiner = isChinese(office)
    ? chinesePerson(random)
    : foreignPerson(random, office === 'EP' || office === 'WO' ? 'DE' : office);
  const examined = granted && plan.type === 'invention' && office !== 'TW';
  return {
    applicants: owners,
    ...(granted && office === 'CN' ? { proprietors: owners } : {}),
    ...(granted && office === 'US' ? { assignees: owners } : {}),
    inventors: family.inventors.map((person) => ({ name: named(person, office), country })),
    ...(office === 'CN' ? { agents: [{ name: agent.zh, organization: agency.name.zh, country: 'CN' }] } : {}),
    ...(examined ? { examiners: [{ name: named(examiner, office) }] } : {}),
  };
}

function classifications(family: Family, member: Member): Classification[] {
  const { plan, groups, design } = family;
  if (plan.type === 'design') return [{ scheme: 'LOCARNO', symbol: design[0] }];
  const mark =
    (scheme: string) =>
    (group: string, index: number): Classification => ({
      scheme,
      symbol: `${plan.topic.subclass} ${group}`,
      position: index === 0 ? 'F' : 'L',
      value: 'I',
    });
  const ipc = groups.map(mark('IPC'));
  const hasCpc = member.office !== 'TW' && yearOfDay(member.published) >= 2013;
  if (!hasCpc) return ipc;
  const tags = plan.topic.tags.map((symbol) => ({ scheme: 'CPC', symbol, position: 'L', value: 'A' }));
  return [...ipc, ...groups.map(mark('CPC')), ...tags];
}

const EMPTY: Telling = { title: '', abstract: '', claims: [], description: [] };

function designTelling(family: Family): { zh: Telling; en: Telling } {
  const [, zh, en] = family.design;
  const item = withArticle(en.charAt(0).toLowerCase() + en.slice(1));
  return {
    zh: {
      ...EMPTY,
      title: zh,
      abstract: `1.本外观设计产品的名称：${zh}。2.本外观设计产品的用途：用于日常使用的${zh}。3.本外观设计产品的设计要点：在于形状与图案的结合。4.最能表明设计要点的图片或照片：立体图。`,
    },
    en: {
      ...EMPTY,
      title: en,
      abstract: `The design is of ${item}; its essential feature lies in the combination of shape and pattern.`,
    },
  };
}

function tellings(family: Family, member: Member): { zh: Telling; en: Telling } {
  if (family.plan.type === 'design') return designTelling(family);
  const granted = /^B/.test(member.kind);
  const { idea, embodiments, seed, plan } = family;
  const self = plan.type === 'utility-model' ? '本实用新型' : '本发明';
  return {
    zh: tellInChinese(idea, { self, granted, embodiments, random: randomFor(seed, 'zh', plan.index) }),
    en: tellInEnglish(idea, { granted, embodiments, random: randomFor(seed, 'en', plan.index) }),
  };
}

/** Chinese text as Taiwan writes it: traditional characters, and its own words for claim and utility model. */
function traditional(telling: Telling): Telling {
  const convert = (text: string): string =>
    toTaiwan(text.replaceAll('权利要求', '请求项').replaceAll('实用新型', '新型'));
  const lang = 'zh-Hant';
  return {
    title: convert(telling.title),
    abstract: convert(telling.abstract),
    claims: telling.claims.map((claim) => ({ ...claim, lang, text: convert(claim.text) })),
    description: telling.description.map((part) => ({
      ...part,
      lang,
      ...(part.heading === undefined ? {} : { heading: convert(part.heading) }),
      ...(part.text === undefined ? {} : { text: convert(part.text) }),
    })),
  };
}

function texts(family: Family, member: Member): Partial<PatentDocument> {
  const lang = languageOf(family, member);
  const { zh, en } = tellings(family, member);
  const own = lang === 'zh-Hant' ? traditional(zh) : lang === 'zh' ? zh : en;
  const both = member.office === 'WO' || (lang === 'zh' && family.bilingual);
  const key = lang === 'ja' || lang === 'ko' ? 'en' : lang;
  const withEnglishAbstract = both && (member.office === 'WO' || family.plan.index % 3 === 0);
  const hasFullText = lang !== 'ja' && lang !== 'ko' && family.plan.type !== 'design';
  return {
    lang,
    titles: { [key]: own.title, ...(both ? { en: en.title } : {}) },
    abstracts: { [key]: own.abstract, ...(withEnglishAbstract ? { en: en.abstract } : {}) },
    ...(hasFullText ? { claims: [...own.claims], description: [...own.description] } : {}),
  };
}

const numberOf = ({ office, number, kind, filed, original }: Application): DocumentNumber => ({
  office,
  number,
  kind,
  date: isoOf(filed),
  original,
});

function relations({ plan }: Family, member: Member): Partial<PatentDocument> {
  const claimsPriority = member.application !== plan.first;
  const priority: DocumentNumber = {
    office: plan.first.office,
    number: plan.first.number,
    kind: plan.first.kind,
    date: isoOf(plan.first.filed),
  };
  const international =
    plan.pct && member.application.filed === plan.pct.application.filed && claimsPriority ? plan.pct : undefined;
  const published =
    international?.number === undefined || international.published === undefined ? undefined : international;
  return {
    ...(claimsPriority ? { priorities: [priority] } : {}),
    familyId: `demo-${String(plan.index + 1).padStart(6, '0')}`,
    ...(international
      ? {
          pct: {
            application: numberOf(international.application),
            ...(published?.published === undefined
              ? {}
              : {
                  publication: { office: 'WO', number: published.number, kind: 'A1', date: isoOf(published.published) },
                }),
          },
        }
      : {}),
    ...(member.grantOf
      ? {
          related: [
            {
              relation: 'previous-publication',
              id: publicationId({ office: member.office, number: member.grantOf.number, kind: member.grantOf.kind }),
            },
          ],
        }
      : {}),
    ...(member.office === 'EP'
      ? { designatedStates: ['AT', 'BE', 'CH', 'DE', 'ES', 'FR', 'GB', 'IT', 'NL', 'SE'] }
      : {}),
  };
}

/** The whole document of one publication. `index` is its place in the generated file. */
export function writeDocument(family: Family, member: Member, index: number, library: Library): PatentDocument {
  const { plan, seed } = family;
  const random = randomFor(seed, 'document', plan.index, member.office, member.kind);
  const id = publicationId(member);
  const citations = library.cite(plan, member, random);
  const events = eventsOf(plan, member, random, randomFor(seed, 'seldom', plan.index, member.office, member.kind));
  library.add(plan, member, id);
  const content = {
    id,
    office: member.office,
    number: member.number,
    kind: member.kind,
    date: isoOf(member.published),
    type: plan.type,
    application: numberOf(member.application),
    ...relations(family, member),
    ...texts(family, member),
    ...parties(family, member, random),
    classifications: classifications(family, member),
    ...(citations.length > 0 ? { citations } : {}),
    ...(events ? { events } : {}),
    extra: { demo: true },
  };
  const sha256 = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const sources = [
    { format: DEMO_FORMAT, file: DEMO_FILE, offset: index, sha256, sourceDate: isoOf(member.published) },
  ];
  return { ...content, sources };
}
