import type { ClassGroup } from '@quanlian/contract';
import { normalizeSymbol } from '@quanlian/kernel';
import { levelKey, missingKey, symbolKey, valueKey } from '../content/document.js';
import type { Segment } from '../segment/segment.js';
import { type Bits, emptyBits, forEachBit, keepCommon, setBit } from '../storage/bits.js';
import { columnValues, type DocValues } from './values.js';

/** The lists of a scheme's documents with any of some classes, those below them by form included. */
export const groupKeys = (scheme: 'ipc' | 'cpc', classes: readonly string[]): string[] =>
  classes.flatMap((symbol) => {
    const wanted = symbolKey(normalizeSymbol(symbol));
    return [valueKey(scheme, wanted), levelKey(scheme, wanted)];
  });

/** The list of documents whose classes of the IPC are not known: of these the CPC decides. */
export const WITHOUT_IPC = missingKey('ipc');

function bitsOf(segment: Segment, keys: readonly string[]): Bits {
  const bits = emptyBits(segment.docs);
  for (const key of keys) {
    const entry = segment.keys.find(key);
    if (entry) for (const doc of segment.keyDocs(entry)) setBit(bits, doc);
  }
  return bits;
}

interface Rows {
  readonly starts: Uint32Array;
  readonly ordinals: Uint32Array;
}

/** For each document the numbers of the groups it belongs to, in their order. */
function rowsOf(segment: Segment, groups: readonly ClassGroup[]): Rows {
  const without = bitsOf(segment, [WITHOUT_IPC]);
  const members = groups.map(({ classes }) => {
    const bits = bitsOf(segment, groupKeys('ipc', classes));
    const more = bitsOf(segment, groupKeys('cpc', classes));
    keepCommon(more, without);
    forEachBit(more, (doc) => setBit(bits, doc));
    return bits;
  });
  const starts = new Uint32Array(segment.docs + 1);
  for (const bits of members) forEachBit(bits, (doc) => starts[doc + 1]++);
  for (let doc = 0; doc < segment.docs; doc++) starts[doc + 1] += starts[doc];
  const ordinals = new Uint32Array(starts[segment.docs]);
  const next = starts.slice();
  members.forEach((bits, number) => {
    forEachBit(bits, (doc) => {
      ordinals[next[doc]++] = number;
    });
  });
  return { starts, ordinals };
}

/** FNV-1a over the text: names a table in the cache without keeping its thousands of symbols in the key. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}

/** What a table of classes says of the documents of a segment; kept until the memory is needed or the table changes. */
export function groupValues(segment: Segment, name: string, groups: readonly ClassGroup[]): DocValues {
  const table = groups.map(({ value, classes }) => `${value}=${classes.join()}`).join(';');
  const key = `groups.${name}.${table.length}.${hashOf(table)}`;
  const rows = segment.kept.get(
    key,
    () => rowsOf(segment, groups),
    ({ starts, ordinals }) => starts.byteLength + ordinals.byteLength,
  );
  return columnValues(segment, key, { values: groups.map(({ value }) => value), ...rows });
}
