import { ELECTRIC } from './electric.js';
import { LIFE } from './life.js';
import { MACHINE } from './machine.js';
import { MATTER } from './matter.js';

/** One meaning in both languages. */
export interface Pair {
  readonly zh: string;
  readonly en: string;
}

/** How the inventions of a field are told: a thing of parts, a circuit, a program of modules or a mixture. */
export type Style = 'device' | 'circuit' | 'software' | 'composition';

/** A field of technology: what its inventions share. `weight` is its share of the city's inventions. */
export interface Field {
  readonly key: string;
  readonly style: Style;
  readonly name: Pair;
  readonly weight: number;
  readonly modifiers: readonly Pair[];
  readonly parts: readonly Pair[];
  readonly effects: readonly Pair[];
  readonly problems: readonly Pair[];
  readonly topics: readonly Topic[];
}

/** One IPC subclass: real groups of it, the things invented there and parts of their own. `tags` are CPC symbols that go with it. */
export interface Topic {
  readonly subclass: string;
  readonly weight: number;
  readonly groups: readonly string[];
  readonly things: readonly Pair[];
  readonly parts: readonly Pair[];
  readonly tags: readonly string[];
}

function pairs(text: string): Pair[] {
  return text.split(';').map((item) => {
    const [zh, en] = item.split('=').map((side) => side.trim());
    if (!zh || !en) throw new Error(`Vocabulary: “${item}” is not written zh=en.`);
    return { zh, en };
  });
}

function topic(line: string): Topic {
  const [head = '', groups = '', things = '', parts = '', tags = ''] = line.split('|').map((column) => column.trim());
  const [subclass = '', weight] = head.split(' ');
  return {
    subclass,
    weight: Number(weight),
    groups: groups.split(' '),
    things: pairs(things),
    parts: pairs(parts),
    tags: tags === '' ? [] : tags.split(',').map((tag) => tag.trim()),
  };
}

function field(block: string): Field {
  const lines = block.trim().split('\n');
  const [key = '', style = '', name = '', weight = ''] = (lines[0] ?? '').split('|').map((column) => column.trim());
  const list = (label: string): Pair[] => {
    const line = lines.find((candidate) => candidate.startsWith(`${label}: `));
    if (line === undefined) throw new Error(`Vocabulary: field ${key} has no ${label}.`);
    return pairs(line.slice(label.length + 2));
  };
  const [title] = pairs(name);
  if (!title) throw new Error(`Vocabulary: field ${key} has no name.`);
  return {
    key,
    style: style as Style,
    name: title,
    weight: Number(weight),
    modifiers: list('mods'),
    parts: list('parts'),
    effects: list('effects'),
    problems: list('problems'),
    topics: lines.filter((line) => /^[A-H]\d{2}[A-Z] /.test(line)).map(topic),
  };
}

/**
 * All fields with their topics. Notation: a block begins with `# key | style | zh=en | weight`, then lists, then one
 * line a subclass: `symbol weight | groups | things | parts | CPC tags`.
 */
export const FIELDS_OF_TECHNOLOGY: readonly Field[] = [LIFE, MATTER, MACHINE, ELECTRIC]
  .flatMap((text) => text.split(/^# /m).slice(1))
  .map(field);
