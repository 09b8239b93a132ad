import type { SynonymSet } from '@quanlian/contract';
import { analyse } from '../analysis/analyse.js';

type Group = SynonymSet['groups'][number];

/** What is wrong with a line of synonyms; lines count from 1. */
export interface SynonymFault {
  readonly line: number;
  readonly message: string;
}

/** Terms one group may have: each is a clause of the widened query. */
export const MOST_SYNONYMS = 64;
const LONGEST_TERM = 200;

/** The form in which texts are compared: their words and characters, folded. Empty for a text without any. */
export const synonymKey = (text: string): string =>
  analyse(text)
    .filter(({ part }) => !part)
    .map(({ unit }) => unit)
    .join(' ');

function faultOf(terms: readonly string[]): string | undefined {
  if (terms.length < 2) return 'A group needs two terms at least; write one = another.';
  if (terms.length > MOST_SYNONYMS) return `A group has at most ${MOST_SYNONYMS} terms, not ${terms.length}.`;
  const long = terms.find((term) => term.length > LONGEST_TERM);
  if (long !== undefined) return `A term has at most ${LONGEST_TERM} characters: “${long.slice(0, 20)}…”.`;
  const empty = terms.find((term) => synonymKey(term) === '');
  if (empty !== undefined) return `“${empty}” has no word to search for.`;
  const keys = terms.map(synonymKey);
  const twice = terms.find((_, i) => keys.indexOf(keys[i] ?? '') !== i);
  return twice === undefined ? undefined : `“${twice}” stands twice in its group.`;
}

function readLine(line: string): Group {
  const [from = '', ...to] = line.split('=>');
  const split = (text: string): string[] => text.split('=').map((term) => term.trim());
  return to.length === 0 ? { terms: split(line) } : { terms: [from.trim(), ...split(to.join('=>'))], oneWay: true };
}

/**
 * Reads a set of synonyms from text, a group a line: `battery = accumulator = 电池` means the same either way,
 * `LIB => lithium ion battery` widens the first only. Empty lines and lines after `#` are passed over. A line that
 * is wrong is told and left out.
 */
export function readSynonyms(name: string, text: string): { set: SynonymSet; faults: SynonymFault[] } {
  const groups: Group[] = [];
  const faults: SynonymFault[] = [];
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const group = readLine(line);
    const message = faultOf(group.terms);
    if (message === undefined) groups.push(group);
    else faults.push({ line: index + 1, message });
  }
  return { set: { name, groups }, faults };
}

/** Writes a set as the text it is read from. */
export function writeSynonyms({ groups }: SynonymSet): string {
  const line = ({ terms: [first = '', ...others], oneWay }: Group): string =>
    oneWay ? `${first} => ${others.join(' = ')}` : [first, ...others].join(' = ');
  return groups.map((group) => `${line(group)}\n`).join('');
}

/** What is wrong with the groups of a set, the first fault first; groups count from 1. */
export function synonymFaults({ groups }: SynonymSet): SynonymFault[] {
  return groups.flatMap(({ terms }, index) => {
    const message = faultOf(terms);
    return message === undefined ? [] : [{ line: index + 1, message }];
  });
}
