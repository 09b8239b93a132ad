import { lookUp } from './look-up.js';

const LIST = String.raw`(\d+(?:\s*(?:,|;|\/|\bor\b|\band\b|\band\/or\b|\boder\b|\bund\b|\bbis\b|\bou\b|\bet\b|\bà\b|\bto\b|\bthrough\b|[-–—~]|或|和|至|到|、|，)+\s*(?:claims?\s+|第)?\d+)*)`;

/** `제1항 내지 제3항`: a number of a claim stands before its word, and the list goes on behind it. */
const KOREAN_LIST = String.raw`(\d+(?:\s*항?\s*(?:,|내지|또는|및|[-~])\s*(?:청구항|제)?\s*\d+)*)`;

/** How references begin and go on in languages that have no letters to look for first. */
const REFERENCE: Readonly<Record<string, RegExp>> = {
  'zh-Hant': new RegExp(String.raw`(?:申請專利範圍第|請求項)\s*${LIST}`, 'gu'),
  zh: new RegExp(String.raw`权利要求\s*${LIST}`, 'gu'),
  // Without the word for claim `제1` stands before many other things.
  ko: new RegExp(String.raw`제\s*${KOREAN_LIST}\s*항|청구항\s*${KOREAN_LIST}`, 'gu'),
};

/**
 * A word that every reference holds, how far before it one may begin, and what is looked for at these places only: the
 * word is found many times quicker than the whole pattern, and most claims of some languages hold none.
 */
interface Hinted {
  readonly word: RegExp;
  readonly before: readonly number[];
  readonly reference: RegExp;
}

const HINTED: Readonly<Record<string, Hinted>> = {
  en: {
    word: /claim/giu,
    before: [0],
    reference: new RegExp(String.raw`\bclaims?\s+(?:no\.?\s*)?${LIST}`, 'iuy'),
  },
  de: {
    word: /anspr/giu,
    before: ['Patent'.length, 0],
    reference: new RegExp(
      String.raw`\bAnspr(?:u|ü)che?n?s?\s+(?:\(?Nr\.?\s*)?${LIST}|\bPatentanspr(?:u|ü)che?n?s?\s+${LIST}`,
      'iuy',
    ),
  },
  fr: {
    word: /revendication/giu,
    before: [0],
    reference: new RegExp(String.raw`\brevendications?\s+(?:n°\s*)?${LIST}`, 'iuy'),
  },
};

const ALL_BEFORE: Readonly<Record<string, RegExp>> = {
  en: /\b(?:any|one|either|each)\b[^.;:]{0,30}\b(?:preceding|previous|foregoing|above)\s+claims?\b|\bpreceding claims\b/iu,
  de: /(?:vorhergehenden|vorstehenden|vorangehenden|vorangegangenen|obigen)\s+(?:Patent)?(?:A|a)nspr(?:u|ü)ch/u,
  fr: /revendications?\s+pr[ée]c[ée]dentes?/iu,
  zh: /(?:前述|上述|以上)(?:任一|任意一?)?(?:项)?权利要求/u,
};

/**
 * The claims a claim refers to, read from its words when the source has no links. Only numbers below its own
 * count; `any preceding claim` names all of them.
 */
export function dependsOnFromText(lang: string, own: number, text: string): number[] {
  if (!mentions(lang, text)) return [];
  const lists = listsIn(lang, text);
  const found = new Set<number>();
  for (const list of lists) for (const number of expandList(list)) if (number > 0 && number < own) found.add(number);
  if (found.size === 0 && lookUp(ALL_BEFORE, lang)?.test(text)) for (let n = 1; n < own; n += 1) found.add(n);
  return [...found].sort((a, b) => a - b);
}

function mentions(lang: string, text: string): boolean {
  const word = lookUp(HINTED, lang)?.word;
  if (!word) return true;
  word.lastIndex = 0;
  return word.test(text);
}

/** What follows each reference: `1`, `1 to 3 or 5`. */
function listsIn(lang: string, text: string): string[] {
  const hinted = lookUp(HINTED, lang);
  if (hinted) return listsNear(text, hinted);
  const pattern = lookUp(REFERENCE, lang);
  return pattern ? [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '') : [];
}

function listsNear(text: string, { word, before, reference }: Hinted): string[] {
  const lists: string[] = [];
  let from = 0;
  word.lastIndex = 0;
  for (let hint = word.exec(text); hint; hint = word.exec(text)) {
    for (const distance of before) {
      if (hint.index - distance < from) continue;
      reference.lastIndex = hint.index - distance;
      const match = reference.exec(text);
      if (!match) continue;
      lists.push(match[1] ?? match[2] ?? '');
      from = reference.lastIndex;
      word.lastIndex = from;
      break;
    }
  }
  return lists;
}

function expandList(list: string): number[] {
  const numbers: number[] = [];
  const parts = [...list.matchAll(/(\d+)|(\bto\b|\bthrough\b|\bbis\b|\bà\b|[-–—~至到]|내지)/giu)];
  for (const [index, part] of parts.entries()) {
    if (part[1] === undefined) continue;
    const number = Number(part[1]);
    const before = numbers.at(-1);
    const isRange = parts[index - 1]?.[2] !== undefined && before !== undefined;
    if (isRange && number > before && number - before < 500) {
      for (let n = before + 1; n <= number; n += 1) numbers.push(n);
    } else numbers.push(number);
  }
  return numbers;
}
