import { QuanlianError } from '@quanlian/contract';
import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { readDoctype } from './doctype.js';
import { createEntityResolver, type EntityResolver } from './entities.js';
import type { XmlElement, XmlNode } from './tree.js';

/** Limits of one record. Depth counts open elements; lengths count UTF-16 units. */
const XML_LIMITS = { depth: 512, attributes: 2_000, attributeLength: 1_000_000, doctypeLength: 4_000_000 };

/** Prefixes that offices use in fragments without declaring them. */
const KNOWN_PREFIXES = {
  exch: 'http://www.epo.org/exchange',
  ops: 'http://ops.epo.org',
  xlink: 'http://www.w3.org/1999/xlink',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  mml: 'http://www.w3.org/1998/Math/MathML',
  m: 'http://www.w3.org/1998/Math/MathML',
};

/** Reissues mark deleted matter by these instructions; in print it stands in heavy brackets. */
const KEPT_INSTRUCTIONS = new Set(['delete-start', 'delete-end']);

export interface ParsedXml {
  readonly root: XmlElement;
  /** Entity names that nothing defines, with how often each occurred. */
  readonly unresolved: ReadonlyMap<string, number>;
}

/**
 * Parses one record into a tree. Nothing outside the record is read: external entities and DTDs stay names.
 * Throws `record.malformed` with line and column, `record.entity`, `record.too_deep` or `record.too_large`.
 */
export function parseXml(text: string): ParsedXml {
  const parser = new SaxesParser({ xmlns: true, additionalNamespaces: KNOWN_PREFIXES });
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

function createBuilder(parser: SaxesParser<{ xmlns: true; additionalNamespaces: typeof KNOWN_PREFIXES }>) {
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let attributes = 0;
  const append = (node: XmlNode): void => {
    open.at(-1)?.children.push(node);
  };
  const addText = (text: string): void => {
    if (text !== '') append({ type: 'text', text, fate: 'unseen' });
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
    const element: XmlElement = { type: 'element', name: tag.local, attributes: local(tag), children: [], seen: false };
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

function local(tag: SaxesTagNS): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const entry of Object.values(tag.attributes) as SaxesAttributeNS[]) {
    if (entry.prefix !== 'xmlns' && entry.name !== 'xmlns') attributes[entry.local] = entry.value;
  }
  return attributes;
}
