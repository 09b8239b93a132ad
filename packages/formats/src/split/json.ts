import { MAX_RECORD_BYTES, type Split, type Splitter } from './record.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export interface JsonSplitterOptions {
  /** Key of the list whose objects are the records. */
  readonly list: string;
  /** How deep the list lies: 1, the default, for a member of the outermost object. */
  readonly depth?: number;
  readonly root: string;
  readonly start?: number;
  readonly maxRecordBytes?: number;
}

/**
 * Cuts one JSON object into the objects of a list it holds, without holding the whole: such files grow to
 * gigabytes. What is no JSON is found when a record is parsed; a file that breaks off loses its last record only.
 */
export function createJsonSplitter(options: JsonSplitterOptions): Splitter {
  const limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  const around = options.depth ?? 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let key = '';
  let listOpen = false;
  let offset = options.start ?? 0;
  let record: { offset: number; parts: Uint8Array[]; length: number } | undefined;
  const hold = (bytes: Uint8Array): void => {
    if (!record) return;
    record.length += bytes.length;
    if (record.length > limit) record.parts = [];
    else record.parts.push(bytes);
  };
  const finish = (): Split => {
    const { offset: at, parts, length } = record as { offset: number; parts: Uint8Array[]; length: number };
    record = undefined;
    if (length > limit) {
      return {
        kind: 'refused',
        code: 'record.too_large',
        message: `The record is larger than ${limit} bytes.`,
        offset: at,
        length,
      };
    }
    const bytes = Buffer.concat(parts);
    return { kind: 'record', bytes, offset: at, root: options.root, context: {}, encoding: undefined };
  };
  const step = (byte: number): 'begins' | 'ends' | undefined => {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
      if (inString && depth === around && key.length < 200) key += String.fromCharCode(byte);
      return undefined;
    }
    if (byte === QUOTE) {
      inString = true;
      if (depth === around) key = '';
      return undefined;
    }
    if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth === around + 1) listOpen = byte === 0x5b && key === options.list;
      return depth === around + 2 && listOpen && byte === 0x7b ? 'begins' : undefined;
    }
    if (byte !== 0x7d && byte !== 0x5d) return undefined;
    depth -= 1;
    return depth === around + 1 && record ? 'ends' : undefined;
  };
  return {
    push(chunk) {
      const out: Split[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const what = step(chunk[at] as number);
        if (what === 'begins') {
          record = { offset: offset + at, parts: [], length: 0 };
          from = at;
        } else if (what === 'ends') {
          hold(chunk.slice(from, at + 1));
          out.push(finish());
        }
      }
      hold(chunk.slice(from));
      offset += chunk.length;
      return out;
    },
    end: () => (record ? [finish()] : []),
  };
}
