import type { AlignedColumn } from '../columns/aligned.js';
import type { Snapshot } from '../corpus/snapshot.js';
import { bytesOfKeyList, type KeyList, makeKeyList } from '../segment/key-list.js';
import type { Segment } from '../segment/segment.js';
import { type Bits, emptyBits, setBit } from '../storage/bits.js';
import { firstBefore } from './days.js';
import { expandKeys } from './expand.js';
import type { ValueRows } from './layers.js';
import { anyOf, NOTHING, type Operand, operandOfList } from './operands.js';
import type { ColumnLeaf, DayLeaf, HeldLeaf, KeyLeaf, Leaf, ScoredLeaf } from './plan.js';
import { docValues } from './values.js';

const setOf = (bits: Bits): Operand => ({ kind: 'set', bits, live: false });

/** What a leaf that looks at no words is matched with. */
interface PlainContext {
  readonly snapshot: Snapshot;
  /** The day whose derived values hold, YYYYMMDD. */
  readonly day: number;
}

function ofKeys(segment: Segment, { keys, prefixes }: KeyLeaf): Operand {
  const entries = keys.flatMap((key) => segment.keys.find(key) ?? []);
  for (const prefix of prefixes) entries.push(...expandKeys(segment, prefix));
  return anyOf(entries.map((entry) => operandOfList(segment.keyList(entry))));
}

function ofDays(segment: Segment, { column, from, to }: DayLeaf): Operand {
  const days = segment.column(column);
  if (column === 'date') return { kind: 'range', from: firstBefore(days, to + 1), to: firstBefore(days, from) };
  const bits = emptyBits(segment.docs);
  for (let doc = 0; doc < days.length; doc++) if (days[doc] >= from && days[doc] <= to) setBit(bits, doc);
  return setOf(bits);
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

/** Documents with a value that fits, from the documents of each value, which are kept ready. */
function ofValues(snapshot: Snapshot, segment: Segment, column: AlignedColumn, { name, wanted }: ColumnLeaf): Operand {
  const key = `${snapshot.manifest.columns[name]?.name}#byvalue`;
  const { lists, without } = segment.kept.get(key, () => turnRows(segment.docs, column), bytesOfByValue);
  if (wanted === 'none') return setOf(without);
  const fitting: Operand[] = [];
  for (const [number, list] of lists) if (wanted(column.values[number])) fitting.push(operandOfList(list));
  return anyOf(fitting);
}

function ofColumn(segment: Segment, { name, wanted }: ColumnLeaf, { snapshot, day }: PlainContext): Operand {
  const aligned = name === 'family' ? undefined : snapshot.columns.aligned(name, segment);
  if (aligned?.timeless) return ofValues(snapshot, segment, aligned, { kind: 'column', name, wanted });
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
  return setOf(bits);
}

function heldBits(segment: Segment, { column }: HeldLeaf): Bits {
  const bits = emptyBits(segment.docs);
  const lengths = segment.column(`length.${column}`);
  for (let doc = 0; doc < lengths.length; doc++) if (lengths[doc] > 0) setBit(bits, doc);
  return bits;
}

/** The documents of a segment, deleted ones too, that match a leaf which looks at no words. */
export function plainOperand(
  segment: Segment,
  leaf: Exclude<Leaf, ScoredLeaf | { kind: 'all' }>,
  of: PlainContext,
): Operand {
  switch (leaf.kind) {
    case 'none':
      return NOTHING;
    case 'keys':
      return ofKeys(segment, leaf);
    case 'days':
      return ofDays(segment, leaf);
    case 'column':
      return ofColumn(segment, leaf, of);
    case 'held':
      return setOf(heldBits(segment, leaf));
  }
}
