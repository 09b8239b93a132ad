/** A piece of text. `fate` says whether a reader took it, left it out for a reason, or never met it. */
export interface XmlText {
  readonly type: 'text';
  readonly text: string;
  fate: 'unseen' | 'taken' | { readonly leftOut: string };
  /** How many of its characters are not white space. */
  readonly size: number;
  /** True when it surely holds no white space but single blanks, so that nothing in it needs to be collapsed. */
  readonly plain: boolean;
}

/** A processing instruction, kept only where it changes what a reader of the publication sees. */
interface XmlMark {
  readonly type: 'mark';
  readonly target: string;
}

export type XmlNode = XmlElement | XmlText | XmlMark;

/** An element; names of elements and attributes are local names, because offices use prefixes loosely. */
export interface XmlElement {
  readonly type: 'element';
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  /** True when a reader looked at the element on purpose. */
  seen: boolean;
}

/** The first child element of this name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (!element) return undefined;
  for (const node of element.children) {
    if (node.type === 'element' && node.name === name) return see(node);
  }
  return undefined;
}

/** All child elements, of one of these names when names are given. */
export function children(element: XmlElement | undefined, ...names: string[]): XmlElement[] {
  if (!element) return [];
  const found: XmlElement[] = [];
  for (const node of element.children) {
    if (node.type === 'element' && (names.length === 0 || names.includes(node.name))) found.push(see(node));
  }
  return found;
}

/** The first element along a path of names such as `parties/agents/agent`. */
export function at(element: XmlElement | undefined, path: string): XmlElement | undefined {
  let current = element;
  for (const name of steps(path)) current = child(current, name);
  return current;
}

/** Every element that a path of names leads to. */
export function every(element: XmlElement | undefined, path: string): XmlElement[] {
  let current = element ? [element] : [];
  for (const name of steps(path)) {
    const next: XmlElement[] = [];
    for (const one of current) {
      for (const node of one.children) if (node.type === 'element' && node.name === name) next.push(see(node));
    }
    current = next;
  }
  return current;
}

const paths = new Map<string, readonly string[]>();

/** The names of a path. Readers ask for the same few paths in every record. */
function steps(path: string): readonly string[] {
  let names = paths.get(path);
  if (!names) {
    names = path.split('/');
    if (paths.size < MAX_PATHS) paths.set(path, names);
  }
  return names;
}

const MAX_PATHS = 2000;

/** The names of all elements of a record, by its root, where its parser noted them. */
const namesBelow = new WeakMap<XmlElement, ReadonlySet<string>>();

/** Notes the local names of all elements of a record, so that what it does not hold is not searched for. */
export function noteNames(root: XmlElement, names: ReadonlySet<string>): void {
  namesBelow.set(root, names);
}

/** All elements of these names at any depth below, in document order. */
export function descendants(element: XmlElement | undefined, ...names: string[]): XmlElement[] {
  const found: XmlElement[] = [];
  const known = element && namesBelow.get(element);
  if (known && !names.some((name) => known.has(name))) return found;
  const walk = (one: XmlElement): void => {
    for (const node of one.children) {
      if (node.type !== 'element') continue;
      if (names.includes(node.name)) found.push(see(node));
      walk(node);
    }
  };
  if (element) walk(element);
  return found;
}

/** An attribute's value without surrounding white space; undefined when absent or empty. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  const value = element?.attributes[name]?.trim();
  return value ? value : undefined;
}

/** The text below an element as it stands, without taking it. */
export function peek(element: XmlElement | undefined): string {
  if (!element) return '';
  let text = '';
  for (const node of element.children) {
    if (node.type === 'text') text += node.text;
    else if (node.type === 'element') text += peek(node);
  }
  return text;
}

/** Takes the text of a simple field, white space collapsed; undefined when there is none. */
export function value(element: XmlElement | undefined, path?: string): string | undefined {
  const target = path === undefined ? element : at(element, path);
  if (!target) return undefined;
  const only = target.children[0];
  if (target.children.length === 1 && only?.type === 'text' && only.plain) {
    see(target);
    only.fate = 'taken';
    return only.size === 0 ? undefined : only.text.trim();
  }
  const text = takeRaw(target).replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}

/** Takes the text below an element as it stands, white space included. */
export function takeRaw(element: XmlElement): string {
  let text = '';
  eachText(element, (node) => {
    node.fate = 'taken';
    text += node.text;
  });
  return text;
}

/** Marks everything below an element as left out; `reason` is shown in the load report. */
export function leaveOut(element: XmlElement | undefined, reason: string): void {
  if (!element) return;
  eachText(element, (node) => {
    if (node.fate === 'unseen') node.fate = { leftOut: reason };
  });
}

/**
 * Takes the text below an element when everything it says stands among `said` already, piece by piece and whatever
 * the punctuation; otherwise leaves it to others. True when it was taken.
 */
export function takeRepeated(element: XmlElement | undefined, said: readonly (string | undefined)[]): boolean {
  if (!element) return true;
  const pieces = said.map((one) => plainLetters(one ?? '')).sort((a, b) => b.length - a.length);
  let rest = plainLetters(peek(element));
  for (const piece of pieces) if (piece !== '') rest = rest.replaceAll(piece, ' ');
  if (/\S/.test(rest)) return false;
  takeRaw(element);
  return true;
}

const plainLetters = (text: string): string => text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Visits every text below an element; the elements on the way count as seen. */
export function eachText(element: XmlElement, visit: (node: XmlText) => void): void {
  see(element);
  for (const node of element.children) {
    if (node.type === 'text') visit(node);
    else if (node.type === 'element') eachText(node, visit);
  }
}

export function see(element: XmlElement): XmlElement {
  element.seen = true;
  return element;
}
