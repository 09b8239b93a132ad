import { MAX_RECORD_BYTES, type Split, type Splitter } from './record.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

export interface JsonSplitterOptions {
  /** Key of the list whose objects are the records. */
  readonly list: string;
  /** The list may stand at any depth, and a single record in its place; otherwise it belongs to the outermost object. */
  readonly anywhere?: boolean;
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
  let depth = 0;
  let inString = false;
  let escaped = false;
  let key = '';
  /** Depth of the list's own bracket, and of the record's. */
  let listDepth = 0;
  let recordDepth = 0;
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
  const mayName = (): boolean => !record && (depth === 1 || options.anywhere === true);
  const open = (isList: boolean): 'begins' | undefined => {
    depth += 1;
    if (record) return undefined;
    const isNamed = key === options.list && (depth === 2 || options.anywhere === true);
    const isRecord = !isList && ((listDepth > 0 && depth === listDepth + 1) || (isNamed && options.anywhere === true));
    if (isList && isNamed && listDepth === 0) listDepth = depth;
    if (options.anywhere === true) key = '';
    if (!isRecord) return undefined;
    recordDepth = depth;
    return 'begins';
  };
  const close = (): 'ends' | undefined => {
    depth -= 1;
    if (record) return depth === recordDepth - 1 ? 'ends' : undefined;
    if (depth < listDepth) listDepth = 0;
    return undefined;
  };
  const step = (byte: number): 'begins' | 'ends' | undefined => {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
      if (inString && mayName() && key.length < 200) key += String.fromCharCode(byte);
      return undefined;
    }
    if (byte === QUOTE) {
      inString = true;
      if (mayName()) key = '';
      return undefined;
    }
    if (byte === 0x7b || byte === 0x5b) return open(byte === 0x5b);
    if (byte === COMMA && options.anywhere === true && !record) key = '';
    return byte === 0x7d || byte === 0x5d ? close() : undefined;
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
