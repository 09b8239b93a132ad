import { see, type XmlElement } from '../xml/tree.js';
import { lookUp } from './look-up.js';
import { type ElementPath, rootPath } from './paths.js';
import type { LeftOutRules } from './reader.js';

/**
 * Everything below an element that no reader has taken and no rule leaves out, as plain data by element name: what
 * an office adds that the document shape has no place for. Takes the text it gives. Undefined when nothing is left.
 */
function restData(element: XmlElement, path: ElementPath | undefined, read?: ReadonlySet<string>): unknown {
  if (path?.reason !== undefined) return undefined;
  const data: Record<string, unknown> = {};
  let text = '';
  let empty = true;
  for (const node of element.children) {
    if (node.type === 'mark') continue;
    empty = false;
    if (node.type === 'element') {
      if (!node.seen || (!read?.has(node.name) && holdsUnread(node)))
        add(data, node.name, restData(node, path?.child(node.name), read));
    } else if (node.fate === 'unseen') {
      const words = node.text.replace(/\s+/g, ' ').trim();
      if (words !== '') {
        node.fate = 'taken';
        text = text === '' ? words : `${text} ${words}`;
      }
    }
  }
  const attributes = element.seen ? {} : element.attributes;
  see(element);
  for (const [name, value] of Object.entries(attributes)) if (value !== '') add(data, `@${name}`, value);
  if (Object.keys(data).length > 0) {
    const onlyAttributes = Object.keys(data).every((key) => key.startsWith('@'));
    // Attributes alone say nothing once the words beside them are taken elsewhere.
    if (text === '' && onlyAttributes && !empty) return undefined;
    return text === '' ? data : { ...data, text };
  }
  return text === '' ? undefined : text;
}

/** Whether an element has text or elements below it that no reader met; most have none, which is found out quickly. */
function holdsUnread(element: XmlElement): boolean {
  return element.children.some((node) =>
    node.type === 'element'
      ? !node.seen || holdsUnread(node)
      : node.type === 'text' && node.fate === 'unseen' && node.size > 0,
  );
}

function add(data: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) return;
  const before = lookUp(data, name);
  if (before === undefined) data[name] = value;
  else data[name] = Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
}

/**
 * `extra.other`: what is left of a record, or nothing. The root's own attributes are the reader's business. Elements
 * named by `read` that the reader met are its business too: large ones are not gone through twice.
 */
export function otherData(root: XmlElement, rules: LeftOutRules, read?: ReadonlySet<string>): { other?: unknown } {
  see(root);
  const rest = restData(root, rootPath(rules, root.name), read);
  return rest === undefined ? {} : { other: rest };
}

/** What is left of a row of a table, by the names of its columns. */
export function restRow(root: XmlElement): Record<string, unknown> {
  const rest = restData(root, undefined);
  return typeof rest === 'object' && rest !== null ? (rest as Record<string, unknown>) : {};
}
