import type { Entry, ZipFile } from 'yauzl';
import { tableInvalid } from './workbook.js';
import { openZip, openZipEntry, zipEntries } from './zip-read.js';
import { storedZip } from './zip-write.js';

/** Rows of a sheet that are kept; a preview shows fewer, and empty ones do not count there. */
const ROWS = 200;
/** Unpacked bytes of one member that are looked at, and of all together. */
const MEMBER_BYTES = 8 * 1024 * 1024;
const ALL_BYTES = 64 * 1024 * 1024;

const SHEET = /(?:^|\/)worksheets\/[^/]+\.xml$/i;
const STRINGS = /(?:^|\/)sharedStrings\.xml$/i;
/** What a reader of cells needs beside them: what the file holds, where it stands, and how dates are written. */
const NEEDED = /^\[Content_Types\]\.xml$|\.rels$|(?:^|\/)(?:workbook|styles)\d*\.xml$/i;

const damaged = (cause: unknown): Error =>
  tableInvalid('The workbook is damaged. Save it again as XLSX or CSV.', cause);

/**
 * A small workbook of the first rows of a large one's sheets, whatever its size: a preview shows a few rows, and sheets
 * unpack to a hundred times their size. Nothing is unpacked beyond what is kept; a cell whose text stands far back in
 * the list of texts is empty. Throws `table.invalid`.
 */
export async function workbookStart(bytes: Buffer): Promise<Buffer> {
  const { zip, entries } = await directoryOf(bytes);
  const members = new Map<string, Uint8Array>();
  let all = 0;
  for (const entry of entries) {
    const { fileName } = entry;
    const cut = SHEET.test(fileName) ? sheetStart : STRINGS.test(fileName) ? stringsStart : undefined;
    if (cut === undefined && !NEEDED.test(fileName)) continue;
    const start = await unpackStart(zip, entry, cut === sheetStart ? hasRows : undefined);
    all += start.bytes.length;
    if (all > ALL_BYTES) throw tableInvalid('The workbook has too many sheets to look at. Save the table as CSV.');
    const kept = start.isWhole ? start.bytes : cut?.(start.bytes);
    if (kept === undefined) throw tableInvalid(`${fileName} of the workbook is too large. Save the table as CSV.`);
    members.set(fileName, kept);
  }
  return storedZip(members);
}

async function directoryOf(bytes: Buffer): Promise<{ zip: ZipFile; entries: Entry[] }> {
  try {
    const zip = await openZip(bytes);
    return { zip, entries: await zipEntries(zip) };
  } catch (error) {
    throw damaged(error);
  }
}

interface Start {
  readonly bytes: Buffer;
  readonly isWhole: boolean;
}

/** The first bytes of a member, until there are enough of them. */
async function unpackStart(zip: ZipFile, entry: Entry, isEnough?: (bytes: Buffer) => boolean): Promise<Start> {
  const stream = await openZipEntry(zip, entry).catch((error: unknown) => {
    throw damaged(error);
  });
  const parts: Buffer[] = [];
  let size = 0;
  let next = FIRST_LOOK;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      // Members that are not packed come in one piece.
      parts.push(chunk.subarray(0, MEMBER_BYTES - size));
      size += chunk.length;
      if (size > MEMBER_BYTES) return { bytes: Buffer.concat(parts), isWhole: false };
      if (size < next || !isEnough) continue;
      // Looked at again only when there is twice as much, so that nothing is gone over more than twice.
      next = size * 2;
      const bytes = Buffer.concat(parts);
      if (isEnough(bytes)) return { bytes, isWhole: false };
    }
  } catch (error) {
    throw damaged(error);
  } finally {
    stream.destroy();
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}

const FIRST_LOOK = 128 * 1024;

interface End {
  readonly index: number;
  readonly prefix: string;
}

/** Where the last of the first `most` elements of a name ends, and the prefix its tag has. */
function endOf(name: string, bytes: Buffer, most: number): (End & { readonly count: number }) | undefined {
  const pattern = new RegExp(`</([A-Za-z_][\\w.-]*:)?${name}\\s*>`, 'g');
  const text = bytes.toString('latin1');
  let last: End | undefined;
  let count = 0;
  for (let match = pattern.exec(text); match && count < most; match = pattern.exec(text)) {
    count += 1;
    last = { index: pattern.lastIndex, prefix: match[1] ?? '' };
  }
  return last && { ...last, count };
}

const hasRows = (bytes: Buffer): boolean => endOf('row', bytes, ROWS)?.count === ROWS;

/** A sheet's first rows with the elements around them closed. */
function sheetStart(bytes: Buffer): Buffer | undefined {
  const end = endOf('row', bytes, ROWS);
  if (!end) return undefined;
  const close = `</${end.prefix}sheetData></${end.prefix}worksheet>`;
  return Buffer.concat([bytes.subarray(0, end.index), Buffer.from(close)]);
}

function stringsStart(bytes: Buffer): Buffer | undefined {
  const end = endOf('si', bytes, Number.POSITIVE_INFINITY);
  return end && Buffer.concat([bytes.subarray(0, end.index), Buffer.from(`</${end.prefix}sst>`)]);
}
