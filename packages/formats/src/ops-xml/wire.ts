import type { XmlElement, XmlNode } from '../xml/tree.js';

/** Elements of the service's own namespace inside a member of a family. */
const OWN_NAMES = /^(?:family-member|legal|pre|L\d{3}EP)$/;

type PrefixOf = (name: string) => string;

const SPECIAL = /[&<>]/;
const escapeText = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;') : text;
const SPECIAL_IN_VALUE = /[&<"\t\n\r]/;
const escapeAttribute = (text: string): string =>
  SPECIAL_IN_VALUE.test(text)
    ? text
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/"/g, '&quot;')
        .replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    : text;

/** Text with a letter is told from white space by its first characters, mostly. */
function isWhiteSpace(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first > 0x20 && first < 0x80 ? text : text.trim()) === '';
}

/** True where the texts among elements are but layout: white space between elements, and no text beside them. */
function isLaidOut(children: readonly XmlNode[]): boolean {
  let hasElements = false;
  for (const node of children) {
    if (node.type === 'element') hasElements = true;
    else if (node.type === 'text' && !isWhiteSpace(node.text)) return false;
  }
  return hasElements;
}

/** Adds the markup of an element to the pieces that are joined in the end. */
function writeTo(pieces: string[], element: XmlElement, prefixOf: PrefixOf, children: readonly XmlNode[]): void {
  const name = prefixOf(element.name) + element.name;
  pieces.push('<', name);
  const { attributes } = element;
  for (const key in attributes) pieces.push(' ', key, '="', escapeAttribute(attributes[key] ?? ''), '"');
  const isLayout = isLaidOut(children);
  const before = pieces.push('>');
  for (const node of children) {
    if (node.type === 'element') writeTo(pieces, node, prefixOf, node.children);
    else if (node.type === 'text' && node.text !== '' && !(isLayout && isWhiteSpace(node.text)))
      pieces.push(escapeText(node.text));
  }
  if (pieces.length === before) pieces[before - 1] = '/>';
  else pieces.push('</', name, '>');
}

function write(element: XmlElement, prefixOf: PrefixOf, children: readonly XmlNode[] = element.children): string {
  const pieces: string[] = [];
  writeTo(pieces, element, prefixOf, children);
  return pieces.join('');
}

const isNamed = (node: XmlNode, ...names: string[]): boolean => node.type === 'element' && names.includes(node.name);
const elementsOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((node): node is XmlElement => node.type === 'element');

const unprefixed: PrefixOf = () => '';
const serviceNames: PrefixOf = (name) => (OWN_NAMES.test(name) ? 'ops:' : '');
const fulltextRoot: PrefixOf = (name) => (name === 'fulltext-document' ? 'ftxt:' : '');
const registerNames: PrefixOf = () => 'reg:';

/** Only OPS marks each number with its form; bulk files of DOCDB mark the reference around it. */
function isOfService(element: XmlElement): boolean {
  if (element.name === 'document-id' && element.attributes['document-id-type'] !== undefined) return true;
  return elementsOf(element).some(isOfService);
}

/**
 * An abstract answer has next to no bibliographic data: the publication's number and an empty list of parties. Where the
 * publication has no abstract either, only the family, which every answer with bibliographic data names, tells it apart.
 */
function isAbstractAlone(root: XmlElement): boolean {
  const biblio = elementsOf(root).find(({ name }) => name === 'bibliographic-data');
  const told = biblio === undefined ? [] : elementsOf(biblio);
  const isMarked =
    root.attributes['family-id'] === undefined || elementsOf(root).some(({ name }) => name === 'abstract');
  return (
    isMarked &&
    told.every(
      (one) => one.name === 'publication-reference' || (one.name === 'parties' && elementsOf(one).length === 0),
    )
  );
}

/** The markup of an exchange document that came from the service: with its bibliographic data, or the abstract alone. */
export function exchangeWire(root: XmlElement): { exchange: string } | { abstract: string } | undefined {
  if (!isOfService(root)) return undefined;
  return isAbstractAlone(root) ? { abstract: write(root, unprefixed) } : { exchange: write(root, unprefixed) };
}

/** The markup of a member of a family, with its events and its exchange document apart. */
export function memberWire(root: XmlElement, context: Readonly<Record<string, string>>): Record<string, string> {
  const legal = elementsOf(root).filter(({ name }) => name === 'legal');
  const exchange = elementsOf(root).find(({ name }) => name === 'exchange-document');
  const total = context['total-result-count'];
  return {
    member: write(
      root,
      serviceNames,
      root.children.filter((node) => !isNamed(node, 'legal', 'exchange-document')),
    ),
    ...(legal.length > 0 ? { legal: legal.map((one) => write(one, serviceNames)).join('') } : {}),
    ...(total === undefined ? {} : { familyTotal: total }),
    ...(exchange && !isAbstractAlone(exchange) ? { exchange: write(exchange, unprefixed) } : {}),
  };
}

/** The markup of a full text, claims and description each with the number they belong to. */
export function fulltextWire(root: XmlElement): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const part of ['claims', 'description']) {
    if (!root.children.some((node) => isNamed(node, part))) continue;
    const other = part === 'claims' ? 'description' : 'claims';
    const kept = root.children.filter((node) => !isNamed(node, other));
    parts[part] = write(root, fulltextRoot, kept);
  }
  return parts;
}

/** The markup of a register document; events or procedural steps alone are a part of their own. */
export function registerWire(root: XmlElement): Record<string, string> {
  const names = new Set(elementsOf(root).map(({ name }) => name));
  const alone = names.has('events-data')
    ? 'register-events'
    : names.has('procedural-data')
      ? 'register-steps'
      : undefined;
  return { [names.has('bibliographic-data') ? 'register' : (alone ?? 'register')]: write(root, registerNames) };
}
