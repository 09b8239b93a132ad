import { inflateSync } from 'node:zlib';
import { imageDamaged, imageUnsupported } from './refusal.js';

/** A reference to another object, by its number. */
interface PdfReference {
  readonly ref: number;
}
/** A name such as `/Page`, without the slash. */
export interface PdfName {
  readonly name: string;
}
export type PdfDictionary = { readonly [key: string]: PdfValue };
export type PdfValue = null | boolean | number | string | PdfName | PdfReference | readonly PdfValue[] | PdfDictionary;

/** An object of a file, with the bytes of its stream when it has one. */
export interface PdfObject {
  readonly value: PdfValue;
  readonly stream?: Uint8Array;
}

const DELIMITERS = '()<>[]{}/% \t\r\n\f\0';
const MOST_DEPTH = 100;

/** Reads values (ISO 32000-1, section 7.3) from a text of one character a byte, from a place on. */
function createParser(text: string, start: number) {
  let at = start;
  const skipBlank = (): void => {
    for (;;) {
      while (at < text.length && ' \t\r\n\f\0'.includes(text[at] ?? 'x')) at += 1;
      if (text[at] !== '%') return;
      while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
    }
  };
  const word = (): string => {
    const from = at;
    while (at < text.length && !DELIMITERS.includes(text[at] ?? ' ')) at += 1;
    return text.slice(from, at);
  };
  const literal = (): string => {
    let depth = 1;
    const from = ++at;
    for (; at < text.length && depth > 0; at += 1) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '(') depth += 1;
      else if (text[at] === ')') depth -= 1;
    }
    return text.slice(from, at - 1);
  };
  const list = (depth: number): PdfValue[] => {
    const values: PdfValue[] = [];
    for (;;) {
      skipBlank();
      if (at >= text.length) throw imageDamaged('a list in the PDF has no end');
      if (text[at] === ']') break;
      values.push(value(depth + 1));
    }
    at += 1;
    return values;
  };
  const dictionary = (depth: number): PdfDictionary => {
    const entries: [string, PdfValue][] = [];
    at += 2;
    for (;;) {
      skipBlank();
      if (text.startsWith('>>', at)) break;
      if (text[at] !== '/') throw imageDamaged(`a dictionary in the PDF is broken at byte ${at}`);
      at += 1;
      const key = word();
      entries.push([key, value(depth + 1)]);
    }
    at += 2;
    return Object.fromEntries(entries);
  };
  const value = (depth = 0): PdfValue => {
    if (depth > MOST_DEPTH) throw imageDamaged('values in the PDF are nested too deep');
    skipBlank();
    const first = text[at];
    if (first === '/') {
      at += 1;
      return { name: word() };
    }
    if (first === '(') return literal();
    if (first === '[') {
      at += 1;
      return list(depth);
    }
    if (text.startsWith('<<', at)) return dictionary(depth);
    if (first === '<') {
      const end = text.indexOf('>', at);
      const hex = text.slice(at + 1, end < 0 ? text.length : end);
      at = end < 0 ? text.length : end + 1;
      return hex;
    }
    const reference = /^(\d+)\s+\d+\s+R\b/.exec(text.slice(at, at + 32));
    if (reference) {
      at += reference[0].length;
      return { ref: Number(reference[1]) };
    }
    const plain = word();
    if (plain === '') throw imageDamaged(`a value in the PDF is broken at byte ${at}`);
    if (plain === 'true' || plain === 'false') return plain === 'true';
    return /^[+-]?[\d.]+$/.test(plain) ? Number(plain) : null;
  };
  return { value: () => value(), at: () => at, skipBlank };
}

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('ref' in value) && !('name' in value);

export const nameOf = (value: PdfValue | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value ? (value as PdfName).name : undefined;

/** The objects of a file by number, and the way from one to another. */
export interface PdfFile {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly root: PdfDictionary;
  /** What a value stands for, references followed. */
  get(value: PdfValue | undefined): PdfValue | undefined;
  object(value: PdfValue | undefined): PdfObject | undefined;
}

const MOST_OBJECTS = 500_000;
const MOST_UNPACKED = 64 * 1024 * 1024;

/**
 * Reads the objects of a PDF by looking for them from its start to its end, so that a broken table of references
 * does not matter. Throws `image.refused` for files that are cut off or encrypted.
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString('latin1');
  if (!text.includes('%%EOF', Math.max(0, text.length - 4096))) throw imageDamaged('the PDF has no end');
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) throw imageUnsupported('the PDF is encrypted');
  const objects = new Map<number, PdfObject>();
  const heads = /(\d{1,10})\s+\d{1,5}\s+obj\b/g;
  for (let match = heads.exec(text); match; match = heads.exec(text)) {
    if (objects.size > MOST_OBJECTS) throw imageUnsupported(`the PDF has more than ${MOST_OBJECTS} objects`);
    const found = readObject(text, file, heads.lastIndex, objects);
    objects.set(Number(match[1]), found.object);
    heads.lastIndex = found.end;
  }
  let unpacked = 0;
  for (const { value, stream } of [...objects.values()]) {
    if (!isDictionary(value) || nameOf(value['Type']) !== 'ObjStm' || !stream) continue;
    const inner = inflatePdf(stream, MOST_UNPACKED - unpacked).toString('latin1');
    unpacked += inner.length;
    addPacked(inner, value, objects);
  }
  const object = (value: PdfValue | undefined): PdfObject | undefined =>
    typeof value === 'object' && value !== null && 'ref' in value
      ? objects.get((value as PdfReference).ref)
      : value === undefined
        ? undefined
        : { value };
  const get = (value: PdfValue | undefined): PdfValue | undefined => object(value)?.value;
  const root = [...objects.values()]
    .map(({ value }) => value)
    .findLast((value) => isDictionary(value) && nameOf(value['Type']) === 'Catalog');
  if (!isDictionary(root)) throw imageDamaged('the PDF has no catalogue of its pages');
  return { objects, root, get, object };
}

function readObject(text: string, file: Buffer, start: number, known: ReadonlyMap<number, PdfObject>) {
  const parser = createParser(text, start);
  const value = parser.value();
  parser.skipBlank();
  if (!isDictionary(value) || !text.startsWith('stream', parser.at())) return { object: { value }, end: parser.at() };
  const from = parser.at() + (text.startsWith('stream\r\n', parser.at()) ? 8 : 7);
  const given = value['Length'];
  const length = typeof given === 'number' ? given : lengthOf(given, known, text);
  const fits = length !== undefined && /^\s*endstream/.test(text.slice(from + length, from + length + 16));
  const end = fits ? from + length : text.indexOf('endstream', from);
  if (end < 0) throw imageDamaged('a stream of the PDF is cut off');
  return { object: { value, stream: file.subarray(from, end) }, end };
}

function lengthOf(
  given: PdfValue | undefined,
  known: ReadonlyMap<number, PdfObject>,
  text: string,
): number | undefined {
  if (typeof given !== 'object' || given === null || !('ref' in given)) return undefined;
  const number = (given as PdfReference).ref;
  const value = known.get(number)?.value;
  if (typeof value === 'number') return value;
  const later = new RegExp(`\\b${number}\\s+0\\s+obj\\s+(\\d+)\\s+endobj`).exec(text)?.[1];
  return later === undefined ? undefined : Number(later);
}

/** Objects that stand together in one packed stream. */
function addPacked(inner: string, { N, First }: PdfDictionary, objects: Map<number, PdfObject>): void {
  if (typeof N !== 'number' || typeof First !== 'number') return;
  const numbers = (inner.slice(0, First).match(/\d+/g) ?? []).map(Number);
  for (let i = 0; i < Math.min(N, numbers.length / 2); i += 1) {
    const number = numbers[2 * i] ?? 0;
    if (!objects.has(number))
      objects.set(number, { value: createParser(inner, First + (numbers[2 * i + 1] ?? 0)).value() });
  }
}

/** Unpacks Deflate data to at most `limit` bytes. */
export function inflatePdf(data: Uint8Array, limit: number): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, limit) });
  } catch {
    throw imageDamaged('packed data of the PDF cannot be unpacked, or unpacks to too much');
  }
}
