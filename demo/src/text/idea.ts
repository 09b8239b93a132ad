import type { Random } from '../random.js';
import type { Field, Pair, Topic } from '../vocabulary/parse.js';
import { RELATIONS, STEPS } from './grammar.js';

/** What a family of patents is about, before it is told in a language. Both languages tell the same. */
export interface Idea {
  readonly field: Field;
  readonly topic: Topic;
  readonly thing: Pair;
  readonly modifier: Pair;
  readonly parts: readonly Pair[];
  /** Statements about the parts, true of the invention from general to particular. */
  readonly relations: readonly Pair[];
  readonly steps: readonly Pair[];
  readonly effects: readonly Pair[];
  readonly problem: Pair;
  /** Claims protect the thing, or the thing and a method that uses or makes it. */
  readonly withMethod: boolean;
  /** Parts by weight, for mixtures. */
  readonly amounts: readonly (readonly [number, number])[];
  /** A sentence with characters that are hard to search: subscripts, powers, full width, long chemical names. */
  readonly oddity: Pair | undefined;
}

const MATTER_ODDITIES: readonly Pair[] = [
  {
    zh: '测得其比表面积为10²m²/g以上，CO₂吸附量随之提高。',
    en: 'The specific surface area was found to be above 10² m²/g, and CO₂ uptake rose with it.',
  },
  {
    zh: '反应生成的H₂O由冷凝器排出，残余水分低于10⁻³。',
    en: 'H₂O formed in the reaction leaves through the condenser; residual moisture is below 10⁻³.',
  },
  {
    zh: '对照样品含有1-(4-氯苯基)-3-甲基-1H-吡唑并[3,4-d]嘧啶。',
    en: 'The control sample contains 1-(4-chlorophenyl)-3-methyl-1H-pyrazolo[3,4-d]pyrimidine.',
  },
  {
    zh: '分散剂为聚氧乙烯聚氧丙烯嵌段共聚物。',
    en: 'The dispersant is a polyoxyethylenepolyoxypropyleneblockcopolymer of low molecular weight.',
  },
];

const MACHINE_ODDITIES: readonly Pair[] = [
  {
    zh: '型号为ＱＬ－２０００的样机连续运行了１０００小时。',
    en: 'A prototype of type ＱＬ－２０００ ran for 1000 hours without a stop.',
  },
  {
    zh: '试验环境中SO₂的体积分数为5×10⁻⁶，样机工作正常。',
    en: 'With SO₂ at a volume fraction of 5×10⁻⁶ in the test room the prototype worked normally.',
  },
];

/** Ranges of temperature that fit what is made: °C. */
const HOT: Readonly<Record<string, readonly [number, number]>> = {
  alloy: [720, 1500],
  mineral: [620, 1350],
  battery: [55, 160],
};

function fill(random: Random, template: Pair, parts: readonly Pair[], field: Field): Pair {
  const [a, b] = random.sample(parts, 2);
  if (!a || !b) return template;
  const [coolest, hottest] = HOT[field.key] ?? [45, 140];
  const low = random.int(coolest, hottest - 20);
  const values: Readonly<Record<string, Pair>> = {
    a,
    b,
    n: number(random.int(2, 18)),
    digit: number(random.int(2, 9)),
    dry: number(random.int(60, 120)),
    m: number(random.int(20, 60)),
    ratio: { zh: `${random.int(1, 9)}:${random.int(1, 4)}`, en: `${random.int(1, 9)}:${random.int(1, 4)}` },
    share: number(random.int(55, 95) / 100),
    low: number(low),
    high: number(low + random.int(10, 60)),
    rpm: number(random.int(2, 30) * 100),
  };
  const put = (text: string, language: keyof Pair): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]?.[language] ?? '');
  const ratio = values['ratio'];
  return { zh: put(template.zh, 'zh'), en: put(template.en.replaceAll('{ratio}', ratio?.zh ?? ''), 'en') };
}

function number(value: number): Pair {
  return { zh: String(value), en: String(value) };
}

/** Makes up an invention in a topic. A utility model protects a thing only, so it has no method. */
export function inventIdea(random: Random, field: Field, topic: Topic, thingOnly: boolean): Idea {
  const own = random.sample(topic.parts, topic.parts.length);
  const parts = [...own, ...random.sample(field.parts, random.int(3, 5))].slice(0, random.int(4, 6));
  const relations = random.sample(RELATIONS[field.style], 9).map((template) => fill(random, template, parts, field));
  const steps = STEPS[field.style].map((template) => fill(random, template, parts, field));
  return {
    field,
    topic,
    thing: random.pick(topic.things),
    modifier: random.pick(field.modifiers),
    parts,
    relations,
    steps,
    effects: random.sample(field.effects, 2),
    problem: random.pick(field.problems),
    withMethod: random.chance(0.4) && !thingOnly,
    amounts: parts.map((_, index) => {
      const low = index === 0 ? random.int(30, 60) : random.int(1, 15);
      return [low, low + random.int(2, 20)] as const;
    }),
    oddity: random.chance(0.04)
      ? random.pick(field.style === 'composition' ? MATTER_ODDITIES : MACHINE_ODDITIES)
      : undefined,
  };
}
