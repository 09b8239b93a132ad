import type { Claim, DescriptionPart } from '@quanlian/contract';
import type { Random } from '../random.js';
import { writeDescription } from './description.js';
import { METHODS } from './grammar.js';
import type { Idea } from './idea.js';

/** Whose patent it is: what the text calls itself. */
export type SelfName = '本发明' | '本实用新型';

export interface Telling {
  readonly title: string;
  readonly abstract: string;
  readonly claims: readonly Claim[];
  readonly description: readonly DescriptionPart[];
}

const LANG = 'zh';

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join('、')}和${items.at(-1)}`;

const thingOf = (idea: Idea): string => idea.modifier.zh + idea.thing.zh;

function chineseTitle(idea: Idea): string {
  const method = idea.withMethod ? `及其${METHODS[idea.field.style].zh}` : '';
  return `一种${thingOf(idea)}${method}`;
}

function composed(idea: Idea): string {
  if (idea.field.style !== 'composition') return `包括${listed(idea.parts.map((part) => part.zh))}`;
  const items = idea.parts.map((part, i) => `${part.zh}${idea.amounts[i]?.[0] ?? 1}～${idea.amounts[i]?.[1] ?? 5}份`);
  return `按重量份计，包括${items.join('、')}`;
}

function abstractOf(idea: Idea, self: SelfName, random: Random): string {
  const title = chineseTitle(idea);
  const open = random.pick([
    `${self}公开了${title}，属于${idea.field.name.zh}技术领域。`,
    `${self}涉及${idea.field.name.zh}技术领域，具体公开了${title}。`,
    `${self}提供了${title}，用以解决${idea.problem.zh}的问题。`,
  ]);
  const body = `该${idea.thing.zh}${composed(idea)}；${idea.relations
    .slice(0, 3)
    .map((r) => r.zh)
    .join('；')}。`;
  const work = `实施时，${idea.steps
    .slice(1, 3)
    .map((step) => step.zh)
    .join('，')}。`;
  const gain = `与现有技术相比，${self}${idea.effects.map((effect) => effect.zh).join('，')}，适于推广应用。`;
  return open + body + work + (idea.oddity?.zh ?? '') + gain;
}

const claim = (number: number, text: string, dependsOn: number[]): Claim => ({ lang: LANG, number, text, dependsOn });

/** The tree of claims: the thing, what narrows it, and the method where there is one. `narrow` is the form after grant. */
function claimsOf(idea: Idea, random: Random, narrow: boolean): Claim[] {
  const thing = thingOf(idea);
  const inFirst = narrow ? 2 : 1;
  const first = `一种${thing}，其特征在于，${composed(idea)}；其中，${idea.relations
    .slice(0, inFirst)
    .map((r) => r.zh)
    .join('；')}。`;
  const claims = [claim(1, first, [])];
  const rest = idea.relations.slice(inFirst, random.int(4, 9));
  for (const relation of rest) {
    const number = claims.length + 1;
    const two = number > 3 && !claims.some((other) => other.dependsOn.length > 1) && random.chance(0.3);
    const on = two ? [number - 2, number - 1] : [random.chance(0.6) ? 1 : random.int(1, number - 1)];
    claims.push(claim(number, `根据权利要求${on.join('或')}所述的${thing}，其特征在于，${relation.zh}。`, on));
  }
  if (idea.withMethod) {
    const number = claims.length + 1;
    const steps = idea.steps.map((step, i) => `S${i + 1}、${step.zh}`).join('；');
    const method = METHODS[idea.field.style].zh;
    claims.push(claim(number, `一种如权利要求1所述的${thing}的${method}，其特征在于，包括以下步骤：${steps}。`, [1]));
  }
  return claims;
}

function embodiment(idea: Idea, number: number, random: Random): string[] {
  const [one, two] = random.sample(idea.relations, 2);
  const steps = idea.steps.map((step) => step.zh).join('；然后，');
  return [
    `实施例${number}：如图${Math.min(number, 3)}所示，本实施例提供的${thingOf(idea)}${composed(idea)}。在本实施例中，${one?.zh}，${two?.zh}。`,
    `本实施例的工作过程如下：${steps}。经测试，${idea.effects[number % idea.effects.length]?.zh}，与对照组相比指标改善约${random.int(8, 46)}%。`,
  ];
}

function descriptionOf(idea: Idea, self: SelfName, random: Random, embodiments: number): readonly DescriptionPart[] {
  const { parts, heading, paragraph: text } = writeDescription(LANG);
  const thing = thingOf(idea);
  heading('技术领域');
  text(`${self}涉及${idea.field.name.zh}技术领域，尤其涉及${chineseTitle(idea)}。`);
  heading('背景技术');
  text(
    `${idea.thing.zh}在${idea.field.name.zh}领域应用广泛。${idea.problem.zh}，影响了实际使用效果，因此有必要加以改进。`,
  );
  heading(self === '本发明' ? '发明内容' : '实用新型内容');
  text(
    `${self}的目的在于提供${chineseTitle(idea)}，以克服上述不足。为实现上述目的，${self}采用如下技术方案：一种${thing}，${composed(idea)}。`,
  );
  text(
    `优选地，${idea.relations
      .slice(2, 5)
      .map((r) => r.zh)
      .join('；')}。`,
  );
  text(`${self}的有益效果是：${idea.effects.map((effect) => effect.zh).join('；')}。`);
  heading('附图说明');
  text(
    `图1为${self}${idea.thing.zh}的${idea.field.style === 'composition' || idea.field.style === 'software' ? '流程示意图' : '结构示意图'}。`,
  );
  heading('具体实施方式');
  if (idea.oddity) text(idea.oddity.zh);
  for (let n = 1; n <= embodiments; n++) embodiment(idea, n, random).forEach(text);
  text(
    `以上所述仅为${self}的较佳实施例，凡在${self}的精神和原则之内所作的修改、等同替换和改进，均应包含在保护范围之内。`,
  );
  return parts;
}

/** Tells an idea in Chinese in the style of a patent. */
export function tellInChinese(
  idea: Idea,
  options: { self: SelfName; granted: boolean; embodiments: number; random: Random },
): Telling {
  const { self, granted, embodiments, random } = options;
  return {
    title: chineseTitle(idea),
    abstract: abstractOf(idea, self, random),
    claims: claimsOf(idea, random, granted),
    description: descriptionOf(idea, self, random, embodiments),
  };
}
