import { foldHan } from '../analysis/han.js';

/**
 * Words that say what kind of legal person a name is of, as they stand in names of owners; written without marks and
 * in capitals. Facts of company law of the states, gathered by us; what is left of a name without them tells owners
 * apart better than the whole.
 */
const LATIN_FORMS: readonly (readonly string[])[] = [
  // English
  ['PUBLIC', 'LIMITED', 'COMPANY'],
  ['LIMITED', 'LIABILITY', 'COMPANY'],
  ['LIMITED', 'LIABILITY', 'PARTNERSHIP'],
  ['COMPANY', 'LIMITED'],
  ['CO', 'LTD'],
  ['LTD', 'CO'],
  ...['LIMITED', 'LTD', 'INCORPORATED', 'INC', 'CORPORATION', 'CORP', 'COMPANY', 'CO', 'LLC', 'LLP', 'LP', 'PLC'].map(
    (one) => [one],
  ),
  ['PTE'],
  ['PTY'],
  // German
  ['GESELLSCHAFT', 'MIT', 'BESCHRANKTER', 'HAFTUNG'],
  ['GMBH', 'CO', 'KG'],
  ...['GMBH', 'MBH', 'AG', 'KG', 'KGAA', 'OHG', 'SE', 'UG', 'EV', 'AKTIENGESELLSCHAFT', 'KOMMANDITGESELLSCHAFT'].map(
    (one) => [one],
  ),
  // French
  ['SOCIETE', 'ANONYME'],
  ['SOCIETE', 'PAR', 'ACTIONS', 'SIMPLIFIEE'],
  ...['SA', 'SAS', 'SASU', 'SARL', 'SNC', 'SCA', 'EURL'].map((one) => [one]),
  // Japanese and Korean names in Latin letters
  ['KABUSHIKI', 'KAISHA'],
  ['KABUSHIKI', 'GAISHA'],
  ['YUGEN', 'KAISHA'],
  ['GODO', 'KAISHA'],
  ['CHUSIK', 'HOESA'],
  ['JUSIK', 'HOESA'],
  ...['KK', 'YK', 'GK', 'KABUSHIKIKAISHA', 'JUSIKHOESA'].map((one) => [one]),
  // Others met often beside them
  ...['BV', 'NV', 'SPA', 'SRL', 'AB', 'AS', 'OY', 'OYJ', 'APS'].map((one) => [one]),
];

/** Forms in Chinese (simplified, as the fold gives them), Japanese and Korean; the longest first. */
const EASTERN_FORMS = [
  '股份有限责任公司',
  '集团股份有限公司',
  '有限责任公司',
  '股份有限公司',
  '集团有限公司',
  '有限公司',
  '股份公司',
  '总公司',
  '株式会社',
  '有限会社',
  '合同会社',
  '合名会社',
  '合资会社',
  '주식회사',
  '유한회사',
  '유한책임회사',
  '公司',
  '(株)',
  '㈜',
];

const EASTERN = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Letters without marks, in capitals, full-width and other forms as the common ones, Han characters simplified. */
function fold(name: string): string {
  return Array.from(name.normalize('NFKC'), (one) => String.fromCodePoint(foldHan(one.codePointAt(0) ?? 0)))
    .join('')
    .replaceAll('ß', 'ss')
    .replace(/[øØ]/g, 'o')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toUpperCase();
}

function withoutEasternForms(text: string): string {
  let rest = text;
  for (let again = true; again; ) {
    again = false;
    for (const form of EASTERN_FORMS) {
      const shorter = rest.endsWith(form)
        ? rest.slice(0, -form.length)
        : rest.startsWith(form)
          ? rest.slice(form.length)
          : rest;
      if (shorter === rest || shorter === '') continue;
      rest = shorter;
      again = true;
    }
  }
  return rest;
}

function withoutLatinForms(words: readonly string[]): string[] {
  let rest = [...words];
  for (let again = true; again; ) {
    again = false;
    for (const form of LATIN_FORMS) {
      if (rest.length <= form.length) continue;
      const tail = rest.slice(-form.length);
      if (!form.every((word, i) => tail[i] === word)) continue;
      rest = rest.slice(0, -form.length);
      again = true;
    }
  }
  return rest;
}

/**
 * The normal form of a name: folded, without marks between words and without the words that say its legal form. Two
 * names with one normal form are proposed as variants, never taken for one. Empty for a name of marks alone.
 */
export function normalName(name: string): string {
  const folded = fold(name);
  if (EASTERN.test(folded))
    return withoutEasternForms(folded.replace(/[\s·•・.,，。、]/gu, '')).replace(/[^\p{L}\p{N}]/gu, '');
  // A, B and C of "A.B.C." belong together; other marks part words.
  const words = folded
    .replace(/(?<=\b\p{L})\.(?=\p{L}\b)/gu, '')
    .replace(/&/g, ' AND ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'THE' && word !== 'AND');
  return withoutLatinForms(words).join(' ');
}

/** The normal form of a person's name: its words in the order of the alphabet, since sources turn them round. */
export function normalPerson(name: string): string {
  const folded = fold(name);
  if (EASTERN.test(folded)) return folded.replace(/[^\p{L}\p{N}]/gu, '');
  return folded
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}
