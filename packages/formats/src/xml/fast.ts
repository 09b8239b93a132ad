import { readDoctype } from './doctype.js';
import { createEntityResolver, type EntityResolver } from './entities.js';
import { KEPT_INSTRUCTIONS, type ParsedXml, XML_LIMITS } from './limits.js';
import type { XmlElement, XmlNode } from './tree.js';

const NAME = /[A-Za-z_:][\w:.-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^<"]*)"|'([^<']*)')/y;
const TAG_END = /\s*(\/?)>/y;
const REFERENCE = /&(?:#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))|([A-Za-z_:][\w:.-]*));|&/g;
/** What the fast way never accepts: characters XML forbids, and the end of a CDATA section wherever it stands. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids exactly these
const UNUSUAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\]\]>/;
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Parses the plain part of XML that offices write, several times faster than the full parser. Accepts nothing that
 * is not well-formed; undefined for whatever it does not know (then the full parser decides and names the place).
 */
export function parseFast(source: string): ParsedXml | undefined {
  if (UNUSUAL.test(source)) return undefined;
  return new FastParser(source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source).parse();
}

/** One parse; a class because the position and the open elements are one state that every step moves on. */
class FastParser {
  readonly #text: string;
  readonly #open: XmlElement[] = [];
  readonly #tags: string[] = [];
  #at = 0;
  #root: XmlElement | undefined;
  #resolver: EntityResolver = createEntityResolver(new Map());
  #sawDoctype = false;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): ParsedXml | undefined {
    const text = this.#text;
    while (this.#at < text.length) {
      const next = text.indexOf('<', this.#at);
      const end = next < 0 ? text.length : next;
      if (end > this.#at && !this.#characters(text.slice(this.#at, end))) return undefined;
      if (next < 0) break;
      this.#at = next;
      if (!this.#markup(text.charCodeAt(next + 1))) return undefined;
    }
    if (!this.#root || this.#open.length > 0) return undefined;
    return { root: this.#root, unresolved: this.#resolver.unresolved };
  }

  #characters(raw: string): boolean {
    const parent = this.#open.at(-1);
    if (!parent) return /^[ \t\n]*$/.test(raw);
    const text = raw.includes('&') ? this.#decode(raw) : raw;
    if (text === undefined) return false;
    if (text !== '') parent.children.push({ type: 'text', text, fate: 'unseen' });
    return true;
  }

  /** Text with its references resolved; undefined when one is not well-formed. */
  #decode(raw: string): string | undefined {
    let sound = true;
    const text = raw.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined)
        return (Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : this.#resolver.resolve(name)) ?? whole;
      const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16);
      if (isCharacter(code)) return String.fromCodePoint(code);
      sound = false;
      return '';
    });
    return sound ? text : undefined;
  }

  #markup(code: number): boolean {
    if (code === 0x2f) return this.#endTag();
    if (code === 0x21) return this.#declaration();
    return code === 0x3f ? this.#instruction() : this.#startTag();
  }

  #endTag(): boolean {
    const text = this.#text;
    const tag = this.#tags.pop();
    if (tag === undefined || !text.startsWith(tag, this.#at + 2)) return false;
    let at = this.#at + 2 + tag.length;
    while (isBlank(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) !== 0x3e) return false;
    this.#open.pop();
    this.#at = at + 1;
    return true;
  }

  #startTag(): boolean {
    const text = this.#text;
    if (this.#open.length === 0 && this.#root) return false;
    if (this.#open.length >= XML_LIMITS.depth) return false;
    NAME.lastIndex = this.#at + 1;
    const tag = NAME.exec(text)?.[0];
    if (tag === undefined) return false;
    this.#at += 1 + tag.length;
    const attributes = text.charCodeAt(this.#at) === 0x3e ? NO_ATTRIBUTES : this.#attributes();
    if (!attributes) return false;
    TAG_END.lastIndex = this.#at;
    const end = TAG_END.exec(text);
    if (!end) return false;
    this.#at = TAG_END.lastIndex;
    const name = localName(tag);
    if (name === undefined) return false;
    const element: XmlElement = { type: 'element', name, attributes, children: [], seen: false };
    this.#append(element);
    this.#root ??= element;
    if (end[1] === '') {
      this.#open.push(element);
      this.#tags.push(tag);
    }
    return true;
  }

  #append(node: XmlNode): void {
    this.#open.at(-1)?.children.push(node);
  }

  #attributes(): Record<string, string> | undefined {
    const attributes: Record<string, string> = {};
    const names = new Set<string>();
    for (;;) {
      ATTRIBUTE.lastIndex = this.#at;
      const match = ATTRIBUTE.exec(this.#text);
      if (!match) return attributes;
      this.#at = ATTRIBUTE.lastIndex;
      const [, name = '', double, single] = match;
      const raw = double ?? single ?? '';
      if (names.has(name) || names.size >= XML_LIMITS.attributes || raw.length > XML_LIMITS.attributeLength)
        return undefined;
      names.add(name);
      if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
      const local = localName(name);
      const value = this.#decode(raw.replace(/[\n\t]/g, ' '));
      if (local === undefined || value === undefined) return undefined;
      attributes[local] = value;
    }
  }

  #declaration(): boolean {
    const text = this.#text;
    if (text.startsWith('<!--', this.#at)) {
      const end = text.indexOf('--', this.#at + 4);
      if (end < 0 || text.charCodeAt(end + 2) !== 0x3e) return false;
      this.#at = end + 3;
      return true;
    }
    return text.startsWith('<!DOCTYPE', this.#at) && this.#doctype();
  }

  #doctype(): boolean {
    if (this.#root || this.#sawDoctype) return false;
    this.#sawDoctype = true;
    const from = this.#at + 9;
    const end = doctypeEnd(this.#text, from);
    if (end < 0 || end - from > XML_LIMITS.doctypeLength) return false;
    this.#resolver = createEntityResolver(readDoctype(this.#text.slice(from, end)).entities);
    this.#at = end + 1;
    return true;
  }

  #instruction(): boolean {
    const text = this.#text;
    NAME.lastIndex = this.#at + 2;
    const target = NAME.exec(text)?.[0];
    const end = text.indexOf('?>', this.#at + 2);
    if (target === undefined || end < 0) return false;
    // The declaration of XML stands at the very start or nowhere.
    if (target.toLowerCase() === 'xml' && (this.#at !== 0 || target !== 'xml')) return false;
    if (target === 'xml' && !DECLARATION.test(text.slice(0, end + 2))) return false;
    if (!isBlank(text.charCodeAt(this.#at + 2 + target.length)) && end !== this.#at + 2 + target.length) return false;
    if (KEPT_INSTRUCTIONS.has(target)) this.#append({ type: 'mark', target });
    this.#at = end + 2;
    return true;
  }
}

const DECLARATION =
  /^<\?xml\s+version\s*=\s*["']1\.\d["'](?:\s+encoding\s*=\s*["'][\w.:-]+["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>$/;

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09;
}

function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** The name without its prefix; undefined for names that namespaces do not allow. */
function localName(name: string): string | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const local = name.slice(colon + 1);
  return colon === 0 || !/^[A-Za-z_][\w.-]*$/.test(local) ? undefined : local;
}

/** Index of the `>` that ends a document type declaration, its internal subset included, or -1. */
function doctypeEnd(text: string, from: number): number {
  let quote = 0;
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 0x22 || code === 0x27) quote = code;
    else if (code === 0x3c && text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4);
      if (end < 0) return -1;
      at = end + 2;
    } else if (code === 0x5b) depth += 1;
    else if (code === 0x5d) depth -= 1;
    else if (code === 0x3e && depth === 0) return at;
  }
  return -1;
}
