import { decodeRecord } from '../split/encoding.js';
import { MAX_RECORD_BYTES, type RawRecord, type Split, type Splitter } from '../split/record.js';
import type { TableMapping } from './mapping.js';

const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** The cells of one line of CSV (RFC 4180): quoted cells may hold the delimiter, line ends and doubled quotes. */
export function csvCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const character = line[i] as string;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (line[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === delimiter) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}

/** The delimiter that the first line holds most often. */
export function guessDelimiter(line: string): string {
  const counts = [',', ';', '\t', '|'].map((one) => ({ one, count: csvCells(line, one).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.one ?? ',';
}

/** The delimiter that a line of its own before the headings names, as workbook programs write and read it: `sep=;`. */
export function namedDelimiter(line: string): string | undefined {
  return /^\ufeff?"?sep=(.)"?\s*$/i.exec(line)?.[1];
}

/** Cuts a table into rows; the first line names the columns and goes along with every row, as does the mapping. */
export function createTableSplitter(
  mapping: TableMapping,
  options: { start?: number; maxRecordBytes?: number },
): Splitter {
  const limit = options.maxRecordBytes ?? MAX_RECORD_BYTES;
  let parts: Uint8Array[] = [];
  let length = 0;
  let offset = options.start ?? 0;
  let quoted = false;
  let context: Record<string, string> | undefined;
  let told: string | undefined;
  const finish = (): Split[] => {
    const at = offset;
    const size = length;
    const bytes = size > limit ? new Uint8Array() : Buffer.concat(parts);
    parts = [];
    offset += length;
    length = 0;
    if (size > limit) {
      return [
        {
          kind: 'refused',
          code: 'record.too_large',
          message: `The row is longer than ${limit} bytes.`,
          offset: at,
          length: size,
        },
      ];
    }
    if (Buffer.from(bytes).toString('latin1').trim() === '') return [];
    if (context === undefined && bytes[0] !== 0x7b) {
      const header = decodeRecord(bytes, mapping.encoding).replace(/[\r\n]+$/, '');
      if (told === undefined) {
        told = namedDelimiter(header);
        if (told !== undefined) return [];
      }
      const delimiter = mapping.delimiter ?? told ?? guessDelimiter(header);
      context = { mapping: JSON.stringify(mapping), header, delimiter };
      return [];
    }
    context ??= { mapping: JSON.stringify(mapping) };
    const record: RawRecord = {
      kind: 'record',
      bytes,
      offset: at,
      root: '#table',
      context,
      encoding: mapping.encoding,
    };
    return [record];
  };
  const hold = (bytes: Uint8Array): void => {
    length += bytes.length;
    if (length > limit) parts = [];
    else parts.push(bytes);
  };
  return {
    push(chunk) {
      const out: Split[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === QUOTE) quoted = !quoted;
        else if (byte === NEWLINE && !quoted) {
          hold(chunk.slice(from, at + 1));
          out.push(...finish());
          from = at + 1;
        }
      }
      hold(chunk.slice(from));
      return out;
    },
    end: () => (length > 0 ? finish() : []),
  };
}
