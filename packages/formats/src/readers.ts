import type { JsonReader, XmlReader } from './common/reader.js';
import { patentDocument } from './patent-document/reader.js';
import { usAssignments } from './us-assignments/reader.js';
import { usFulltext, usFulltextStart } from './us-fulltext/reader.js';
import { usptoPeds } from './uspto-peds/reader.js';
import * as xmlReaders from './xml-readers.js';

const XML_READERS: readonly XmlReader[] = Object.values(xmlReaders);

/** Every JSON Lines format; the first that recognizes a record reads it. */
export const JSON_READERS: readonly JsonReader[] = [
  patentDocument,
  usFulltext,
  usFulltextStart,
  usptoPeds,
  usAssignments,
];

/** Names of the formats that can be read, as `--format` takes them. */
export const FORMATS: readonly string[] = [...new Set([...XML_READERS, ...JSON_READERS].map(({ format }) => format))];

refuseSharedRoots(XML_READERS);

const byRoot = new Map(XML_READERS.flatMap((reader) => reader.roots.map((root) => [root, reader] as const)));

/** The reader of records with this root element. */
export function readerOfRoot(root: string): XmlReader | undefined {
  return byRoot.get(root);
}

/** Root elements of the records of a format, or of all. */
export function rootsOf(format: string | undefined): ReadonlySet<string> {
  const before = rootsOfFormat.get(format);
  if (before) return before;
  const chosen = XML_READERS.filter((one) => format === undefined || one.format === format);
  const roots = new Set(chosen.flatMap((one) => one.roots));
  if (format === undefined || FORMATS.includes(format)) rootsOfFormat.set(format, roots);
  return roots;
}

/** Asked for with every file. */
const rootsOfFormat = new Map<string | undefined, ReadonlySet<string>>();

/** Records that may stand inside other records, by the root element of those. */
export const INNER_ROOTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  XML_READERS.flatMap(({ roots, inner }) => roots.map((root) => [root, new Set(inner ?? [])] as const)),
);

/** A root element belongs to one format; two that claim it would read each other's files. */
function refuseSharedRoots(readers: readonly XmlReader[]): void {
  const owners = new Map<string, string>();
  for (const { format, roots } of readers) {
    for (const root of roots) {
      const owner = owners.get(root);
      if (owner !== undefined)
        throw new Error(`the formats ${owner} and ${format} both claim the root element ${root}`);
      owners.set(root, format);
    }
  }
}
