import type { XmlElement, XmlText } from '../xml/tree.js';
import { see } from '../xml/tree.js';

/**
 * Takes what `elements` say when the record has said it already: a text whose letters and digits stand in a row in
 * a text that was taken (or in `said`), or whose words all stand there. Other texts are left to the rules.
 */
export function takeRepeats(root: XmlElement, elements: readonly XmlElement[], said: readonly string[] = []): void {
  if (elements.length === 0) return;
  const taken = [...said];
  eachText(root, (node) => {
    if (node.fate === 'taken') taken.push(node.text);
  });
  const runs = `\n${taken.map(lettersOf).join('\n')}\n`;
  const words = new Set(taken.flatMap(wordsOf));
  for (const element of elements) {
    eachText(element, (node) => {
      if (node.fate !== 'unseen') return;
      const letters = lettersOf(node.text);
      if (runs.includes(letters) || wordsOf(node.text).every((word) => words.has(word))) node.fate = 'taken';
    });
  }
}

const lettersOf = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** `N/A` says that there is nothing. */
const wordsOf = (text: string): string[] =>
  text
    .toUpperCase()
    .replace(/\bN\/A\b/g, '')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function eachText(element: XmlElement, visit: (node: XmlText) => void): void {
  see(element);
  for (const node of element.children) {
    if (node.type === 'text') visit(node);
    else if (node.type === 'element') eachText(node, visit);
  }
}
