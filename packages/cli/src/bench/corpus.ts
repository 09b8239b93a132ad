import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DocumentItem, parsePaths } from '@quanlian/formats';
import { say } from '../output.js';
import { generateGrants } from './generated-xml.js';
import type { BenchOptions } from './measure.js';
import { writeZip } from './zip.js';

/** XML in two shapes with the same bytes: a zip archive as offices publish it, and its records alone, each after its length. */
export interface XmlCorpus {
  readonly what: string;
  readonly zip: string;
  readonly records: string;
  readonly documents: number;
  /** Bytes of the records. */
  readonly bytes: number;
}

/** Folders of a collection of real data whose files are XML of patents. */
const XML_FOLDERS = ['uspto-xml', 'epo'];
/** Members of generated archives hold about this much, like weekly files of small offices. */
const MEMBER_BYTES = 32 * 1024 * 1024;
/** Generated XML is made once up to this size and read again and again. */
const GENERATED_BYTES = 96 * 1024 * 1024;

interface Record {
  readonly bytes: Uint8Array;
}

async function writeRecords(path: string, records: Iterable<Record>): Promise<{ documents: number; bytes: number }> {
  const file = await open(path, 'w');
  let documents = 0;
  let total = 0;
  try {
    for (const { bytes } of records) {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      await file.writev([length, bytes]);
      documents += 1;
      total += bytes.length;
    }
  } finally {
    await file.close();
  }
  return { documents, bytes: total };
}

/** Made-up grants, a few archives' worth. */
async function generated(options: BenchOptions, dir: string): Promise<XmlCorpus> {
  const members: { name: string; bytes: Uint8Array }[] = [];
  const records: Record[] = [];
  let open: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  const close = (): void => {
    if (open.length > 0) members.push({ name: `generated-${members.length}.xml`, bytes: Buffer.concat(open) });
    open = [];
    size = 0;
  };
  for (const xml of generateGrants(options)) {
    const bytes = Buffer.from(xml);
    records.push({ bytes });
    open.push(bytes);
    size += bytes.length;
    total += bytes.length;
    if (size >= MEMBER_BYTES) close();
    if (total >= GENERATED_BYTES) break;
  }
  close();
  const zip = join(dir, 'generated.zip');
  await writeZip(zip, members);
  const packed = join(dir, 'generated.records');
  return { what: `generated, seed ${options.seed}`, zip, records: packed, ...(await writeRecords(packed, records)) };
}

/** The XML files of a folder that are read without a failure, with the places of their records. */
async function soundFiles(folder: string): Promise<Map<string, DocumentItem[]>> {
  const own = XML_FOLDERS.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const files = new Map<string, DocumentItem[]>();
  const broken = new Set<string>();
  for await (const item of await parsePaths(own.length > 0 ? own : [folder])) {
    if (item.type === 'failure') broken.add(item.file);
    if (item.type !== 'document' || !/\.xml$/i.test(item.file) || item.file.includes('!')) continue;
    const items = files.get(item.file);
    if (items) items.push(item);
    else files.set(item.file, [item]);
  }
  for (const file of broken) files.delete(file);
  return files;
}

async function real(folder: string, dir: string): Promise<XmlCorpus | undefined> {
  const members: { name: string; bytes: Uint8Array }[] = [];
  const records: Record[] = [];
  for (const [file, items] of await soundFiles(folder)) {
    const bytes = await readFile(file);
    // Records of UTF-16 files are counted in other bytes than they lie in.
    if (bytes[0] === 0xff || bytes[0] === 0xfe) continue;
    members.push({ name: `${members.length}/${basename(file)}`, bytes });
    for (const { offset, bytes: length } of items) records.push({ bytes: bytes.subarray(offset, offset + length) });
  }
  if (records.length === 0) return undefined;
  const zip = join(dir, 'real.zip');
  await writeZip(zip, members);
  const packed = join(dir, 'real.records');
  return { what: `${members.length} files`, zip, records: packed, ...(await writeRecords(packed, records)) };
}

/** The XML that reading is measured with: files of the folder, or made-up ones when there is none. */
export async function xmlCorpus(options: BenchOptions, dir: string): Promise<XmlCorpus> {
  const folder = options.files ?? process.env['QUANLIAN_REAL_DATA'];
  if (folder !== undefined && !(await stat(folder).catch(() => undefined))?.isDirectory()) {
    say(`There is no folder ${folder}; generated XML is read instead.`);
  } else if (folder !== undefined) {
    const corpus = await real(folder, dir);
    if (corpus) return corpus;
    say(`No XML of patents was found in ${folder}; generated XML is read instead.`);
  }
  return generated(options, dir);
}
