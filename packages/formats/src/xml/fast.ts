import { charactersOf, isPlain, isWhite, NEWLINE_TEXT, textNode } from './characters.js';
import { readDoctype } from './doctype.js';
import { createEntityResolver, type EntityResolver } from './entities.js';
import { KEPT_INSTRUCTIONS, type ParsedXml, XML_LIMITS } from './limits.js';
import { isNameAt, nameAt, type XmlName } from './names.js';
import { noteNames, type XmlElement, type XmlNode } from './tree.js';

/** What a byte means to the text it stands in: 0 is a letter. For letters and blanks it is also the number of blanks. */
const BLANK = 1;
const BREAK = 2;
const LESS = 3;
const AMPERSAND = 4;
/** Part of a character beyond ASCII. */
const WIDE = 5;
/** The first byte of, among others, the two characters XML forbids at the end of the basic plane. */
const LAST_WIDE = 6;
const BRACKET = 7;
const FORBIDDEN = 8;

const KINDS = new Uint8Array(256);
KINDS.fill(FORBIDDEN, 0, 0x20);
KINDS.fill(WIDE, 0x80);
KINDS[0x09] = BREAK;
KINDS[0x0a] = BREAK;
KINDS[0x20] = BLANK;
KINDS[0x3c] = LESS;
KINDS[0x26] = AMPERSAND;
KINDS[0x5d] = BRACKET;
KINDS[0xef] = LAST_WIDE;

/** What the fast way never accepts in comments, instructions and sections. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids exactly these
const UNUSUAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\]\]>/;
/** As a text: searching for a byte of a buffer by number is many times slower. */
const RETURN = '\r';
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Parses the plain part of XML that offices write, many times faster than the full parser, from valid UTF-8. Accepts
 * nothing that is not well-formed; undefined for whatever it does not know (then the full parser decides and names the
 * place).
 */
export function parseFast(bytes: Uint8Array): ParsedXml | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return new FastParser(buffer.indexOf(RETURN) < 0 ? buffer : withoutReturns(buffer)).parse();
}

/** Line ends as XML wants them: a line feed alone (XML 1.0, 2.11). */
function withoutReturns(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\r\n?/g, '\n'), 'latin1');
}

/**
 * One parse; a class because the position and the open elements are one state that every step moves on. The record
 * is held twice: as bytes, which are looked at, and as a text of one character a byte, from which pieces of plain
 * ASCII, nearly all there are, are cut without copying.
 */
class FastParser {
  readonly #bytes: Uint8Array;
  readonly #buffer: Buffer;
  readonly #text: string;
  readonly #open: XmlName[] = [];
  /** Local names of the elements met, each added once. */
  readonly #names = new Set<string>();
  readonly #record = nextRecord();
  readonly #openAttributes: Readonly<Record<string, string>>[] = [];
  /** Where the children of each open element begin among `#nodes`. */
  readonly #starts: number[] = [];
  /** The attributes of the tag being read, for finding one given twice. */
  readonly #attributeNames: XmlName[] = [];
  /** Finished nodes whose element is still open, outermost first; only the first `#count` are meant. */
  readonly #nodes: XmlNode[] = [];
  #count = 0;
  #at = 0;
  #root: XmlElement | undefined;
  #resolver: EntityResolver = createEntityResolver(new Map());
  #sawDoctype = false;

  constructor(buffer: Buffer) {
    this.#bytes = buffer;
    this.#buffer = buffer;
    this.#text = buffer.toString('latin1');
  }

  parse(): ParsedXml | undefined {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at];
      if (byte === 0x0a && bytes[this.#at + 1] === 0x3c && this.#open.length > 0) {
        this.#push(NEWLINE_TEXT);
        this.#at += 1;
      } else if (byte !== 0x3c) {
        if (!(this.#open.length === 0 ? this.#outside() : this.#characters())) return undefined;
      } else if (!this.#markup(bytes[this.#at + 1])) return undefined;
    }
    if (!this.#root || this.#open.length > 0) return undefined;
    noteNames(this.#root, this.#names);
    return { root: this.#root, unresolved: this.#resolver.unresolved };
  }

  /** White space before and after the root element, where nothing else may stand. */
  #outside(): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    while (isBlank(bytes[at])) at += 1;
    this.#at = at;
    return at >= bytes.length || bytes[at] === 0x3c;
  }

  /** Text up to the next tag, its references resolved. */
  #characters(): boolean {
    const bytes = this.#bytes;
    const end = bytes.length;
    let at = this.#at;
    let from = at;
    let text = '';
    let size = 0;
    let blanks = 0;
    /** 1 where the byte before was a blank. */
    let before = 0;
    let doubled = 0;
    let plain = true;
    let wide = false;
    for (; at < end; at += 1) {
      const kind = KINDS[bytes[at] as number] as number;
      // Letters and blanks, nearly all there is, are counted without a branch that would have to be foreseen.
      if (kind <= BLANK) {
        blanks += kind;
        doubled |= kind & before;
        before = kind;
        continue;
      }
      before = 0;
      if (kind === BREAK) {
        plain = false;
        blanks += 1;
      } else if (kind === WIDE) wide = true;
      else if (kind === LAST_WIDE) {
        if (bytes[at + 1] === 0xbf && (bytes[at + 2] as number) >= 0xbe) return false;
        wide = true;
      } else if (kind === BRACKET) {
        if (bytes[at + 1] === 0x5d && bytes[at + 2] === 0x3e) return false;
      } else if (kind === LESS) break;
      else if (kind === FORBIDDEN) return false;
      else {
        const piece = this.#piece(from, at, wide);
        this.#at = at;
        const reference = this.#reference();
        if (reference === undefined) return false;
        size += wide ? charactersOf(piece) : at - from - blanks;
        if (wide && !isPlain(piece)) plain = false;
        const code = reference.charCodeAt(0);
        if (reference.length === 1 && !isWhite(code)) size += 1;
        else {
          size += charactersOf(reference);
          plain = false;
        }
        text += piece + reference;
        at = this.#at - 1;
        from = this.#at;
        blanks = 0;
        wide = false;
      }
    }
    const rest = this.#piece(from, at, wide);
    this.#at = at;
    size += wide ? charactersOf(rest) : at - from - blanks;
    if (doubled !== 0 || (wide && !isPlain(rest))) plain = false;
    if (text !== '' || at > from) this.#push({ type: 'text', text: text + rest, fate: 'unseen', size, plain });
    return true;
  }

  /** The text of a stretch of bytes. */
  #piece(from: number, to: number, wide: boolean): string {
    return wide ? this.#utf8(from, to) : this.#text.slice(from, to);
  }

  #utf8(from: number, to: number): string {
    return this.#buffer.toString('utf8', from, to);
  }

  #push(node: XmlNode): true {
    this.#nodes[this.#count] = node;
    this.#count += 1;
    return true;
  }

  /** What the reference at the position stands for, and moves on after it; undefined when it is not well-formed. */
  #reference(): string | undefined {
    const bytes = this.#bytes;
    const from = this.#at + 1;
    if (bytes[from] === 0x23) return this.#characterReference(from + 1);
    const end = this.#text.indexOf(';', from);
    if (end < 0) return undefined;
    const name = nameAt(bytes, from);
    if (!name || from + name.bytes.length !== end) return undefined;
    this.#at = end + 1;
    const { tag } = name;
    if (Object.hasOwn(PREDEFINED, tag)) return PREDEFINED[tag];
    return this.#resolver.resolve(tag) ?? `&${tag};`;
  }

  /** `&#38;` or `&#x26;`, its digits from `at` on. */
  #characterReference(at: number): string | undefined {
    const bytes = this.#bytes;
    const hex = bytes[at] === 0x78;
    const from = hex ? at + 1 : at;
    let to = from;
    let code = 0;
    for (; to - from < 8; to += 1) {
      const digit = digitOf(bytes[to] as number);
      if (digit < 0 || (!hex && digit > 9)) break;
      code = code * (hex ? 16 : 10) + digit;
    }
    if (to === from || bytes[to] !== 0x3b || to - from > (hex ? 6 : 7) || !isCharacter(code)) return undefined;
    this.#at = to + 1;
    return characterOf(code);
  }

  #markup(byte: number | undefined): boolean {
    if (byte === 0x2f) return this.#endTag();
    if (byte === 0x21) return this.#declaration();
    return byte === 0x3f ? this.#instruction() : this.#startTag();
  }

  #endTag(): boolean {
    const bytes = this.#bytes;
    const name = this.#open.pop();
    const attributes = this.#openAttributes.pop();
    const start = this.#starts.pop();
    if (!name || !attributes || start === undefined || !isNameAt(bytes, this.#at + 2, name)) return false;
    let at = this.#at + 2 + name.bytes.length;
    while (isBlank(bytes[at])) at += 1;
    if (bytes[at] !== 0x3e) return false;
    this.#at = at + 1;
    this.#close(name, attributes, start);
    return true;
  }

  /** Makes the element whose last child has come: its list is made at its true length, and once. */
  #close(name: XmlName, attributes: Readonly<Record<string, string>>, start: number): void {
    const nodes = this.#nodes;
    const only = nodes[start];
    const children = this.#count === start + 1 && only ? [only] : nodes.slice(start, this.#count);
    this.#count = start;
    const element: XmlElement = { type: 'element', name: name.local ?? '', attributes, children, seen: false };
    if (this.#open.length === 0) this.#root = element;
    else this.#push(element);
  }

  #startTag(): boolean {
    const bytes = this.#bytes;
    if (this.#open.length === 0 && this.#root) return false;
    if (this.#open.length >= XML_LIMITS.depth) return false;
    const name = nameAt(bytes, this.#at + 1);
    if (name?.local === undefined) return false;
    if (name.record !== this.#record) {
      name.record = this.#record;
      this.#names.add(name.local);
    }
    this.#at += 1 + name.bytes.length;
    const attributes = bytes[this.#at] === 0x3e ? NO_ATTRIBUTES : this.#attributes();
    if (!attributes) return false;
    const isEmpty = bytes[this.#at] === 0x2f;
    if (isEmpty) this.#at += 1;
    if (bytes[this.#at] !== 0x3e) return false;
    this.#at += 1;
    if (isEmpty) this.#close(name, attributes, this.#count);
    else {
      this.#open.push(name);
      this.#openAttributes.push(attributes);
      this.#starts.push(this.#count);
    }
    return true;
  }

  /** The attributes from the position on; stops at the `>` or `/` behind them. */
  #attributes(): Record<string, string> | undefined {
    const bytes = this.#bytes;
    const attributes: Record<string, string> = {};
    const names = this.#attributeNames;
    let count = 0;
    for (;;) {
      const before = this.#at;
      this.#skipBlanks();
      const byte = bytes[this.#at];
      if (byte === 0x3e || byte === 0x2f) return attributes;
      const name = this.#at > before ? nameAt(bytes, this.#at) : undefined;
      if (!name || count >= XML_LIMITS.attributes || isAmong(names, count, name)) return undefined;
      names[count] = name;
      count += 1;
      this.#at += name.bytes.length;
      this.#skipBlanks();
      if (bytes[this.#at] !== 0x3d) return undefined;
      this.#at += 1;
      this.#skipBlanks();
      const value = this.#attributeValue();
      if (value === undefined) return undefined;
      if (name.isDeclaration) continue;
      if (name.local === undefined) return undefined;
      attributes[name.local] = value;
    }
  }

  #skipBlanks(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (isBlank(bytes[at])) at += 1;
    this.#at = at;
  }

  #attributeValue(): string | undefined {
    const bytes = this.#bytes;
    const quote = bytes[this.#at];
    if (quote !== 0x22 && quote !== 0x27) return undefined;
    const from = this.#at + 1;
    let simple = true;
    let to = from;
    for (; to < bytes.length && bytes[to] !== quote; to += 1) {
      const kind = KINDS[bytes[to] as number] as number;
      if (kind <= BLANK) continue;
      if (kind === LESS || kind === FORBIDDEN) return undefined;
      if (kind !== BRACKET) simple = false;
    }
    if (to >= bytes.length || to - from > XML_LIMITS.attributeLength) return undefined;
    const value = simple ? this.#text.slice(from, to) : this.#decoded(from, to);
    this.#at = to + 1;
    return value;
  }

  /** An attribute's value with references resolved and white space as blanks (XML 1.0, 3.3.3). */
  #decoded(from: number, to: number): string | undefined {
    let text = '';
    let start = from;
    for (let at = this.#text.indexOf('&', from); at >= 0 && at < to; at = this.#text.indexOf('&', start)) {
      text += this.#utf8(start, at).replace(/[\n\t]/g, ' ');
      this.#at = at;
      const reference = this.#reference();
      if (reference === undefined || this.#at > to) return undefined;
      text += reference;
      start = this.#at;
    }
    text += this.#utf8(start, to).replace(/[\n\t]/g, ' ');
    return /[\ufffe\uffff]/.test(text) ? undefined : text;
  }

  #declaration(): boolean {
    const text = this.#text;
    if (text.startsWith('<!--', this.#at)) {
      const end = text.indexOf('--', this.#at + 4);
      if (end < 0 || text.charCodeAt(end + 2) !== 0x3e) return false;
      if (UNUSUAL.test(this.#utf8(this.#at, end))) return false;
      this.#at = end + 3;
      return true;
    }
    if (text.startsWith('<![CDATA[', this.#at)) return this.#section();
    return text.startsWith('<!DOCTYPE', this.#at) && this.#doctype();
  }

  #section(): boolean {
    const from = this.#at + 9;
    const end = this.#text.indexOf(']]>', from);
    if (end < 0 || this.#open.length === 0) return false;
    const content = this.#utf8(from, end);
    if (UNUSUAL.test(content)) return false;
    this.#at = end + 3;
    return content === '' || this.#push(textNode(content));
  }

  #doctype(): boolean {
    if (this.#root || this.#open.length > 0 || this.#sawDoctype) return false;
    this.#sawDoctype = true;
    const from = this.#at + 9;
    const end = doctypeEnd(this.#text, from);
    if (end < 0 || end - from > XML_LIMITS.doctypeLength) return false;
    const content = this.#utf8(from, end);
    if (UNUSUAL.test(content)) return false;
    this.#resolver = createEntityResolver(readDoctype(content).entities);
    this.#at = end + 1;
    return true;
  }

  #instruction(): boolean {
    const text = this.#text;
    const target = nameAt(this.#bytes, this.#at + 2)?.tag;
    const end = text.indexOf('?>', this.#at + 2);
    if (target === undefined || end < 0 || UNUSUAL.test(this.#utf8(this.#at, end))) return false;
    // The declaration of XML stands at the very start or nowhere.
    if (target.toLowerCase() === 'xml' && (this.#at !== 0 || target !== 'xml')) return false;
    if (target === 'xml' && !DECLARATION.test(text.slice(0, end + 2))) return false;
    const after = this.#at + 2 + target.length;
    if (!isBlank(this.#bytes[after]) && end !== after) return false;
    if (KEPT_INSTRUCTIONS.has(target) && this.#open.length > 0) this.#push({ type: 'mark', target });
    this.#at = end + 2;
    return true;
  }
}

function isAmong(names: readonly XmlName[], count: number, name: XmlName): boolean {
  for (let i = 0; i < count; i += 1) if (names[i]?.tag === name.tag) return true;
  return false;
}

/** As XML 1.0 (2.8) has it: each value between quotes of one kind, the name of an encoding beginning with a letter. */
const DECLARATION =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])[A-Za-z][\w.-]*\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>$/;

let records = 0;

function nextRecord(): number {
  records = (records + 1) % 0x3fffffff;
  return records;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09;
}

/** The value of a hexadecimal digit, or -1. */
function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Characters made before; the same few stand in all records. */
const made: string[] = [];

function characterOf(code: number): string {
  if (code >= 0x3000) return String.fromCodePoint(code);
  made[code] ??= String.fromCharCode(code);
  return made[code] as string;
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
