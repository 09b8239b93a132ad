import type { AlignedColumn } from '../columns/aligned.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { bytesOfKeyList, type KeyList, makeKeyList } from '../segment/key-list.js';
import type { Segment } from '../segment/segment.js';
import { addAll, type Bits, emptyBits, fillRange, setBit } from '../storage/bits.js';
import { firstBefore } from './days.js';
import { expandKeys } from './expand.js';
import type { ColumnLeaf, DayLeaf, HeldLeaf, KeyLeaf, Leaf, ScoredLeaf } from './plan.js';
import type { ValueRows } from './tally.js';
import { docValues } from './values.js';

/** What a leaf that looks at no words is matched with. */
interface PlainContext {
  readonly snapshot: Snapshot;
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
}

function keyBits(segment: Segment, { keys, prefixes }: KeyLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const entries = keys.flatMap((key) => segment.keys.find(key) ?? []);
  for (const prefix of prefixes) entries.push(...expandKeys(segment, prefix));
  for (const entry of entries) {
    addKeyList(bits, segment.keyList(entry));
  }
  return bits;
}

function dayBits(segment: Segment, { column, from, to }: DayLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const days = segment.column(column);
  if (column === 'date') {
    fillRange(bits, firstBefore(days, to + 1), firstBefore(days, from));
    return bits;
  }
  for (let doc = 0; doc < days.length; doc++) if (days[doc] >= from && days[doc] <= to) setBit(bits, doc);
  return bits;
}

/** The documents of each value of a derived column, and those without any. */
interface ByValue {
  readonly lists: ReadonlyMap<number, KeyList>;
  readonly without: Bits;
}

const bytesOfByValue = ({ lists, without }: ByValue): number =>
  [...lists.values()].reduce((sum, list) => sum + 100 + bytesOfKeyList(list), without.byteLength);

/** Turns rows of numbers by document round to documents by number. */
function turnRows(size: number, { starts, ordinals }: ValueRows): ByValue {
  const docs = new Map<number, number[]>();
  const without = emptyBits(size);
  for (let doc = 0; doc < size; doc++) {
    if (starts[doc] === starts[doc + 1]) setBit(without, doc);
    for (let i = starts[doc]; i < starts[doc + 1]; i++) {
      const list = docs.get(ordinals[i]);
      if (list) list.push(doc);
      else docs.set(ordinals[i], [doc]);
    }
  }
  return {
    lists: new Map([...docs].map(([number, list]) => [number, makeKeyList(Uint32Array.from(list), size)])),
    without,
  };
}

function addKeyList(bits: Bits, list: KeyList): void {
  if ('bits' in list) addAll(bits, list.bits);
  else for (let i = 0; i < list.docs.length; i++) setBit(bits, list.docs[i]);
}

/** Documents with a value that fits, from the documents of each value, which are kept ready. */
function valueBits(snapshot: Snapshot, segment: Segment, column: AlignedColumn, { name, wanted }: ColumnLeaf): Bits {
  const key = `${snapshot.manifest.columns[name]?.name}#byvalue`;
  const { lists, without } = segment.kept.get(key, () => turnRows(segment.docs, column), bytesOfByValue);
  if (wanted === 'none') return without.slice();
  const bits = emptyBits(segment.docs);
  for (const [number, list] of lists) if (wanted(column.values[number])) addKeyList(bits, list);
  return bits;
}

function columnBits(segment: Segment, { name, wanted }: ColumnLeaf, { snapshot, day }: PlainContext): Bits {
  const aligned = name === 'family' ? undefined : snapshot.columns.aligned(name, segment);
  if (aligned?.timeless) return valueBits(snapshot, segment, aligned, { kind: 'column', name, wanted });
  const bits = emptyBits(segment.docs);
  const values = docValues(snapshot, segment, name, day);
  const fits = new Map<number, boolean>();
  const isWanted = (number: number): boolean => {
    const known = fits.get(number) ?? (wanted !== 'none' && wanted(values.valueOf(number)));
    fits.set(number, known);
    return known;
  };
  for (let doc = 0; doc < segment.docs; doc++) {
    const has = values.visit(doc, (number) => {
      if (isWanted(number)) setBit(bits, doc);
    });
    if (!has && wanted === 'none') setBit(bits, doc);
  }
  return bits;
}

function heldBits(segment: Segment, { column }: HeldLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const lengths = segment.column(`length.${column}`);
  for (let doc = 0; doc < lengths.length; doc++) if (lengths[doc] > 0) setBit(bits, doc);
  return bits;
}

/** The documents of a segment, deleted ones too, that match a leaf which looks at no words. */
export function plainBits(segment: Segment, leaf: Exclude<Leaf, ScoredLeaf | { kind: 'all' }>, of: PlainContext): Bits {
  switch (leaf.kind) {
    case 'none':
      return emptyBits(segment.docs);
    case 'keys':
      return keyBits(segment, leaf);
    case 'days':
      return dayBits(segment, leaf);
    case 'column':
      return columnBits(segment, leaf, of);
    case 'held':
      return heldBits(segment, leaf);
  }
}
