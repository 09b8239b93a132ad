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

/** What the manifest keeps of a finished segment. */
export interface BuiltSegment extends FileSum {
  readonly docs: number;
  readonly groups: number;
  readonly records: number;
  /** Units of text and documents that have any, by length column. */
  readonly lengths: readonly number[];
  readonly holders: readonly number[];
}

/** Bytes a document's columns and a group's entries take while a segment is built, about. */
const ROW_BYTES = 400;

/** Builds one segment, group by group, in any order; its documents are put in order at the end. */
export class SegmentBuilder {
  readonly #out: SectionWriter;
  readonly #records: RecordWriter;
  readonly #formats = new ValueColumnWriter();
  readonly #groupKeys = new Inverter(false);
  readonly #words = new Inverter(true);
  readonly #marks = new Inverter(true);
  readonly #keys = new Inverter(false);
  readonly #lengths = LENGTH_COLUMNS.map((): number[] => []);
  readonly #dates = DATE_COLUMNS.map((): number[] => []);
  readonly #facets = VALUE_FACETS.map(() => new ValueColumnWriter());
  readonly #ids: string[] = [];
  readonly #groupOf: number[] = [];
  #groups = 0;
  #recordCount = 0;

  constructor(fs: FileSystem, path: string) {
    this.#out = createSectionWriter(fs, path);
    this.#records = new RecordWriter(this.#out);
  }

  /** Bytes this takes at its worst, when it is finished. */
  get bytes(): number {
    const rows = (this.#ids.length + this.#groups) * ROW_BYTES;
    return rows + this.#words.bytes + this.#marks.bytes + this.#keys.bytes + this.#groupKeys.bytes;
  }

  addGroup({ key, records, documents }: BuildGroup): void {
    this.#records.add(records);
    this.#formats.addRow(records.map(({ sources }) => sources.at(-1)?.format ?? 'unknown'));
    this.#groupKeys.add(groupListKey(key), 0);
    this.#groupKeys.endDoc();
    for (const doc of documents) this.#addDocument(doc);
    this.#groups++;
    this.#recordCount += records.length;
  }

  #addDocument(doc: PatentDocument): void {
    this.#addTexts(doc);
    for (const key of documentKeys(doc)) this.#keys.add(key, 0);
    const dates = documentDates(doc);
    DATE_COLUMNS.forEach((name, column) => {
      this.#dates[column].push(dates[name]);
    });
    const values = facetValues(doc);
    VALUE_FACETS.forEach((name, column) => {
      this.#facets[column].addRow(values[name]);
    });
    this.#ids.push(doc.id);
    this.#groupOf.push(this.#groups);
    this.#words.endDoc();
    this.#marks.endDoc();
    this.#keys.endDoc();
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
      this.#lengths[column].push(length);
    });
  }

  #addText(text: string, base: number): number {
    const words = this.#words;
    const marks = this.#marks;
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

  /** Newest first, undated last, then by id: the order in which ties break everywhere. */
  #order(): Uint32Array {
    const days = this.#dates[0];
    const ids = this.#ids;
    const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    return Uint32Array.from(ids.keys()).sort((a, b) => days[b] - days[a] || compareIds(ids[a], ids[b]));
  }

  #writeColumns(order: Uint32Array): void {
    const out = this.#out;
    const names = [...LENGTH_COLUMNS.map((name) => `length.${name}`), ...DATE_COLUMNS, 'group'];
    [...this.#lengths, ...this.#dates, this.#groupOf].forEach((numbers, index) => {
      writeNumbers(
        out,
        names[index],
        order.map((taken) => numbers[taken]),
      );
    });
    this.#facets.forEach((column, index) => {
      column.write(out, `facet.${VALUE_FACETS[index]}`, order);
    });
    const ids = new ByteWriter();
    const starts = new Uint32Array(order.length + 1);
    order.forEach((taken, row) => {
      ids.raw(Buffer.from(this.#ids[taken], 'utf8'));
      starts[row + 1] = ids.length;
    });
    writeNumbers(out, 'id.starts', starts);
    out.begin('id.bytes');
    out.write(ids.view());
  }

  /** Writes what is left, syncs the file and closes it. */
  finish(): BuiltSegment {
    const out = this.#out;
    const order = this.#order();
    const groupOrder = Uint32Array.from({ length: this.#groups }, (_, group) => group);
    this.#records.finish();
    this.#formats.write(out, 'formats', groupOrder);
    this.#groupKeys.write(out, 'groups', groupOrder);
    this.#words.write(out, 'words', order);
    this.#marks.write(out, 'marks', order);
    this.#keys.write(out, 'keys', order);
    this.#writeColumns(order);
    return {
      ...out.finish(),
      docs: this.#ids.length,
      groups: this.#groups,
      records: this.#recordCount,
      lengths: this.#lengths.map((lengths) => lengths.reduce((total, length) => total + length, 0)),
      holders: this.#lengths.map((lengths) => lengths.filter((length) => length > 0).length),
    };
  }

  /** Closes the file without finishing it; whoever named it removes it. */
  abandon(): void {
    this.#out.abandon();
  }
}
