import type { QueryModifier } from '@quanlian/contract';
import type { CqlQuery, CqlTree } from '@quanlian/kernel';

/** A tree in the terms of XCQL, names in small letters and modifiers in order, so that two of them can be compared. */
type Xcql =
  | { readonly index: string; readonly relation: string; readonly modifiers: readonly string[]; readonly term: string }
  | { readonly operator: string; readonly modifiers: readonly string[]; readonly left: Xcql; readonly right: Xcql };

export interface XcqlQuery {
  readonly tree: Xcql;
  readonly keys: readonly string[];
  /** Names and identifiers of the prefixes on the outermost node. */
  readonly prefixes: readonly string[];
}

const modifierText = ({ name, comparison, value }: QueryModifier): string =>
  `${name}${comparison ?? ''}${value ?? ''}`.toLowerCase();

const sorted = (texts: readonly string[]): string[] => [...texts].sort();

function treeOf(tree: CqlTree): Xcql {
  if (tree.type === 'group') return treeOf(tree.tree);
  if (tree.type === 'clause') {
    return {
      index: (tree.index ?? 'cql.serverChoice').toLowerCase(),
      relation: tree.relation.toLowerCase(),
      modifiers: sorted(tree.modifiers.map(modifierText)),
      term: tree.words.join(' '),
    };
  }
  return tree.rest.reduce<Xcql>(
    (left, { operator, modifiers, tree: right }) => ({
      operator,
      modifiers: sorted(modifiers.map(modifierText)),
      left,
      right: treeOf(right),
    }),
    treeOf(tree.first),
  );
}

function outerPrefixes(tree: CqlTree): string[] {
  const own = tree.prefixes.map(({ name, identifier }) => `${name ?? ''}=${identifier}`);
  return tree.type === 'group' ? [...own, ...outerPrefixes(tree.tree)] : own;
}

/** The query as XCQL would have it. */
export function toXcql({ tree, keys }: CqlQuery): XcqlQuery {
  return {
    tree: treeOf(tree),
    keys: keys.map(({ index, modifiers }) => [index, ...modifiers.map(modifierText)].join('/').toLowerCase()),
    prefixes: outerPrefixes(tree),
  };
}

interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** The few elements of an expected answer; the files hold no attributes. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', children: [], text: '' };
  const open: Element[] = [root];
  for (const [, close, name, empty, text] of xml.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>|([^<]+)/g)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) parent.text += text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
    else if (close === '/') open.pop();
    else {
      const element: Element = { name: name ?? '', children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const [first] = root.children;
  if (!first) throw new Error('There is no element in the expected answer.');
  return first;
}

const child = (element: Element, name: string): Element | undefined => element.children.find((c) => c.name === name);
const textOf = (element: Element | undefined, name: string): string => (element && child(element, name)?.text) ?? '';

function modifiersOf(element: Element | undefined): string[] {
  const list = element && child(element, 'modifiers');
  return (list?.children ?? []).map((modifier) =>
    `${textOf(modifier, 'type')}${textOf(modifier, 'comparison')}${textOf(modifier, 'value')}`.toLowerCase(),
  );
}

function nodeOf(element: Element): Xcql {
  if (element.name === 'searchClause') {
    const relation = child(element, 'relation');
    const terms = element.children.filter(({ name }) => name === 'term').map(({ text }) => text);
    return {
      index: textOf(element, 'index').toLowerCase(),
      relation: textOf(relation, 'value').toLowerCase(),
      modifiers: sorted(modifiersOf(relation)),
      term: terms.join(' '),
    };
  }
  const boolean = child(element, 'boolean');
  const [left] = child(element, 'leftOperand')?.children ?? [];
  const [right] = child(element, 'rightOperand')?.children ?? [];
  if (!left || !right) throw new Error(`An operand is missing in ${element.name}.`);
  const operator = textOf(boolean, 'value').toLowerCase();
  return { operator, modifiers: sorted(modifiersOf(boolean)), left: nodeOf(left), right: nodeOf(right) };
}

/** Reads an expected answer in XCQL. */
export function readXcql(xml: string): XcqlQuery {
  const root = parseXml(xml);
  const keys = child(root, 'sortKeys')?.children ?? [];
  const prefixes = child(root, 'prefixes')?.children ?? [];
  return {
    tree: nodeOf(root),
    keys: keys.map((key) => [textOf(key, 'index'), ...modifiersOf(key)].join('/').toLowerCase()),
    prefixes: prefixes.map((prefix) => `${textOf(prefix, 'name')}=${textOf(prefix, 'identifier')}`),
  };
}
