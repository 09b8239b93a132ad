import type { Claim, DescriptionPart } from '@quanlian/contract';
import type { Random } from '../random.js';
import type { Telling } from './chinese.js';
import { writeDescription } from './description.js';
import { METHODS } from './grammar.js';
import type { Idea } from './idea.js';

const LANG = 'en';
const SINGULAR_IN_S = /(?:ss|lens|apparatus|chassis|gas|bus|canvas)$/;

/** True for a noun in the plural (`turning teeth`, `activated carbon particles`). */
function isPlural(noun: string): boolean {
  return /teeth$/.test(noun) || (noun.endsWith('s') && !SINGULAR_IN_S.test(noun));
}

/** `a` or `an` by sound, nothing before a plural. */
export function withArticle(noun: string): string {
  if (isPlural(noun)) return noun;
  const soundsLikeVowel = /^(?:[aeio]|u(?!ni|ti|se|re))/i.test(noun) && !/^(?:one|eu)/i.test(noun);
  return `${soundsLikeVowel ? 'an' : 'a'} ${noun}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** Puts `is` right after a plural: `the turning teeth is fixed` becomes `are`. */
function agree(sentence: string, idea: Idea): string {
  let text = sentence;
  for (const part of idea.parts) {
    if (!isPlural(part.en)) continue;
    for (const [one, many] of VERBS) text = text.replaceAll(`the ${part.en} ${one} `, `the ${part.en} ${many} `);
  }
  return text;
}

const VERBS = [
  ['is', 'are'],
  ['has', 'have'],
  ['lies', 'lie'],
  ['carries', 'carry'],
  ['passes', 'pass'],
] as const;

const thingOf = (idea: Idea): string => `${idea.modifier.en} ${idea.thing.en}`;

function englishTitle(idea: Idea): string {
  const thing = thingOf(idea);
  if (!idea.withMethod) return capital(thing);
  return capital(`${thing} and ${METHODS[idea.field.style].en} same`.replace('carried out by same', 'therefor'));
}

/** What the thing comprises, to follow the verb directly. */
function composed(idea: Idea, separator: ', ' | '; '): string {
  const isMixture = idea.field.style === 'composition';
  const items = idea.parts.map((part, i) => {
    const [low = 1, high = 5] = idea.amounts[i] ?? [];
    return isMixture ? `${low} to ${high} parts of ${part.en}` : withArticle(part.en);
  });
  const list = separator === ', ' ? listed(items) : `${items.slice(0, -1).join('; ')}; and ${items.at(-1)}`;
  return isMixture ? `, by weight, ${list}` : ` ${list}`;
}

function abstractOf(idea: Idea, random: Random): string {
  const thing = thingOf(idea);
  const open = random.pick([
    `${capital(withArticle(thing))} is disclosed, which belongs to the field of ${idea.field.name.en}.`,
    `The disclosure relates to ${idea.field.name.en} and provides ${withArticle(thing)}.`,
    `Provided is ${withArticle(thing)} that answers the problem that ${idea.problem.en}.`,
  ]);
  const told = idea.relations.slice(0, 3).map((relation) => agree(relation.en, idea));
  const body = `The ${idea.thing.en} comprises${composed(idea, ', ')}, wherein ${told.slice(0, 2).join('; ')}; and ${told[2]}.`;
  const work = `In practice, the procedure includes ${listed(idea.steps.slice(1, 4).map((step) => step.en))}.`;
  const gain = `Compared with what is known, ${listed(idea.effects.map((effect) => effect.en))}.`;
  return [open, body, work, ...(idea.oddity ? [idea.oddity.en] : []), gain].join(' ');
}

const claim = (number: number, text: string, dependsOn: number[]): Claim => ({ lang: LANG, number, text, dependsOn });

function claimsOf(idea: Idea, random: Random, narrow: boolean): Claim[] {
  const thing = thingOf(idea);
  const inFirst = narrow ? 2 : 1;
  const told = idea.relations.map((relation) => agree(relation.en, idea));
  const first = `${capital(withArticle(thing))}, comprising${idea.field.style === 'composition' ? '' : ':'}${composed(idea, '; ')}; wherein ${told.slice(0, inFirst).join(', and ')}.`;
  const claims = [claim(1, first, [])];
  for (const relation of told.slice(inFirst, random.int(4, 9))) {
    const number = claims.length + 1;
    const on = random.chance(0.65) ? 1 : random.int(1, number - 1);
    claims.push(claim(number, `The ${thing} according to claim ${on}, wherein ${relation}.`, [on]));
  }
  if (idea.withMethod) {
    const steps = idea.steps.map((step) => step.en);
    const method = capital(withArticle(METHODS[idea.field.style].en));
    claims.push(
      claim(
        claims.length + 1,
        `${method} the ${thing} according to claim 1, comprising: ${steps.slice(0, -1).join('; ')}; and ${steps.at(-1)}.`,
        [1],
      ),
    );
  }
  return claims;
}

function embodiment(idea: Idea, number: number, random: Random): string[] {
  const [one, two] = random.sample(idea.relations, 2).map((relation) => agree(relation.en, idea));
  return [
    `Embodiment ${number}. As shown in FIG. ${Math.min(number, 3)}, the ${thingOf(idea)} of this embodiment comprises${composed(idea, ', ')}. Here ${one}, and ${two}.`,
    `The work proceeds as follows: ${idea.steps.map((step) => step.en).join('; then ')}. In tests the main figure improved by about ${random.int(8, 46)} % over the control; ${idea.effects[number % idea.effects.length]?.en}.`,
  ];
}

function descriptionOf(idea: Idea, random: Random, embodiments: number): readonly DescriptionPart[] {
  const { parts, heading, paragraph: text } = writeDescription(LANG);
  const thing = thingOf(idea);
  heading('TECHNICAL FIELD');
  text(`The present disclosure relates to ${idea.field.name.en}, and in particular to ${withArticle(thing)}.`);
  heading('BACKGROUND');
  text(
    `The ${idea.thing.en} is in wide use in ${idea.field.name.en}. However, ${idea.problem.en}, and an improvement is called for.`,
  );
  heading('SUMMARY');
  text(`An object is to provide ${withArticle(thing)} free of these drawbacks. It comprises${composed(idea, ', ')}.`);
  text(
    `Preferably, ${idea.relations
      .slice(2, 5)
      .map((r) => agree(r.en, idea))
      .join('; ')}.`,
  );
  text(`The advantages are as follows: ${listed(idea.effects.map((effect) => effect.en))}.`);
  heading('BRIEF DESCRIPTION OF THE DRAWINGS');
  text(
    `FIG. 1 is a schematic ${idea.field.style === 'composition' || idea.field.style === 'software' ? 'flow chart' : 'view'} of the ${idea.thing.en}.`,
  );
  heading('DETAILED DESCRIPTION');
  if (idea.oddity) text(idea.oddity.en);
  for (let n = 1; n <= embodiments; n++) embodiment(idea, n, random).forEach(text);
  text(
    'The embodiments described are examples only; changes within the spirit of the disclosure fall within its scope.',
  );
  return parts;
}

/** Tells an idea in English in the style of a patent. */
export function tellInEnglish(idea: Idea, options: { granted: boolean; embodiments: number; random: Random }): Telling {
  const { granted, embodiments, random } = options;
  return {
    title: englishTitle(idea),
    abstract: abstractOf(idea, random),
    claims: claimsOf(idea, random, granted),
    description: descriptionOf(idea, random, embodiments),
  };
}
