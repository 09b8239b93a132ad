import type { SynonymSet } from '@quanlian/contract';
import { synonymKey } from './read.js';

/** Titles of one class by language. */
type Titles = Readonly<Record<string, string | undefined>>;

/** A term with more counterparts than this is a general word, and taking it in would find anything. */
const MOST_COUNTERPARTS = 3;
/** Longer parts of a title describe; they do not name. */
const MOST_WORDS = 4;
const CHINESE_NAME = /^\p{Script=Han}{2,10}$/u;
const ENGLISH_NAME = /^[a-z][a-z0-9]*(?:[ -][a-z0-9]+)*$/;
/** Titles say in brackets what belongs elsewhere. */
const BRACKETS = /[(（[【][^()（）[\]【】]*[)）\]】]/gu;

const partsOf = (title: string): string[] =>
  title
    .replace(BRACKETS, ' ')
    .split(/[;；]/u)
    .map((part) => part.replace(/\s+/gu, ' ').trim());

const isEnglishName = (text: string): boolean => ENGLISH_NAME.test(text) && text.split(' ').length <= MOST_WORDS;

/** The names that stand in the same place of a title in both languages. */
function pairsOf({ en, zh }: Titles): [string, string][] {
  if (en === undefined || zh === undefined) return [];
  const english = partsOf(en.toLowerCase());
  const chinese = partsOf(zh);
  if (english.length !== chinese.length) return [];
  return english.flatMap((name, i): [string, string][] => {
    const other = chinese[i] ?? '';
    return isEnglishName(name) && CHINESE_NAME.test(other) ? [[name, other]] : [];
  });
}

/**
 * Synonyms across languages from the titles of a classification scheme: what stands at the same place of a title in
 * English and in Chinese and is short enough to be a name. Names with many counterparts are left out.
 */
export function synonymsFromTitles(name: string, titles: Iterable<Titles>): SynonymSet {
  const counterparts = new Map<string, { term: string; others: Map<string, string> }>();
  const note = (term: string, other: string): void => {
    const key = synonymKey(term);
    const known = counterparts.get(key) ?? { term, others: new Map<string, string>() };
    known.others.set(synonymKey(other), other);
    counterparts.set(key, known);
  };
  for (const one of titles) {
    for (const [english, chinese] of pairsOf(one)) {
      note(english, chinese);
      note(chinese, english);
    }
  }
  const isGeneral = (term: string): boolean =>
    (counterparts.get(synonymKey(term))?.others.size ?? 0) > MOST_COUNTERPARTS;
  const groups = [...counterparts.values()]
    .filter(({ term }) => !CHINESE_NAME.test(term) && !isGeneral(term))
    .map(({ term, others }) => ({ terms: [term, ...[...others.values()].filter((other) => !isGeneral(other))] }))
    .filter(({ terms }) => terms.length > 1);
  return { name, groups };
}
