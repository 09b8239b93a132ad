import { isUtf8 } from 'node:buffer';
import { QuanlianError } from '@quanlian/contract';
import { contraryTo, guessEncoding } from './misread.js';

/** How a file's bytes are to be read, as its byte order mark says. */
export type FileEncoding = 'bytes' | 'utf-16le' | 'utf-16be';

/** The encoding and length of the byte order mark at the start of a file. */
export function byteOrderMark(head: Uint8Array): { encoding: FileEncoding; length: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'bytes', length: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return { encoding: unmarkedUtf16(head) ?? 'bytes', length: 0 };
}

/** Plain characters at the start of a text in UTF-16: every other byte is zero. No other text has zero bytes there. */
function unmarkedUtf16(head: Uint8Array): FileEncoding | undefined {
  const start = head.subarray(0, UTF16_SEEN);
  if (start.length < UTF16_SEEN) return undefined;
  const isPlain = (byte: number | undefined): boolean =>
    byte !== undefined && (within(byte, 0x20, 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d);
  const shape = Array.from(start, (byte) => (byte === 0 ? '0' : isPlain(byte) ? 'x' : '?')).join('');
  if (/^(?:x0)+$/.test(shape)) return 'utf-16le';
  return /^(?:0x)+$/.test(shape) ? 'utf-16be' : undefined;
}

const UTF16_SEEN = 8;
const within = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to;

/** The encoding an XML declaration names, lower case; undefined when it names none. */
export function declaredEncoding(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 200)).toString('latin1');
  const match = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["'][^>]*\?>/.exec(text);
  return match?.[1]?.toLowerCase();
}

/** True when the bytes of a record are to be UTF-8 under the encoding its file names. */
export function isUtf8Label(encoding: string | undefined): encoding is undefined | `utf${string}` | 'us-ascii' {
  // A UTF-16 file arrives as UTF-8 already; its declaration still says UTF-16.
  return encoding === undefined || ['utf-8', 'utf8', 'us-ascii'].includes(encoding) || encoding.startsWith('utf-16');
}

/**
 * The text of a record. Bytes must be what the encoding says: a byte that is not refuses the record with its
 * place, since guessing would silently change words.
 */
export function decodeRecord(bytes: Uint8Array, encoding: string | undefined): string {
  if (isUtf8Label(encoding)) {
    if (!isUtf8(bytes)) {
      const at = firstInvalid(bytes);
      throw new QuanlianError(
        'record.encoding',
        `The record is not valid UTF-8: byte ${at} of the record is wrong.${looksLike(bytes)} Name its true encoding in the XML declaration, or for a table under "encoding" in the mapping.`,
      );
    }
    return new TextDecoder('utf-8').decode(bytes);
  }
  const contrary = contraryTo(encoding, bytes);
  if (contrary) {
    throw new QuanlianError(
      'record.encoding',
      `The record names the encoding "${encoding}", but it looks like ${contrary.name}. Name its true encoding in the XML declaration.`,
    );
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const why = `The record cannot be read as "${encoding}", the encoding it names.${looksLike(bytes)}`;
    throw new QuanlianError('record.encoding', why, { cause });
  }
}

function looksLike(bytes: Uint8Array): string {
  const guess = guessEncoding(bytes);
  return guess ? ` It looks like ${guess.name}.` : '';
}

/** Offset of the first byte that is not UTF-8, found by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(good, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // Step back to the start of a character, so that a cut in its middle does not look wrong.
    let start = middle;
    while (start > good && ((bytes[start] as number) & 0xc0) === 0x80) start -= 1;
    const end = start === good ? middle : start;
    if (decodes(end)) good = end;
    else bad = end;
  }
  return good;
}

/** Turns the chunks of a file into UTF-8 or leaves them as they are; the byte order mark is dropped. */
export async function* decodeChunks(
  chunks: AsyncIterable<Uint8Array>,
  encoding: FileEncoding,
  markLength: number,
): AsyncGenerator<Uint8Array> {
  let skip = markLength;
  const decoder = encoding === 'bytes' ? undefined : new TextDecoder(encoding, { ignoreBOM: true });
  for await (const chunk of chunks) {
    const from = Math.min(skip, chunk.length);
    skip -= from;
    const rest = chunk.subarray(from);
    if (rest.length === 0) continue;
    yield decoder ? Buffer.from(decoder.decode(rest, { stream: true }), 'utf8') : rest;
  }
  const tail = decoder?.decode();
  if (tail) yield Buffer.from(tail, 'utf8');
}

/** How many bytes of the file a stretch of the decoded bytes stands for. */
export function sourceLength(bytes: Uint8Array, encoding: FileEncoding): number {
  if (encoding === 'bytes') return bytes.length;
  let units = 0;
  for (const byte of bytes) {
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units * 2;
}
