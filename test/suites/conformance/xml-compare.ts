import { SaxesParser } from 'saxes';

/** An element by its full name, whatever prefix it was written with. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
  text: string;
}

/** Reads well-formed XML with namespaces; throws on anything else. */
export function readXml(text: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true });
  const root: XmlNode = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const own = Object.values(attributes).filter((one) => one.prefix !== 'xmlns' && one.name !== 'xmlns');
    const node: XmlNode = {
      name: `{${uri}}${local}`,
      attributes: new Map(own.map((one) => [`${one.uri ? `{${one.uri}}` : ''}${one.local}`, one.value])),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  const addText = (piece: string) => {
    const last = open.at(-1);
    if (last) last.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return root.children[0] as XmlNode;
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
const local = (name: string): string => name.replace(/^\{[^}]*\}/, '');

/** Where two documents differ, element by element: names, attributes, text (white space counts once) and order. */
export function differences(expected: XmlNode, found: XmlNode, path = ''): string[] {
  const here = `${path}/${local(expected.name)}`;
  if (expected.name !== found.name) return [`${here}: is ${found.name}`];
  const list: string[] = [];
  for (const [name, value] of expected.attributes) {
    const got = found.attributes.get(name);
    if (got === undefined) list.push(`${here}@${name}: missing, was “${value}”`);
    else if (tidy(got) !== tidy(value)) list.push(`${here}@${name}: “${got}” for “${value}”`);
  }
  for (const [name, value] of found.attributes)
    if (!expected.attributes.has(name)) list.push(`${here}@${name}: added, “${value}”`);
  if (tidy(expected.text) !== tidy(found.text))
    list.push(`${here}: “${tidy(found.text).slice(0, 80)}” for “${tidy(expected.text).slice(0, 80)}”`);
  if (expected.children.length !== found.children.length)
    list.push(`${here}: ${found.children.length} children for ${expected.children.length}`);
  for (const [index, child] of expected.children.entries()) {
    const other = found.children[index];
    if (other) list.push(...differences(child, other, `${here}[${index}]`));
  }
  return list;
}
