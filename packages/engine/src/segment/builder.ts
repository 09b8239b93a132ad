import type { PatentDocument } from '@quanlian/contract';
import { UNIT_CJK, UNIT_PART, visitUnits } from '@quanlian/kernel';
import {
  documentDates,
  documentKeys,
  facetValues,
  groupListKey,
  textValues,
  VALUE_FACETS,
} from '../content/document.js';
import { ByteWriter } from '../storage/bytes.js';
import type { FileSystem } from '../storage/file-system.js';
import { ValueColumnWriter, writeNumbers } from './columns.js';
import { createSectionWriter, type FileSum, type SectionWriter } from './container.js';
import { Inverter } from './inverter.js';
import { FIELD_SPAN, TEXT_MASK, WORD_FIELDS } from './postings.js';
import { RecordWriter } from './stored.js';

/** All records of one office and number with the documents they merge to (none when all are withdrawn). */
export interface BuildGroup {
  readonly key: string;
  readonly records: readonly PatentDocument[];
  readonly documents: readonly PatentDocument[];
}

/** Positions left free between two values; greater than any distance a query may ask for. */
export const POSITION_GAP = 1024;

/** Length columns: one for each word field, then `text`. */
export const LENGTH_COLUMNS = [...WORD_FIELDS, 'text'] as const;
const TEXT_COLUMN = WORD_FIELDS.length;

/** Separates a folded unit from its form as written in the dictionary of marks. */
export const MARK_SEPARATOR = '\u0001';

const DATE_COLUMNS = ['date', 'filed', 'prioritydate'] as const;

interface Row {
  readonly doc: PatentDocument;
  readonly group: number;
  readonly day: number;
}

/** Newest first, undated last, then by id: the order in which ties break everywhere. */
function byDateAndId(a: Row, b: Row): number {
  return b.day - a.day || (a.doc.id < b.doc.id ? -1 : a.doc.id > b.doc.id ? 1 : 0);
}

/** What the manifest keeps of a finished segment. */
export interface BuiltSegment extends FileSum {
  readonly docs: number;
  readonly groups: number;
  readonly records: number;
  /** Units of text and documents that have any, by length column. */
  readonly lengths: readonly number[];
  readonly holders: readonly number[];
}

class SegmentBuilder {
  readonly words = new Inverter(true);
  readonly marks = new Inverter(true);
  readonly keys = new Inverter(false);
  readonly lengths = LENGTH_COLUMNS.map((): number[] => []);
  readonly dates = DATE_COLUMNS.map((): number[] => []);
  readonly facets = VALUE_FACETS.map(() => new ValueColumnWriter());
  readonly ids = new ByteWriter();
  readonly idStarts: number[] = [0];
  readonly groupOf: number[] = [];

  addDocument({ doc, group }: Row): void {
    this.#addTexts(doc);
    for (const key of documentKeys(doc)) this.keys.add(key, 0);
    const dates = documentDates(doc);
    DATE_COLUMNS.forEach((name, column) => {
      this.dates[column].push(dates[name]);
    });
    const values = facetValues(doc);
    VALUE_FACETS.forEach((name, column) => {
      this.facets[column].addRow(values[name]);
    });
    this.ids.raw(Buffer.from(doc.id, 'utf8'));
    this.idStarts.push(this.ids.length);
    this.groupOf.push(group);
    this.words.endDoc();
    this.marks.endDoc();
    this.keys.endDoc();
  }

  #addTexts(doc: PatentDocument): void {
    const lengths = new Uint32Array(LENGTH_COLUMNS.length);
    let field = -1;
    let position = 0;
    for (const value of textValues(doc)) {
      const own = WORD_FIELDS.indexOf(value.field);
      if (own !== field) position = 0;
      field = own;
      const taken = this.#addText(value.text, field * FIELD_SPAN + position);
      position += taken + POSITION_GAP;
      lengths[field] += taken;
      if ((TEXT_MASK & (1 << field)) !== 0) lengths[TEXT_COLUMN] += taken;
    }
    lengths.forEach((length, column) => {
      this.lengths[column].push(length);
    });
  }

  #addText(text: string, base: number): number {
    const { words, marks } = this;
    // A CJK unit waits for its neighbour: the two together are the term at its place.
    let waiting = '';
    let waitingPlace = 0;
    let waitingEnd = -1;
    const taken = visitUnits(text, (kind, unit, original, position, from, to) => {
      const place = base + position;
      const cjk = kind === UNIT_CJK;
      if (waiting !== '') words.add(cjk && from === waitingEnd ? waiting + unit : waiting, waitingPlace);
      waiting = '';
      if (cjk) {
        waiting = unit;
        waitingPlace = place;
        waitingEnd = to;
      } else words.add(unit, place);
      // Parts of a divided word are always marked, because two alike in one place may be written differently.
      if (original !== unit || kind === UNIT_PART) marks.add(unit + MARK_SEPARATOR + original, place);
    });
    if (waiting !== '') words.add(waiting, waitingPlace);
    return taken;
  }

  write(out: SectionWriter): void {
    this.words.write(out, 'words');
    this.marks.write(out, 'marks');
    this.keys.write(out, 'keys');
    const columns = [...LENGTH_COLUMNS.map((name) => `length.${name}`), ...DATE_COLUMNS];
    [...this.lengths, ...this.dates].forEach((numbers, index) => {
      writeNumbers(out, columns[index], Uint32Array.from(numbers));
    });
    this.facets.forEach((column, index) => {
      column.write(out, `facet.${VALUE_FACETS[index]}`);
    });
    writeNumbers(out, 'id.starts', Uint32Array.from(this.idStarts));
    out.begin('id.bytes');
    out.write(this.ids.view());
    writeNumbers(out, 'group', Uint32Array.from(this.groupOf));
  }
}

/** Groups in the order of their first document, so that records read together stand together. */
function orderGroups(groups: readonly BuildGroup[]): { groups: BuildGroup[]; rows: Row[] } {
  const rows: Row[] = groups
    .flatMap(({ documents }, group) => documents.map((doc) => ({ doc, group, day: documentDates(doc).date })))
    .sort(byDateAndId);
  const order = new Set(rows.map(({ group }) => group));
  groups.forEach((_, group) => {
    order.add(group);
  });
  const places = new Map([...order].map((group, place) => [group, place]));
  return {
    groups: [...order].map((group) => groups[group]),
    rows: rows.map((row) => ({ ...row, group: places.get(row.group) ?? 0 })),
  };
}

function writeGroups(out: SectionWriter, groups: readonly BuildGroup[], keys: Inverter): void {
  const stored = new RecordWriter(out);
  const formats = new ValueColumnWriter();
  groups.forEach(({ key, records }) => {
    stored.add(records);
    formats.addRow(records.map(({ sources }) => sources[0]?.format ?? 'unknown'));
    keys.add(groupListKey(key), 0);
    keys.endDoc();
  });
  stored.finish();
  formats.write(out, 'formats');
}

/** Writes one segment of these groups to `path` and syncs it. */
export function buildSegment(fs: FileSystem, path: string, unordered: readonly BuildGroup[]): BuiltSegment {
  const { groups, rows } = orderGroups(unordered);
  const out = createSectionWriter(fs, path);
  try {
    const groupKeys = new Inverter(false);
    writeGroups(out, groups, groupKeys);
    groupKeys.write(out, 'groups');
    const builder = new SegmentBuilder();
    for (const row of rows) builder.addDocument(row);
    builder.write(out);
    const sum = out.finish();
    return {
      ...sum,
      docs: rows.length,
      groups: groups.length,
      records: groups.reduce((count, { records }) => count + records.length, 0),
      lengths: builder.lengths.map((lengths) => lengths.reduce((total, length) => total + length, 0)),
      holders: builder.lengths.map((lengths) => lengths.filter((length) => length > 0).length),
    };
  } catch (error) {
    out.abandon();
    throw error;
  }
}
