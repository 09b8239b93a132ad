import { isUtf8 } from 'node:buffer';
import { MAX_RECORD_BYTES, type Split, type Splitter } from './record.js';

export interface TextSplitterOptions {
  /** Name of the format's records, as its reader lists it among its roots. */
  readonly root: string;
  /** True for a line that begins a record. */
  readonly starts: (line: string) => boolean;
  readonly start?: number;
  readonly maxRecordBytes?: number;
}

/** Longest beginning of a line that is looked at. */
const MAX_MARK = 200;

/** Cuts text formats into records at the lines that begin one; lines before the first are a header and dropped. */
export function createTextSplitter(options: TextSplitterOptions): Splitter {
  const limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  let tail: Uint8Array = new Uint8Array();
  let offset = options.start ?? 0;
  let record: { offset: number; parts: Uint8Array[]; length: number } | undefined;
  const finish = (): Split[] => {
    if (!record) return [];
    const { offset: at, parts, length } = record;
    record = undefined;
    if (length > limit) {
      return [
        {
          kind: 'refused',
          code: 'record.too_large',
          message: `The record is larger than ${limit} bytes.`,
          offset: at,
          length,
        },
      ];
    }
    const bytes = Buffer.concat(parts);
    // The office wrote these files long before UTF-8; bytes that are not UTF-8 are Windows-1252.
    const encoding = isUtf8(bytes) ? undefined : 'windows-1252';
    return [{ kind: 'record', bytes, offset: at, root: options.root, context: {}, encoding }];
  };
  const take = (line: Uint8Array): Split[] => {
    const mark = Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, MAX_MARK)).toString('latin1');
    const done = options.starts(mark.trimEnd()) ? finish() : [];
    if (options.starts(mark.trimEnd())) record = { offset, parts: [], length: 0 };
    if (record) {
      record.length += line.length;
      if (record.length > limit) record.parts = [];
      else record.parts.push(line);
    }
    offset += line.length;
    return done;
  };
  return {
    push(chunk) {
      const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
      const out: Split[] = [];
      let from = 0;
      for (let at = bytes.indexOf(0x0a, tail.length); at >= 0; at = bytes.indexOf(0x0a, from)) {
        out.push(...take(bytes.slice(from, at + 1)));
        from = at + 1;
      }
      tail = bytes.slice(from);
      return out;
    },
    end: () => [...(tail.length > 0 ? take(tail) : []), ...finish()],
  };
}
