const LIST = String.raw`(\d+(?:\s*(?:,|;|\/|\bor\b|\band\b|\band\/or\b|\boder\b|\bund\b|\bbis\b|\bou\b|\bet\b|\bà\b|\bto\b|\bthrough\b|[-–—~]|或|和|至|到|、|，)+\s*(?:claims?\s+|第)?\d+)*)`;

/** `제1항 내지 제3항`: a number of a claim stands before its word, and the list goes on behind it. */
const KOREAN_LIST = String.raw`(\d+(?:\s*항?\s*(?:,|내지|또는|및|[-~])\s*(?:청구항|제)?\s*\d+)*)`;

const REFERENCE: Readonly<Record<string, RegExp>> = {
  en: new RegExp(String.raw`\bclaims?\s+(?:no\.?\s*)?${LIST}`, 'giu'),
  de: new RegExp(
    String.raw`\bAnspr(?:u|ü)che?n?s?\s+(?:\(?Nr\.?\s*)?${LIST}|\bPatentanspr(?:u|ü)che?n?s?\s+${LIST}`,
    'giu',
  ),
  fr: new RegExp(String.raw`\brevendications?\s+(?:n°\s*)?${LIST}`, 'giu'),
  'zh-Hant': new RegExp(String.raw`(?:申請專利範圍第|請求項)\s*${LIST}`, 'gu'),
  zh: new RegExp(String.raw`权利要求\s*${LIST}`, 'gu'),
  // Without the word for claim `제1` stands before many other things.
  ko: new RegExp(String.raw`제\s*${KOREAN_LIST}\s*항|청구항\s*${KOREAN_LIST}`, 'gu'),
};

/** What every reference holds: most claims of some languages hold none of it, and this is found out quickly. */
const MAY_REFER: Readonly<Record<string, RegExp>> = {
  en: /claim/iu,
  de: /anspr/iu,
  fr: /revendication/iu,
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
  const pattern = REFERENCE[lang];
  if (!pattern || MAY_REFER[lang]?.test(text) === false) return [];
  const found = new Set<number>();
  for (const match of text.matchAll(pattern)) {
    for (const number of expandList(match[1] ?? match[2] ?? '')) if (number > 0 && number < own) found.add(number);
  }
  if (found.size === 0 && ALL_BEFORE[lang]?.test(text)) for (let n = 1; n < own; n += 1) found.add(n);
  return [...found].sort((a, b) => a - b);
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
