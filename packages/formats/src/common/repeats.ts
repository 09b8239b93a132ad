import { eachText, type XmlElement } from '../xml/tree.js';

/**
 * Takes what `elements` say when the record has said it already: a text whose letters and digits stand in a row in
 * a text that was taken (or in `said`), or whose words all stand there. Other texts are left to the rules.
 */
export function takeRepeats(root: XmlElement, elements: readonly XmlElement[], said: readonly string[] = []): void {
  if (elements.length === 0) return;
  const taken = [...said];
  eachText(root, (node) => {
    if (node.fate === 'taken' && node.size > 0) taken.push(node.text);
  });
  const wasSaid = createMemory(taken);
  for (const element of elements) {
    eachText(element, (node) => {
      if (node.fate === 'unseen' && wasSaid(node.text)) node.fate = 'taken';
    });
  }
}

/**
 * Whether a text was said among `texts`. They are gone over only as far as it takes to find it: what is repeated
 * nearly always stands near the beginning of a record, and its description is long.
 */
function createMemory(texts: readonly string[]): (text: string) => boolean {
  const letters: string[] = [];
  const isInOne = (part: string): boolean => {
    for (const [index, text] of texts.entries()) {
      letters[index] ??= lettersOf(text);
      if (letters[index].includes(part)) return true;
    }
    return false;
  };
  let words: ReadonlySet<string> | undefined;
  const areWords = (text: string): boolean => {
    words ??= new Set(texts.flatMap(wordsOf));
    const known = words;
    return wordsOf(text).every((word) => known.has(word));
  };
  return (text) => isInOne(lettersOf(text)) || areWords(text);
}

const lettersOf = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** `N/A` says that there is nothing. */
const wordsOf = (text: string): string[] =>
  text
    .toUpperCase()
    .replace(/\bN\/A\b/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];
