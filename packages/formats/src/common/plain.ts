import { see, takeRaw, type XmlElement } from '../xml/tree.js';
import { lookUp } from './look-up.js';

/**
 * An element as plain data, for blocks that the document shape has no place for: text for a leaf, an object by
 * element name otherwise, a list where a name repeats. Takes all its text.
 */
export function plainData(element: XmlElement): unknown {
  see(element);
  const elements = element.children.filter((node): node is XmlElement => node.type === 'element');
  if (elements.length === 0) return takeRaw(element).replace(/\s+/g, ' ').trim();
  const data: Record<string, unknown> = {};
  for (const node of elements) {
    const value = plainData(node);
    const before = lookUp(data, node.name);
    data[node.name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  const loose = element.children.flatMap((node) => (node.type === 'text' && node.text.trim() !== '' ? [node] : []));
  for (const node of loose) node.fate = 'taken';
  return loose.length > 0 ? { ...data, text: loose.map((node) => node.text.trim()).join(' ') } : data;
}
