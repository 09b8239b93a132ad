import { createByteQueue } from './buffer.js';
import { declaredEncoding, type FileEncoding, sourceLength } from './encoding.js';
import {
  ascii,
  doctypeEnd,
  find,
  isSpace,
  nextTag,
  nextTagBefore,
  startsWith,
  tagAttributes,
  tagEnd,
  tagName,
  type Words,
  wordsOf,
} from './markup.js';
import { MAX_RECORD_BYTES, type Refused, type Split, type Splitter } from './record.js';

/** Bytes that must be at hand after a `<` before it can be judged. */
const LOOKAHEAD = 700;
const MAX_TAG = 1024 * 1024;
/** Longest piece of a query that is kept. */
const MAX_QUERY = 2000;
const MAX_DOCTYPE = 4 * 1024 * 1024;

export interface XmlSplitterOptions {
  /** Local names of the elements that are records. */
  readonly roots: ReadonlySet<string>;
  /** Record elements that may stand inside another record and then belong to it, by the name of that record. */
  readonly inner?: ReadonlyMap<string, ReadonlySet<string>>;
  readonly encoding?: FileEncoding;
  /** Place in the file of the first byte pushed. */
  readonly start?: number;
  readonly maxRecordBytes?: number;
}

/** An element around records, with the attributes it gives them. */
interface Wrapper {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

/** What a search was for stands in an element before its hits; they are given it as an attribute of that name. */
const TOLD = 'query';

/** Whether scanning can go on, or needs more bytes. */
type Step = 'go on' | 'wait';

/**
 * Cuts XML into records: documents strung together with a declaration each (USPTO), or record elements inside
 * a wrapper (DOCDB). A record ends at its end tag, or where the next one begins, so that a broken record never
 * takes the next one with it. Comments, CDATA sections and document types are stepped over.
 */
export function createXmlSplitter(options: XmlSplitterOptions): Splitter {
  return new XmlSplitter(options);
}

class XmlSplitter implements Splitter {
  readonly #queue = createByteQueue();
  #words: Words = wordsOf(new Uint8Array());
  readonly #roots: ReadonlySet<string>;
  readonly #inner: ReadonlyMap<string, ReadonlySet<string>>;
  /** For every byte the lengths of the roots' names that begin with it, as bits. */
  readonly #lengths: Int32Array;
  readonly #encoding: FileEncoding;
  readonly #limit: number;
  /** Place in the file of the first byte held. */
  #base: number;
  /** Where scanning goes on, in the bytes held. */
  #at = 0;
  #final = false;
  #out: Split[] = [];
  /** Where the XML declaration of the coming record begins. */
  #prologue: number | undefined;
  #declared: string | undefined;
  #wrappers: Wrapper[] = [];
  /** The open record, the name its end tag must have, and how much of it was dropped for being too large. */
  #record: { from: number; tag: string; root: string; dropped: number } | undefined;
  #stray: { offset: number; length: number; root: string | undefined } | undefined;

  constructor(options: XmlSplitterOptions) {
    this.#roots = options.roots;
    this.#lengths = lengthsOf(options.roots);
    this.#inner = options.inner ?? new Map();
    this.#encoding = options.encoding ?? 'bytes';
    this.#limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
    this.#base = options.start ?? 0;
  }

  push(chunk: Uint8Array): Split[] {
    this.#queue.append(chunk);
    this.#run();
    return this.#take();
  }

  end(): Split[] {
    this.#final = true;
    this.#run();
    const held = this.#bytes.length;
    if (this.#record) this.#emit(held);
    else if (this.#prologue !== undefined) this.#addStray(this.#prologue, held);
    this.#closeStray();
    return this.#take();
  }

  get #bytes(): Uint8Array {
    return this.#queue.bytes;
  }

  #take(): Split[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #run(): void {
    while (this.#step() === 'go on');
    this.#shed();
  }

  /** Drops what is no longer needed: bytes outside records, and the inside of a record that is too large. */
  #shed(): void {
    if (!this.#record) this.#drop(Math.min(this.#at, this.#prologue ?? this.#at));
    else if (this.#record.dropped > 0 || this.#at - this.#record.from > this.#limit) {
      const count = this.#at - this.#record.from;
      this.#record.dropped += sourceLength(this.#bytes.subarray(this.#record.from, this.#at), this.#encoding);
      this.#drop(this.#record.from + count);
      this.#record.from = 0;
    }
  }

  #drop(count: number): void {
    this.#base += sourceLength(this.#bytes.subarray(0, count), this.#encoding);
    this.#queue.drop(count);
    this.#at -= count;
    if (this.#prologue !== undefined) this.#prologue -= count;
    if (this.#record) this.#record.from -= count;
  }

  #offset(index: number): number {
    return this.#base + sourceLength(this.#bytes.subarray(0, index), this.#encoding);
  }

  #step(): Step {
    const bytes = this.#bytes;
    const open = this.#record ? this.#nextOfNote(bytes, this.#record.tag) : nextTag(bytes, this.#at);
    if (open < 0) {
      if (!this.#record) this.#strayText(this.#at, bytes.length);
      this.#at = bytes.length;
      return 'wait';
    }
    if (!this.#record) this.#strayText(this.#at, open);
    this.#at = open;
    if (!this.#final && bytes.length - open < LOOKAHEAD) return 'wait';
    const next = bytes[open + 1];
    if (next === 0x21) return this.#bang(open);
    if (next === 0x3f) return this.#instruction(open);
    return next === 0x2f ? this.#endTag(open) : this.#startTag(open);
  }

  /**
   * Index of the next `<` inside a record that can matter to it: its end tag, a root element, a comment, a section or
   * an instruction. All other tags, nearly all there are, are passed over without a step of their own.
   */
  #nextOfNote(bytes: Uint8Array, tag: string): number {
    const first = tag.charCodeAt(0);
    const judged = bytes.length - 2;
    if (this.#words.bytes !== bytes) this.#words = wordsOf(bytes);
    const words = this.#words;
    for (let at = nextTagBefore(words, this.#at, judged); at < judged; at = nextTagBefore(words, at + 1, judged)) {
      const next = bytes[at + 1] as number;
      if (next === 0x2f) {
        if (bytes[at + 2] === first && (startsWith(bytes, at + 2, tag) || at + 2 + tag.length > bytes.length))
          return at;
      } else if (next === 0x21 || next === 0x3f || this.#mayBeRoot(bytes, at + 1)) return at;
    }
    return nextTag(bytes, Math.max(this.#at, judged));
  }

  /** True when the name that begins here is a root's, or does not end within the bytes at hand. */
  #mayBeRoot(bytes: Uint8Array, from: number): boolean {
    let local = from;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      if (byte === 0x3a) local = at + 1;
      else if (byte === 0x3e || byte === 0x2f || byte <= 0x20) {
        const lengths = this.#lengths[bytes[local] as number] as number;
        return (lengths & lengthBit(at - local)) !== 0 && this.#roots.has(ascii(bytes, local, at));
      }
    }
    return true;
  }

  #bang(open: number): Step {
    const bytes = this.#bytes;
    if (startsWith(bytes, open, '<!--')) return this.#stepOver(open, 4, after(bytes, '-->', open + 4), this.#limit);
    if (startsWith(bytes, open, '<![CDATA['))
      return this.#stepOver(open, 9, after(bytes, ']]>', open + 9), this.#limit);
    if (!this.#record && startsWith(bytes, open, '<!DOCTYPE')) {
      this.#prologue ??= open;
      return this.#stepOver(open, 9, doctypeEnd(bytes, open + 9), MAX_DOCTYPE);
    }
    this.#at = open + 2;
    return 'go on';
  }

  #instruction(open: number): Step {
    const bytes = this.#bytes;
    if (startsWith(bytes, open, '<?xml') && isSpace(bytes[open + 5])) return this.#declaration(open);
    return this.#stepOver(open, 2, after(bytes, '?>', open + 2), MAX_TAG);
  }

  /** Steps over a construct that ends at `end`; one that never ends, or that hides a new document, is stepped into. */
  #stepOver(open: number, length: number, end: number, limit: number): Step {
    const boundary = this.#documentIn(open + length, end < 0 ? this.#bytes.length : end);
    if (boundary >= 0) this.#at = boundary;
    else if (end >= 0) this.#at = end;
    else if (this.#final || this.#bytes.length - open > limit) this.#at = open + length;
    else return 'wait';
    return 'go on';
  }

  /** A declaration that a document type or a record follows starts a document wherever it stands. */
  #documentIn(from: number, to: number): number {
    const bytes = this.#bytes;
    const within = bytes.subarray(0, Math.min(bytes.length, to + 4));
    for (let at = find(within, '<?xml', from); at >= 0; at = find(within, '<?xml', at + 5)) {
      const end = isSpace(bytes[at + 5]) ? find(bytes.subarray(0, at + LOOKAHEAD), '?>', at) : -1;
      if (end < 0) continue;
      let next = end + 2;
      while (isSpace(bytes[next])) next += 1;
      if (bytes[next] !== 0x3c) continue;
      if (startsWith(bytes, next, '<!DOCTYPE') || this.#roots.has(localName(bytes, next + 1))) return at;
    }
    return -1;
  }

  #declaration(open: number): Step {
    if (this.#record) {
      this.#emit(open);
      return 'go on';
    }
    const bytes = this.#bytes;
    const end = find(bytes, '?>', open);
    if (end < 0 && !this.#final && bytes.length - open < MAX_TAG) return 'wait';
    if (this.#prologue !== undefined) this.#addStray(this.#prologue, open);
    this.#closeStray();
    this.#wrappers = [];
    this.#declared = declaredEncoding(bytes.subarray(open));
    this.#prologue = open;
    this.#at = end < 0 ? open + 5 : end + 2;
    return 'go on';
  }

  #endTag(open: number): Step {
    const bytes = this.#bytes;
    const { end } = tagName(bytes, open + 2);
    const tag = ascii(bytes, open + 2, end);
    if (this.#record && tag !== this.#record.tag) {
      this.#at = end;
      return 'go on';
    }
    const close = tagEnd(bytes, end);
    if (close < 0 && !this.#final && bytes.length - open < MAX_TAG) return 'wait';
    const to = close < 0 ? bytes.length : close;
    if (this.#record) this.#emit(to);
    else this.#closeWrapper(tag, open, to);
    return 'go on';
  }

  #closeWrapper(tag: string, open: number, to: number): void {
    const depth = this.#wrappers.findLastIndex((wrapper) => wrapper.name === tag);
    if (depth < 0) {
      if (this.#wrappers.length === 0) this.#addStray(open, to);
    } else this.#wrappers.length = depth;
    this.#at = to;
    if (this.#wrappers.length === 0 && this.#stray?.root !== undefined) {
      this.#stray.length = this.#offset(to) - this.#stray.offset;
      this.#closeStray();
    }
  }

  #startTag(open: number): Step {
    const bytes = this.#bytes;
    const name = tagName(bytes, open + 1);
    const local = ascii(bytes, name.local, name.end);
    const isRoot = this.#roots.has(local);
    if (this.#record) {
      // The record before lost its end tag.
      if (isRoot && !this.#inner.get(this.#record.root)?.has(local)) this.#emit(open);
      else this.#at = name.end;
      return 'go on';
    }
    const tag = ascii(bytes, open + 1, name.end);
    if (!isRoot) return this.#openWrapper(tag, open);
    if (this.#stray?.root === undefined) this.#closeStray();
    this.#stray = undefined;
    this.#record = { from: this.#prologue ?? open, tag, root: local, dropped: 0 };
    this.#prologue = undefined;
    this.#at = name.end;
    return 'go on';
  }

  #openWrapper(tag: string, open: number): Step {
    const bytes = this.#bytes;
    const end = tagEnd(bytes, open);
    if (end < 0 && !this.#final && bytes.length - open < MAX_TAG) return 'wait';
    const to = end < 0 ? open + 1 + tag.length : end;
    if (this.#wrappers.length === 0) this.#addStray(this.#prologue ?? open, to, tag);
    if (bytes[to - 2] !== 0x2f) this.#wrappers.push({ name: tag, attributes: tagAttributes(ascii(bytes, open, to)) });
    else if (this.#wrappers.length === 0) this.#closeStray();
    this.#prologue = undefined;
    this.#at = Math.max(to, open + 1);
    return 'go on';
  }

  /** Ends the open record before `to`; scanning goes on there, with `to` as the first byte held. */
  #emit(to: number): void {
    if (!this.#record) return;
    const { from, root, dropped } = this.#record;
    const offset = this.#offset(from) - dropped;
    if (dropped > 0 || to - from > this.#limit) {
      const length = dropped + to - from;
      this.#refuse('record.too_large', `The record is larger than ${this.#limit} bytes.`, offset, length);
    } else {
      const context = Object.assign({}, ...this.#wrappers.map((wrapper) => wrapper.attributes));
      const bytes = this.#queue.cut(from, to);
      this.#out.push({ kind: 'record', bytes, offset, root, context, encoding: this.#declared });
    }
    this.#record = undefined;
    this.#at = to;
    this.#drop(to);
  }

  #strayText(from: number, to: number): void {
    if (this.#wrappers.length > 0) this.#tellHits(from, to);
    if (this.#wrappers.length > 0 || from >= to) return;
    const bytes = this.#bytes;
    let start = from;
    while (start < to && (isSpace(bytes[start]) || bytes[start] === 0)) start += 1;
    if (start < to) this.#addStray(start, to);
  }

  /** Text between tags outside records: kept where it says what the records to come are an answer to. */
  #tellHits(from: number, to: number): void {
    const [search, told] = this.#wrappers.slice(-2);
    if (from >= to || !search || told?.name.replace(/^.*:/, '') !== TOLD) return;
    const before = search.attributes[TOLD] ?? '';
    if (before.length < MAX_QUERY)
      search.attributes[TOLD] = before + ascii(this.#bytes, from, Math.min(to, from + MAX_QUERY));
  }

  #addStray(from: number, to: number, root?: string): void {
    const length = sourceLength(this.#bytes.subarray(from, to), this.#encoding);
    if (this.#stray && root === undefined) this.#stray.length += length;
    else {
      this.#closeStray();
      this.#stray = { offset: this.#offset(from), length, root };
    }
  }

  #closeStray(): void {
    if (!this.#stray) return;
    const { offset, length, root } = this.#stray;
    this.#stray = undefined;
    if (root === undefined)
      this.#refuse('record.malformed', 'Bytes stand here that belong to no record.', offset, length);
    else
      this.#refuse(
        'record.unknown_format',
        `No reader takes documents whose root element is <${root}>.`,
        offset,
        length,
      );
  }

  #refuse(code: Refused['code'], message: string, offset: number, length: number): void {
    this.#out.push({ kind: 'refused', code, message, offset, length });
  }
}

const known = new WeakMap<ReadonlySet<string>, Int32Array>();

function lengthsOf(roots: ReadonlySet<string>): Int32Array {
  let lengths = known.get(roots);
  if (!lengths) {
    lengths = new Int32Array(256);
    for (const root of roots) {
      const first = root.charCodeAt(0) & 0xff;
      lengths[first] = (lengths[first] ?? 0) | lengthBit(root.length);
    }
    known.set(roots, lengths);
  }
  return lengths;
}

/** The bit that stands for a length; all of 31 and more share the last. */
function lengthBit(length: number): number {
  return 1 << Math.min(length, 31);
}

function after(bytes: Uint8Array, terminator: string, from: number): number {
  const at = find(bytes, terminator, from);
  return at < 0 ? -1 : at + terminator.length;
}

function localName(bytes: Uint8Array, at: number): string {
  const name = tagName(bytes, at);
  return ascii(bytes, name.local, name.end);
}
