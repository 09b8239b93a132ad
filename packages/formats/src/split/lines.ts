import { MAX_RECORD_BYTES, type Split, type Splitter } from './record.js';

const NEWLINE = 0x0a;

/** Cuts JSON Lines: one record a line, empty lines skipped. */
export function createLineSplitter(options: { maxRecordBytes?: number; start?: number } = {}): Splitter {
  const limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  let parts: Uint8Array[] = [];
  let held = 0;
  let offset = options.start ?? 0;
  let length = 0;
  const finish = (): Split[] => {
    const bytes = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
    const at = offset;
    const size = length;
    offset += size;
    parts = [];
    held = 0;
    length = 0;
    if (size > limit) {
      return [
        {
          kind: 'refused',
          code: 'record.too_large',
          message: `The line is longer than ${limit} bytes.`,
          offset: at,
          length: size,
        },
      ];
    }
    if (isBlank(bytes)) return [];
    return [{ kind: 'record', bytes, offset: at, root: '', context: {}, encoding: undefined }];
  };
  const hold = (bytes: Uint8Array): void => {
    length += bytes.length;
    if (length > limit) parts = [];
    else if (bytes.length > 0) parts.push(bytes);
    held += bytes.length;
  };
  return {
    push(chunk) {
      const records: Split[] = [];
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        hold(chunk.subarray(from, at));
        records.push(...finish());
        offset += 1;
        from = at + 1;
      }
      hold(chunk.slice(from));
      return records;
    },
    end: () => (held > 0 ? finish() : []),
  };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09);
}
