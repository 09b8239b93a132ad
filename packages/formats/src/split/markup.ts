/** Byte-level looking for markup. Every position is an index into the bytes given. */

const LT = 0x3c;
const GT = 0x3e;
const COLON = 0x3a;

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Index of the next `<` at or after a position, or -1. */
export function nextTag(bytes: Uint8Array, from: number): number {
  return bytes.indexOf(LT, from);
}

/** Bytes, and the memory they lie in as words of four bytes. */
export interface Words {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** Where the bytes begin in that memory. */
  readonly base: number;
}

export function wordsOf(bytes: Uint8Array): Words {
  const { buffer, byteOffset: base } = bytes;
  return { bytes, words: new Int32Array(buffer, 0, buffer.byteLength >>> 2), base };
}

/** Four times the byte of `<`. */
const LT_WORD = 0x3c3c3c3c;

/** Index of the next `<`, looked for four bytes at a time; `end` or more when there is none before it. */
export function nextTagBefore({ bytes, words, base }: Words, from: number, end: number): number {
  let at = from;
  for (; at < end && ((base + at) & 3) !== 0; at += 1) if (bytes[at] === LT) return at;
  const last = (base + end) >>> 2;
  for (let word = (base + at) >>> 2; word < last; word += 1, at += 4) {
    const difference = (words[word] as number) ^ LT_WORD;
    // Not zero where one of the four differences is (Warren, Hacker's Delight, 6-1).
    if (((difference - 0x01010101) & ~difference & 0x80808080) !== 0) break;
  }
  while (at < end && bytes[at] !== LT) at += 1;
  return at;
}

export function startsWith(bytes: Uint8Array, at: number, ascii: string): boolean {
  for (let i = 0; i < ascii.length; i += 1) if (bytes[at + i] !== ascii.charCodeAt(i)) return false;
  return true;
}

/** Index of an ASCII string, or -1. */
export function find(bytes: Uint8Array, ascii: string, from: number): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(ascii, from, 'latin1');
}

export interface TagName {
  /** Index after the name. */
  readonly end: number;
  /** Index where the local name begins, after a prefix. */
  readonly local: number;
}

/** The element name at a position. */
export function tagName(bytes: Uint8Array, at: number): TagName {
  let local = at;
  let end = at;
  for (; end < bytes.length; end += 1) {
    const byte = bytes[end] as number;
    if (byte === COLON) local = end + 1;
    else if (byte === GT || byte === 0x2f || byte <= 0x20) break;
  }
  return { end, local };
}

/** The bytes as ASCII; empty where the stretch lies outside them, as in a file shorter than a mark within it. */
export function ascii(bytes: Uint8Array, from: number, to: number): string {
  if (from >= to || to > bytes.length) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}

/** Index after the `>` that ends a tag, attribute values respected, or -1. */
export function tagEnd(bytes: Uint8Array, from: number): number {
  let quote = 0;
  for (let i = from; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === GT) return i + 1;
  }
  return -1;
}

/** Index after a document type declaration that begins at `from`, its internal subset included, or -1. */
export function doctypeEnd(bytes: Uint8Array, from: number): number {
  let quote = 0;
  let depth = 0;
  for (let i = from; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (quote !== 0) {
      if (byte === quote) quote = 0;
    } else if (byte === 0x22 || byte === 0x27) quote = byte;
    else if (byte === LT && startsWith(bytes, i, '<!--')) {
      const end = find(bytes, '-->', i + 4);
      if (end < 0) return -1;
      i = end + 2;
    } else if (byte === 0x5b) depth += 1;
    else if (byte === 0x5d) depth -= 1;
    else if (byte === GT && depth <= 0) return i + 1;
  }
  return -1;
}

/** Attributes of a start tag by local name; namespace declarations are not attributes. */
export function tagAttributes(tag: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    attributes[name.slice(name.indexOf(':') + 1)] = double ?? single ?? '';
  }
  return attributes;
}
