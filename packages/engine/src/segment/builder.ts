import type { PatentDocument } from '@quanlian/contract';
import { mergeGroup, registerText } from '@quanlian/kernel';
import { NO_DATE } from '../content/dates.js';
import { documentDates, groupListKey, type TextValue, textValues } from '../content/document.js';
import { ByteWriter } from '../storage/bytes.js';
import type { FileSystem } from '../storage/file-system.js';
import { ValueColumnWriter, writeNumbers } from './columns.js';
import { createSectionWriter, type FileSum, type SectionWriter } from './container.js';
import { DocumentRows } from './document-rows.js';
import { listsInScript } from './inverter.js';
import { OUTLINED_FIELDS } from './lists.js';
import { machineLists } from './machine-lists.js';
import { FIELD_SPAN, TEXT_MASK, WORD_FIELDS } from './postings.js';
import { writeReversed } from './reversed.js';
import { FACTS, HeldSections, PackedWriter } from './stored.js';
import { TextInverter } from './text-inverter.js';

/** The format that brought a record; a source that comes in parts names the part behind a colon. */
const formatOf = (sources: PatentDocument['sources']): string =>
  (sources.at(-1)?.format ?? 'unknown').replace(/:.*/, '');

export { MARK_SEPARATOR } from './text-inverter.js';

/** All records of one office and number with the documents they merge to (none when all are withdrawn). */
interface ReadGroup {
  readonly key: string;
  readonly records: readonly PatentDocument[];
  readonly documents: readonly PatentDocument[];
}

/** A group of one record that is not read yet: the JSON of an array with it, as `JSON.stringify` writes it. */
interface PackedGroup {
  readonly key: string;
  readonly json: Uint8Array;
}

export type BuildGroup = ReadGroup | PackedGroup;

/** Positions left free between two values; greater than any distance a query may ask for. */
export const POSITION_GAP = 1024;

/** Length columns: one for each word field, then `text`. */
export const LENGTH_COLUMNS = [...WORD_FIELDS, 'text'] as const;
const TEXT_COLUMN = WORD_FIELDS.length;

export const DATE_COLUMNS = ['date', 'filed', 'prioritydate'] as const;
/** Columns of whole numbers, one for each document. */
const NUMBER_COLUMNS = [...LENGTH_COLUMNS.map((name) => `length.${name}` as const), ...DATE_COLUMNS] as const;

/** What the manifest keeps of a finished segment. */
export interface BuiltSegment extends FileSum {
  readonly docs: number;
  readonly groups: number;
  readonly records: number;
  /** Units of text and documents that have any, by length column. */
  readonly lengths: readonly number[];
  readonly holders: readonly number[];
  /** Days of its newest and its oldest dated document; 0 when none is dated. */
  readonly newest: number;
  readonly oldest: number;
}

/** What a manifest keeps of the columns of a segment. */
export function sumLengths(lengths: readonly Iterable<number>[]): Pick<BuiltSegment, 'lengths' | 'holders'> {
  const sums: number[] = [];
  const holders: number[] = [];
  for (const column of lengths) {
    let sum = 0;
    let having = 0;
    for (const length of column) {
      sum += length;
      if (length > 0) having++;
    }
    sums.push(sum);
    holders.push(having);
  }
  return { lengths: sums, holders };
}

/** The newest and the oldest of some days, undated ones left out. */
export function dayBounds(days: Iterable<number>): Pick<BuiltSegment, 'newest' | 'oldest'> {
  let newest = 0;
  let oldest = 0;
  for (const day of days) {
    if (day === NO_DATE) continue;
    newest = Math.max(newest, day);
    oldest = oldest === 0 ? day : Math.min(oldest, day);
  }
  return { newest, oldest };
}

const LAST_OUTLINED = Math.max(...OUTLINED_FIELDS.map((field) => WORD_FIELDS.indexOf(field)));

/** Adds to the length of a field, and to that of the whole text where the field is part of it. */
function addLength(lengths: Uint32Array, field: number, taken: number): void {
  lengths[field] += taken;
  if ((TEXT_MASK & (1 << field)) !== 0) lengths[TEXT_COLUMN] += taken;
}

/** Bytes a document's columns and a group's entries take while a segment is built, about. */
const ROW_BYTES = 400;

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Writes the ids of the documents in their order. */
function writeIds(out: SectionWriter, ids: Iterable<string>): void {
  const bytes = new ByteWriter();
  const starts = [0];
  for (const id of ids) {
    bytes.raw(Buffer.from(id, 'utf8'));
    starts.push(bytes.length);
  }
  writeNumbers(out, 'id.starts', Uint32Array.from(starts));
  out.begin('id.bytes');
  out.write(bytes.view());
}

/** Builds one segment, group by group, in any order; its documents are put in order at the end. */
export class SegmentBuilder {
  readonly #out: SectionWriter;
  readonly #records: PackedWriter;
  /** What the register needs of the records waits, compressed, until those are written. */
  readonly #held = new HeldSections();
  readonly #facts = new PackedWriter(this.#held, FACTS);
  readonly #formats = new ValueColumnWriter();
  readonly #lists = machineLists() ?? listsInScript;
  readonly #groupKeys = this.#lists.keys();
  readonly #texts = new TextInverter(this.#lists.texts());
  readonly #rows = new DocumentRows(this.#lists.keys());
  readonly #lengths = LENGTH_COLUMNS.map((): number[] => []);
  readonly #dates = DATE_COLUMNS.map((): number[] => []);
  readonly #ids: string[] = [];
  readonly #groupOf: number[] = [];
  #groups = 0;
  #recordCount = 0;

  constructor(fs: FileSystem, path: string) {
    this.#out = createSectionWriter(fs, path);
    this.#records = new PackedWriter(this.#out, 'records');
  }

  /** Bytes this takes at its worst, when it is finished. */
  get bytes(): number {
    const rows = (this.#ids.length + this.#groups) * ROW_BYTES;
    return rows + this.#texts.bytes + this.#rows.keys.bytes + this.#groupKeys.bytes;
  }

  addGroup(group: BuildGroup): void {
    if ('json' in group) {
      this.#records.addBytes(group.json);
      const outline = this.#texts.lists.outline(group.json);
      const records = JSON.parse(outline ?? Buffer.from(group.json).toString('utf8')) as PatentDocument[];
      this.#addGroup({ key: group.key, records, documents: mergeGroup(records) }, outline !== undefined);
    } else {
      this.#records.add(JSON.stringify(group.records));
      this.#addGroup(group, false);
    }
  }

  /** Adds what a group is found by; outlined, the texts of claims and description are not in its documents. */
  #addGroup({ key, records, documents }: ReadGroup, outlined: boolean): void {
    this.#facts.add(registerText(key, documents));
    this.#formats.addRow(records.map(({ sources }) => formatOf(sources)));
    this.#groupKeys.add(this.#groupKeys.terms.add(groupListKey(key)), 0);
    this.#groupKeys.endDoc();
    for (const doc of documents) this.#addDocument(doc, outlined);
    this.#groups++;
    this.#recordCount += records.length;
  }

  #addDocument(doc: PatentDocument, outlined: boolean): void {
    this.#addTexts(doc, outlined);
    const dates = documentDates(doc);
    for (let column = 0; column < DATE_COLUMNS.length; column++) this.#dates[column].push(dates[DATE_COLUMNS[column]]);
    this.#rows.add(doc, dates);
    this.#ids.push(doc.id);
    this.#groupOf.push(this.#groups);
    this.#texts.endDoc();
  }

  #addTexts(doc: PatentDocument, outlined: boolean): void {
    const lengths = new Uint32Array(LENGTH_COLUMNS.length);
    const values = textValues(doc);
    if (!outlined) this.#addValues(values, lengths);
    else {
      // Places ascend, so what is left out comes between the fields before and behind it.
      const behind = values.findIndex(({ field }) => WORD_FIELDS.indexOf(field) > LAST_OUTLINED);
      const split = behind < 0 ? values.length : behind;
      this.#addValues(values.slice(0, split), lengths);
      for (const field of OUTLINED_FIELDS) {
        const own = WORD_FIELDS.indexOf(field);
        addLength(lengths, own, this.#texts.addOutlined(field, own * FIELD_SPAN, POSITION_GAP));
      }
      this.#addValues(values.slice(split), lengths);
    }
    lengths.forEach((length, column) => {
      this.#lengths[column].push(length);
    });
  }

  /** Adds whole fields of a document. */
  #addValues(values: readonly TextValue[], lengths: Uint32Array): void {
    let field = -1;
    let position = 0;
    for (const value of values) {
      const own = WORD_FIELDS.indexOf(value.field);
      if (own !== field) position = 0;
      field = own;
      const taken = this.#texts.addText(value.text, field * FIELD_SPAN + position);
      position += taken + POSITION_GAP;
      addLength(lengths, field, taken);
    }
  }

  /** Newest first, undated last, then by id: the order in which ties break everywhere. */
  #order(): Uint32Array {
    const days = this.#dates[0];
    const ids = this.#ids;
    return Uint32Array.from(ids.keys()).sort((a, b) => days[b] - days[a] || compareTexts(ids[a], ids[b]));
  }

  #writeColumns(order: Uint32Array): void {
    const out = this.#out;
    const names = [...NUMBER_COLUMNS, 'group'];
    [...this.#lengths, ...this.#dates, this.#groupOf].forEach((numbers, index) => {
      writeNumbers(
        out,
        names[index],
        order.map((taken) => numbers[taken]),
      );
    });
    this.#rows.writeColumns(out, order);
    const ids = Array.from(order, (taken) => this.#ids[taken]);
    writeIds(out, ids);
    const byId = Uint32Array.from(ids.keys()).sort((a, b) => compareTexts(ids[a], ids[b]));
    writeNumbers(out, 'id.order', byId);
  }

  /** Writes what is left, syncs the file and closes it. */
  finish(): BuiltSegment {
    const out = this.#out;
    const order = this.#order();
    const groupOrder = Uint32Array.from({ length: this.#groups }, (_, group) => group);
    this.#records.finish();
    this.#facts.finish();
    this.#held.writeTo(out);
    this.#formats.write(out, 'formats', groupOrder);
    this.#groupKeys.write(out, 'groups', groupOrder);
    const { words, marks } = this.#texts;
    words.write(out, 'words', order);
    writeReversed(out, words.terms);
    marks.write(out, 'marks', order);
    this.#rows.keys.write(out, 'keys', order);
    this.#writeColumns(order);
    this.#lists.close();
    return {
      ...out.finish(),
      docs: this.#ids.length,
      groups: this.#groups,
      records: this.#recordCount,
      ...sumLengths(this.#lengths),
      ...dayBounds(this.#dates[0]),
    };
  }

  /** Closes the file without finishing it; whoever named it removes it. */
  abandon(): void {
    this.#lists.close();
    this.#out.abandon();
  }
}
