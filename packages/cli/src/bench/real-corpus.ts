import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import type { PatentDocument } from '@quanlian/contract';
import { parsePaths } from '@quanlian/formats';
import { publicationId, visitUnits } from '@quanlian/kernel';
import { itemAt, seededRandom } from './measure.js';
import {
  type BenchCorpus,
  corpusOf,
  type DrawnDocument,
  drawClasses,
  drawDate,
  drawStatus,
  ownSeed,
  type TextShape,
} from './search-corpus.js';

/** What was read of a folder, beside the file that holds the documents. */
interface RealTexts {
  /** Where each document's line begins in the file, and where the last one ends. */
  readonly offsets: readonly number[];
  readonly shape: TextShape;
}

/** How much was found, and what of it the seed must draw. */
export interface RealReport {
  readonly documents: number;
  /** Of these: with claims; with a description that the source gives no more than the beginning of; without a date; without an IPC or CPC symbol. */
  readonly withClaims: number;
  readonly beginnings: number;
  readonly undated: number;
  readonly unclassed: number;
  /** Records that are not taken: without claims and description, or another record of the same document. */
  readonly left: number;
  readonly failures: number;
  readonly characters: number;
}

const indexFile = (file: string): string => `${file}.index.json`;

const isPatentClass = ({ scheme }: { scheme: string }): boolean => /^(IPCR?|CPC)$/iu.test(scheme);

/** The parts that every engine is given: texts, names, classes and the date. */
function partsOf(document: PatentDocument): PatentDocument {
  const { id: _, office, number, kind, date, lang, titles, abstracts, claims, description } = document;
  const { applicants, proprietors, assignees, inventors, classifications, sources } = document;
  const [source] = sources.slice(-1);
  const parts = {
    kind,
    date,
    lang,
    titles,
    abstracts,
    claims,
    description,
    applicants,
    proprietors,
    assignees,
    inventors,
    classifications,
  };
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  return { id: publicationId({ office, number, kind }), office, number, ...given, sources: source ? [source] : [] };
}

const textsOf = (document: PatentDocument): string[] => [
  ...Object.values(document.titles ?? {}),
  ...Object.values(document.abstracts ?? {}),
  ...(document.claims ?? []).map(({ text }) => text),
  ...(document.description ?? []).flatMap(({ heading, text }) => [heading ?? '', text ?? '']),
];

const LINE_BREAK = /[\n\r\u2028\u2029]/u;

function shapeOf(document: PatentDocument, before: TextShape): TextShape {
  let { longest, broken } = before;
  for (const text of textsOf(document)) {
    broken ||= LINE_BREAK.test(text);
    // A word takes a character at least.
    if (text.length > longest)
      longest = Math.max(
        longest,
        visitUnits(text, () => undefined),
      );
  }
  return { longest, broken };
}

/** The one record of each document that is kept: the longest. A record without a kind stands for no other's document. */
async function chosen(paths: readonly string[], keep: (json: string) => Promise<number>) {
  const best = new Map<string, { line: number; length: number; group: string; kind: string | undefined }>();
  let read = 0;
  let failures = 0;
  for await (const item of await parsePaths(paths)) {
    if (item.type === 'failure') failures++;
    if (item.type !== 'document') continue;
    read++;
    const { document } = item;
    const hasText = (document.claims?.length ?? 0) > 0 || (document.description?.length ?? 0) > 0;
    if (!hasText || document.deleted) continue;
    const parts = partsOf(document);
    const { length } = textsOf(parts).join('');
    if (length <= (best.get(parts.id)?.length ?? 0)) continue;
    const cut = document.extra?.['descriptionTruncated'] === true;
    const line = await keep(JSON.stringify({ cut, parts }));
    best.set(parts.id, { line, length, group: parts.office + parts.number, kind: parts.kind });
  }
  const withKind = new Set([...best.values()].flatMap(({ group, kind }) => (kind === undefined ? [] : [group])));
  const taken = [...best].filter(([, { kind, group }]) => kind !== undefined || !withKind.has(group));
  // Threads read the files in any order.
  taken.sort(([a], [b]) => (a < b ? -1 : 1));
  return { lines: taken.map(([, { line }]) => line), read, failures };
}

/** Lines of a file, each found again by its number. */
function lineReader(file: string, offsets: readonly number[]): { line(index: number): string; close(): void } {
  const handle = openSync(file, 'r');
  return {
    line(index) {
      const from = itemAt(offsets, index);
      const bytes = Buffer.allocUnsafe(itemAt(offsets, index + 1) - from);
      for (let at = 0; at < bytes.length; ) {
        const taken = readSync(handle, bytes, at, bytes.length - at, from + at);
        if (taken === 0) throw new Error(`${file} ends before its line ${index + 1}.`);
        at += taken;
      }
      return bytes.toString('utf8');
    },
    close: () => closeSync(handle),
  };
}

async function lineWriter(file: string) {
  const out = await open(file, 'w');
  const offsets = [0];
  return {
    offsets,
    /** Writes a line; gives its number. */
    async put(text: string): Promise<number> {
      const bytes = Buffer.from(`${text}\n`);
      await out.write(bytes);
      offsets.push(itemAt(offsets, offsets.length - 1) + bytes.length);
      return offsets.length - 2;
    },
    close: () => out.close(),
  };
}

/**
 * Reads every document with claims or a description that folders hold, with the readers of a load, and writes each once
 * into a file of JSON lines for `realCorpus`: the parts that other engines are given too.
 */
export async function prepareRealTexts({ paths, file }: { paths: string[]; file: string }): Promise<RealReport> {
  const all = await lineWriter(`${file}.all`);
  const { lines, read, failures } = await chosen(paths, (json) => all.put(json)).finally(() => all.close());
  const found = { withClaims: 0, beginnings: 0, undated: 0, unclassed: 0, characters: 0 };
  let shape: TextShape = { longest: 0, broken: false };
  const out = await lineWriter(file);
  const from = lineReader(`${file}.all`, all.offsets);
  for (const line of lines) {
    const { cut, parts } = JSON.parse(from.line(line)) as { cut: boolean; parts: PatentDocument };
    found.withClaims += Number((parts.claims?.length ?? 0) > 0);
    found.beginnings += Number(cut);
    found.undated += Number(parts.date === undefined);
    found.unclassed += Number(!parts.classifications?.some(isPatentClass));
    for (const text of textsOf(parts)) found.characters += text.length;
    shape = shapeOf(parts, shape);
    await out.put(JSON.stringify(parts));
  }
  from.close();
  await out.close();
  await rm(`${file}.all`);
  const texts: RealTexts = { offsets: out.offsets, shape };
  await writeFile(indexFile(file), JSON.stringify(texts));
  return { documents: lines.length, left: read - lines.length, failures, ...found };
}

export interface RealChoice {
  /** What `prepareRealTexts` wrote. */
  readonly file: string;
  /** How often each document is loaded, each time under another number. */
  readonly copies: number;
}

const TEXT_PARTS = [
  'titles',
  'abstracts',
  'claims',
  'description',
  'applicants',
  'proprietors',
  'assignees',
  'inventors',
];

/**
 * Real documents. The seed draws every status, the dates and classes of documents that have none, and which documents
 * come in an older version first, which has the texts and names of another document.
 */
export function realCorpus({ file, copies }: RealChoice, seed: number): BenchCorpus {
  const { offsets, shape } = JSON.parse(readFileSync(indexFile(file), 'utf8')) as RealTexts;
  const lines = lineReader(file, offsets);
  const documents = offsets.length - 1;
  const read = (index: number): PatentDocument => JSON.parse(lines.line(index % documents)) as PatentDocument;
  const make = (index: number, version: 0 | 1): DrawnDocument => {
    const random = seededRandom(ownSeed(seed, index) ^ (0x9e37 + version));
    const own = read(index);
    const copy = Math.floor(index / documents);
    const number = copy === 0 ? own.number : `${own.number}C${copy}`;
    const other = version === 1 ? own : read(Math.floor(random() * documents));
    const texts = Object.fromEntries(Object.entries(other).filter(([name]) => TEXT_PARTS.includes(name)));
    const { id: _, office, kind, lang, classifications, sources } = own;
    const isClassed = classifications?.some(isPatentClass) === true;
    const drawn = drawClasses(random).map((symbol) => ({ scheme: 'IPC', symbol }));
    const date = drawDate(random);
    const document: PatentDocument = {
      id: publicationId({ office, number, kind }),
      office,
      number,
      ...(kind === undefined ? {} : { kind }),
      ...(lang === undefined ? {} : { lang }),
      date: own.date ?? date,
      ...texts,
      classifications: isClassed ? classifications : [...(classifications ?? []), ...drawn],
      sources: [
        {
          format: sources.at(-1)?.format ?? 'bench',
          file: 'bench',
          offset: index,
          sha256: `${seed}-${index}-${version}`,
          sourceDate: version === 0 ? '2025-01-01' : '2026-01-01',
        },
      ],
    };
    return { document, status: drawStatus(random) };
  };
  return corpusOf({ docs: documents * copies, seed, shape, make });
}
