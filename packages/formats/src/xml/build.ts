import { textNode } from './characters.js';
import type { XmlElement, XmlNode } from './tree.js';

/** An element made by a parser of another form than XML, so that its text is accounted for in the same way. */
export function element(name: string, ...content: (XmlElement | string)[]): XmlElement {
  const children = content.map((one): XmlNode => (typeof one === 'string' ? textNode(one) : one));
  return { type: 'element', name, attributes: {}, children, seen: false };
}

/** Deepest nesting of a JSON record. */
const MAX_DEPTH = 200;

/** JSON as a tree: an element for each key, repeated for lists; empty values leave nothing. */
export function jsonTree(name: string, value: unknown, depth = 0): XmlElement[] {
  if (depth > MAX_DEPTH || value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one) => jsonTree(name, one, depth + 1));
  if (typeof value !== 'object') return [element(name, String(value))];
  const inner = Object.entries(value).flatMap(([key, one]) => jsonTree(key, one, depth + 1));
  return inner.length === 0 ? [] : [element(name, ...inner)];
}
