import { brs } from './brs/reader.js';
import { cnipa } from './cnipa/reader.js';
import type { JsonReader, XmlReader } from './common/reader.js';
import { docdb } from './docdb/reader.js';
import { epSt36 } from './ep-st36/reader.js';
import { kipris } from './kipris/reader.js';
import { marec } from './marec/reader.js';
import { opsXml } from './ops-xml/reader.js';
import { patentDocument } from './patent-document/reader.js';
import { table } from './table/reader.js';
import { tipo } from './tipo/reader.js';
import { usFulltext, usFulltextStart } from './us-fulltext/reader.js';
import { usGreenbook } from './us-greenbook/reader.js';
import { usIce } from './us-ice/reader.js';
import { usPap } from './us-pap/reader.js';
import { usSequence } from './us-sequence/reader.js';
import { usSt32 } from './us-st32/reader.js';
import { usptoOdp } from './uspto-odp/reader.js';
import { woPamphlet } from './wo-pamphlet/reader.js';

/** Every XML format, by the readers that take it. */
const XML_READERS: readonly XmlReader[] = [
  usIce,
  usSt32,
  usPap,
  usSequence,
  epSt36,
  docdb,
  opsXml,
  marec,
  woPamphlet,
  cnipa,
  tipo,
  kipris,
  usGreenbook,
  brs,
  usptoOdp,
  table,
];

/** Every JSON Lines format; the first that recognizes a record reads it. */
export const JSON_READERS: readonly JsonReader[] = [patentDocument, usFulltext, usFulltextStart];

/** Names of the formats that can be read, as `--format` takes them. */
export const FORMATS: readonly string[] = [...XML_READERS, ...JSON_READERS].map(({ format }) => format);

const byRoot = new Map(XML_READERS.flatMap((reader) => reader.roots.map((root) => [root, reader] as const)));

/** The reader of records with this root element. */
export function readerOfRoot(root: string): XmlReader | undefined {
  return byRoot.get(root);
}

/** Root elements of the records of a format, or of all. */
export function rootsOf(format: string | undefined): ReadonlySet<string> {
  return new Set(
    XML_READERS.filter((one) => format === undefined || one.format === format).flatMap((one) => one.roots),
  );
}

/** Records that may stand inside other records, by the root element of those. */
export const INNER_ROOTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  XML_READERS.flatMap(({ roots, inner }) => roots.map((root) => [root, new Set(inner ?? [])] as const)),
);
