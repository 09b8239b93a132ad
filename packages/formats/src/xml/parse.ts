import { QuanlianError } from '@quanlian/contract';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { textNode } from './characters.js';
import { readDoctype } from './doctype.js';
import { createEntityResolver, type EntityResolver } from './entities.js';
import { parseFast } from './fast.js';
import { KEPT_INSTRUCTIONS, type ParsedXml, XML_LIMITS } from './limits.js';
import type { XmlElement, XmlNode } from './tree.js';

/**
 * Parses one record into a tree. Nothing outside the record is read: external entities and DTDs stay names.
 * Throws `record.malformed` with line and column, `record.entity`, `record.too_deep` or `record.too_large`.
 */
export function parseXml(text: string): ParsedXml {
  return parseFast(Buffer.from(text)) ?? parseFully(text);
}

/** Reads all of XML; says where a record is not well-formed. Prefixes need no declaration: names count, not prefixes. */
export function parseFully(text: string): ParsedXml {
  const parser = new SaxesParser({ xmlns: false });
  const builder = createBuilder(parser);
  let resolver: EntityResolver = createEntityResolver(new Map());
  const entities = (): EntityResolver => resolver;
  parser.ENTITIES = entityTable(entities);
  parser.on('doctype', (doctype) => {
    if (doctype.length > XML_LIMITS.doctypeLength) {
      throw new QuanlianError('record.too_large', 'The document type declaration of the record is too long.');
    }
    resolver = createEntityResolver(readDoctype(doctype).entities);
  });
  parser.on('error', (error) => {
    throw new QuanlianError('record.malformed', sentence(error.message, text), { cause: error });
  });
  parser.write(text);
  parser.close();
  const root = builder.root();
  if (!root) throw new QuanlianError('record.malformed', 'The record holds no element.');
  return { root, unresolved: resolver.unresolved };
}

function sentence(message: string, text: string): string {
  // A bare ampersand makes the parser run on to some later `;`, so its own place would mislead.
  const bare = /&(?!#?[\p{L}\p{N}_:.-]+;)/u.exec(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g, blank));
  if (bare) {
    const before = text.slice(0, bare.index).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return `The record is not well-formed at line ${before.length}, column ${column} of the record: an ampersand stands there that begins no entity.`;
  }
  const match = /^(?:undefined:)?(\d+):(\d+): ([\s\S]*)$/.exec(message);
  if (!match) return `The record is not well-formed: ${message}`;
  const what = (match[3] as string).replace(/\.$/, '').replace(/\0/g, '\\0');
  return `The record is not well-formed at line ${match[1]}, column ${match[2]} of the record: ${what}.`;
}

function blank(section: string): string {
  return section.replace(/[^\n]/g, ' ');
}

/** saxes looks entity names up in an object; the proxy answers from the resolver and keeps unknown names as text. */
function entityTable(resolver: () => EntityResolver): Record<string, string> {
  const own: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return new Proxy(own, {
    get: (target, name) => {
      if (typeof name !== 'string') return undefined;
      const predefined = Object.hasOwn(target, name) ? target[name] : undefined;
      if (predefined !== undefined) return predefined;
      return /^[\p{L}_:][\p{L}\p{N}._:-]*$/u.test(name) ? (resolver().resolve(name) ?? `&${name};`) : undefined;
    },
  });
}

function createBuilder(parser: SaxesParser<{ xmlns: false }>) {
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let attributes = 0;
  const append = (node: XmlNode): void => {
    open.at(-1)?.children.push(node);
  };
  const addText = (text: string): void => {
    if (text !== '') append(textNode(text));
  };
  parser.on('opentagstart', () => {
    attributes = 0;
    if (open.length >= XML_LIMITS.depth) {
      throw new QuanlianError('record.too_deep', `The record nests elements deeper than ${XML_LIMITS.depth} levels.`);
    }
  });
  parser.on('attribute', ({ name, value }) => {
    attributes += 1;
    if (attributes > XML_LIMITS.attributes || value.length > XML_LIMITS.attributeLength) {
      throw new QuanlianError(
        'record.too_large',
        `The attribute "${name.slice(0, 60)}" breaks the limits of a record.`,
      );
    }
  });
  parser.on('opentag', (tag) => {
    const element: XmlElement = {
      type: 'element',
      name: localName(tag.name),
      attributes: local(tag),
      children: [],
      seen: false,
    };
    append(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('processinginstruction', ({ target }) => {
    if (KEPT_INSTRUCTIONS.has(target)) append({ type: 'mark', target });
  });
  return { root: () => root };
}

function local(tag: SaxesTagPlain): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value] of Object.entries(tag.attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) attributes[localName(name)] = value;
  }
  return attributes;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
