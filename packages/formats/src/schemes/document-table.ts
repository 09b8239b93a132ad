import { text as readAll } from 'node:stream/consumers';
import { QuanlianError } from '@quanlian/contract';
import { SaxesParser } from 'saxes';
import { refuseBomb } from '../tables/workbook.js';
import { openZip, openZipEntry, zipEntries } from '../tables/zip-read.js';

const LARGEST_UNPACKED = 200 * 1024 * 1024;
const CONTENT = 'word/document.xml';

const damaged = (cause: unknown): QuanlianError =>
  new QuanlianError('concordance.invalid', 'The document is damaged. Copy its table into a workbook.', { cause });

/** True for a word processor's document (DOCX), by its name and first bytes. */
export const isDocument = (name: string, bytes: Buffer): boolean =>
  /\.docx$/i.test(name) && bytes.subarray(0, 2).toString('latin1') === 'PK';

async function contentOf(bytes: Buffer): Promise<string> {
  try {
    const zip = await openZip(bytes);
    const content = (await zipEntries(zip)).find(({ fileName }) => fileName === CONTENT);
    if (content) return await readAll(await openZipEntry(zip, content));
  } catch (error) {
    throw damaged(error);
  }
  throw damaged(undefined);
}

/** Rows of the tables in a document's XML (WordprocessingML): a cell that goes on from the one above is empty. */
function rowsOf(xml: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] | undefined;
  let isText = false;
  let span = 1;
  const add = (text: string): void => {
    if (cells && cells.length > 0) cells[cells.length - 1] += text;
  };
  const parser = new SaxesParser({ xmlns: false });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'w:tr') cells = [];
    else if (name === 'w:tc') {
      cells?.push('');
      span = 1;
    } else if (name === 'w:gridSpan') span = Math.min(100, Number(attributes['w:val']) || 1);
    else if (name === 'w:br') add('\n');
    else if (name === 'w:tab') add(' ');
    isText = name === 'w:t';
  });
  parser.on('text', (text) => {
    if (isText) add(text);
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') isText = false;
    else if (name === 'w:p') add('\n');
    else if (name === 'w:tc') for (let i = 1; i < span; i++) cells?.push('');
    else if (name === 'w:tr' && cells) {
      rows.push({ line: rows.length + 1, cells: cells.map((cell) => cell.trim()) });
      cells = undefined;
    }
  });
  parser.write(xml).close();
  return rows;
}

/** The rows of every table of a document (DOCX), counted from 1 through all of them; empty ones are left out. Refuses `concordance.invalid`. */
export async function documentRows(bytes: Buffer): Promise<{ line: number; cells: string[] }[]> {
  await refuseBomb(bytes, LARGEST_UNPACKED);
  const xml = await contentOf(bytes);
  try {
    return rowsOf(xml).filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    throw damaged(error);
  }
}
