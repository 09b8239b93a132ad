import { open } from 'node:fs/promises';
import { type PaperType, QuanlianError } from '@quanlian/contract';

const HEAD_BYTES = 64 * 1024;
/** A zip's directory stands at its end; of files this program takes it is far smaller. */
const TAIL_BYTES = 512 * 1024;

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** How files begin. */
const BEGINNINGS: readonly (readonly [PaperType, Buffer])[] = [
  ['application/pdf', ascii('%PDF-')],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/gif', ascii('GIF87a')],
  ['image/gif', ascii('GIF89a')],
  ['image/tiff', Buffer.from([0x49, 0x49, 0x2a, 0x00])],
  ['image/tiff', Buffer.from([0x4d, 0x4d, 0x00, 0x2a])],
];

/** What a zip must hold to be an office document. */
const PARTS: readonly (readonly [PaperType, string])[] = [
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'word/document.xml'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xl/workbook.xml'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'ppt/presentation.xml'],
  ['application/ofd', 'OFD.xml'],
];

function refuse(sentence: string): never {
  throw new QuanlianError('paper.refused', sentence);
}

function sniffZip(directory: Buffer): PaperType {
  if (directory.includes('vbaProject.bin'))
    refuse('Office files with macros are not kept. Save the file without them.');
  const found = PARTS.find(([, part]) => directory.includes(part));
  return found?.[0] ?? refuse('This archive is no DOCX, XLSX, PPTX or OFD file; other archives are not kept.');
}

/** Text is UTF-8 without control characters other than tab and line ends. */
function isText(head: Buffer, whole: boolean): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole });
    return text.length > 0 && !control.test(text);
  } catch {
    return false;
  }
}

/** HTML and SVG are text too, and a page if a browser is ever asked to show them. */
const looksLikeMarkup = (head: Buffer): boolean =>
  /^\s*(?:<!doctype|<html|<svg|<\?xml|<script)/i.test(
    head
      .subarray(0, 1024)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
  );

/** Tells a file's type by what it holds, never by its name. Throws `paper.refused` for what is not kept. */
export async function sniffFile(path: string, name: string): Promise<PaperType> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    await file.read(head, 0, head.length, 0);
    const known = BEGINNINGS.find(([, beginning]) => head.subarray(0, beginning.length).equals(beginning));
    if (known) return known[0];
    if (head.subarray(0, 4).equals(ascii('RIFF')) && head.subarray(8, 12).equals(ascii('WEBP'))) return 'image/webp';
    if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) {
      const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
      await file.read(tail, 0, tail.length, size - tail.length);
      return sniffZip(tail);
    }
    if (isText(head, size <= HEAD_BYTES) && !looksLikeMarkup(head))
      return /\.csv$/i.test(name) ? 'text/csv' : 'text/plain';
  } finally {
    await file.close();
  }
  return refuse('The file is of a kind that is not kept. PDF, images, DOCX, XLSX, PPTX, OFD, CSV and plain text are.');
}
