import type { PatentDocument } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import {
  applicantNames,
  type DocumentDates,
  documentKey,
  eachNumberField,
  inventorNames,
  levelKey,
  levelKeys,
  levelsOf,
  missingKey,
  names,
  type SchemeField,
  schemeField,
  storable,
  symbolKey,
  VALUE_FACETS,
  type ValueFacet,
  valueKey,
} from '../content/document.js';
import { remembered } from '../content/remembered.js';
import { ValueColumnWriter } from './columns.js';
import type { SectionWriter } from './container.js';
import type { TermLists } from './lists.js';

const LEVELS = ['section', 'class', 'subclass', 'group'] as const satisfies readonly ValueFacet[];
/** Fields under which a level that no symbol reaches is listed. */
const LEVEL_FIELDS = ['section', 'class-level', 'subclass', 'group'] as const;
const YEAR = 10_000;
/** An IPC or CPC symbol in its normal writing without the blank: its key is itself, and what stands where in it tells its levels. */
const PLAIN = /^[A-HY]\d{2}[A-Z][1-9]\d{0,3}\/\d{2,6}$/;
const SUBCLASS_LENGTH = 4;

/** What the levels of a class symbol add to a document, as numbers: terms of the keys, and values of the columns. */
interface LevelNumbers {
  readonly keys: readonly number[];
  /** By level; -1 where the symbol does not reach it. */
  readonly values: readonly number[];
}

/** As `LevelNumbers`, of a main group alone. */
interface GroupNumbers {
  readonly key: number;
  readonly value: number;
}

/**
 * Collects what documents have beside their texts: the keys under which they stand in lists without places, and the
 * values of their facets. Class symbols and values that few documents are alone with are known by number once they were
 * met, so no text is made of them again.
 */
export class DocumentRows {
  readonly #columns = Object.fromEntries(VALUE_FACETS.map((name) => [name, new ValueColumnWriter()])) as Record<
    ValueFacet,
    ValueColumnWriter
  >;
  readonly #levels = LEVELS.map((name) => this.#columns[name]);
  readonly #missing = remembered((field) => this.#term(missingKey(field)));
  /** Levels by symbol, a plain one's by its subclass. */
  readonly #levelsOf: Record<SchemeField, (symbol: string) => LevelNumbers> = {
    ipc: remembered((symbol) => this.#numbersOf('ipc', symbol)),
    cpc: remembered((symbol) => this.#numbersOf('cpc', symbol)),
  };
  /** Main groups of plain symbols, by what stands before the stroke. */
  readonly #groupOf: Record<SchemeField, (head: string) => GroupNumbers> = {
    ipc: remembered((head) => this.#groupNumbers('ipc', head)),
    cpc: remembered((head) => this.#groupNumbers('cpc', head)),
  };
  readonly #common = {
    office: this.#valueTerms('office'),
    lang: this.#valueTerms('lang'),
    kind: this.#valueTerms('kind'),
    type: this.#valueTerms('type'),
    year: this.#valueTerms('year'),
  };

  constructor(readonly keys: TermLists) {}

  #valueTerms(field: string): (value: string) => number {
    return remembered((value) => this.#term(valueKey(field, value)));
  }

  #term(key: string): number {
    return this.keys.terms.add(key);
  }

  #numbersOf(field: SchemeField, symbol: string): LevelNumbers {
    const levels = levelsOf(symbol);
    return {
      keys: levelKeys(field, symbol).map((key) => this.#term(key)),
      values: LEVELS.map((name, i) => {
        const { [name]: level } = levels;
        return level === undefined ? -1 : this.#levels[i].idOf(level);
      }),
    };
  }

  #groupNumbers(field: SchemeField, head: string): GroupNumbers {
    const [subclass, group] = [head.slice(0, SUBCLASS_LENGTH), head.slice(SUBCLASS_LENGTH)];
    return {
      key: this.#term(levelKey(field, `${head}/00`)),
      value: this.#columns.group.idOf(`${subclass} ${group}/00`),
    };
  }

  #addLevels({ keys, values }: LevelNumbers): void {
    for (const key of keys) this.keys.add(key, 0);
    for (let i = 0; i < LEVELS.length; i++) if (values[i] >= 0) this.#levels[i].add(values[i]);
  }

  #addSymbol(field: SchemeField, symbol: string): void {
    if (!PLAIN.test(symbol)) {
      this.keys.add(this.#term(valueKey(field, symbolKey(symbol))), 0);
      this.#addLevels(this.#levelsOf[field](symbol));
      return;
    }
    this.keys.add(this.#term(valueKey(field, symbol)), 0);
    this.#addLevels(this.#levelsOf[field](symbol.slice(0, SUBCLASS_LENGTH)));
    const { key, value } = this.#groupOf[field](symbol.slice(0, symbol.indexOf('/')));
    this.keys.add(key, 0);
    this.#columns.group.add(value);
  }

  #addMissing(field: string): void {
    this.keys.add(this.#missing(field), 0);
  }

  #addKeys(field: string, values: readonly string[]): void {
    for (const value of values) this.keys.add(this.#term(valueKey(field, value)), 0);
    if (values.length === 0) this.#addMissing(field);
  }

  /** A field with one value or none, most of which many documents share. */
  #addOne(field: 'office' | 'lang' | 'kind' | 'type', value: string | undefined): void {
    const column = this.#columns[field];
    if (value) {
      const stored = storable(value);
      this.keys.add(this.#common[field](stored), 0);
      column.add(column.idOf(stored));
    } else this.#addMissing(field);
    column.endRow();
  }

  #addNames(field: 'applicant' | 'inventor', values: readonly string[]): void {
    this.#columns[field].addRow(values);
    this.#addKeys(field, values);
  }

  #addClasses(doc: PatentDocument): void {
    let ipc = false;
    let cpc = false;
    const classifications = doc.classifications ?? [];
    for (const { scheme, symbol } of classifications) {
      const field = schemeField(scheme);
      if (field === 'other') {
        this.keys.add(this.#term(valueKey(field, symbolKey(symbol))), 0);
        continue;
      }
      if (field === 'ipc') ipc = true;
      else cpc = true;
      this.#addSymbol(field, symbol);
    }
    if (classifications.length === 0) this.#addMissing('class');
    if (!ipc) this.#addMissing('ipc');
    if (!cpc) this.#addMissing('cpc');
    for (let i = 0; i < LEVELS.length; i++) {
      if (this.#levels[i].isEmpty) this.#addMissing(LEVEL_FIELDS[i]);
      this.#levels[i].endRow();
    }
  }

  #addDates(dates: DocumentDates): void {
    const { date, filed, prioritydate } = dates;
    if (date === NO_DATE) {
      this.#addMissing('year');
      this.#addMissing('date');
    } else this.keys.add(this.#common.year(String(Math.floor(date / YEAR)).padStart(4, '0')), 0);
    if (filed === NO_DATE) this.#addMissing('filed');
    if (prioritydate === NO_DATE) this.#addMissing('prioritydate');
  }

  /** Takes in the next document. */
  add(doc: PatentDocument, dates: DocumentDates): void {
    this.keys.add(this.#term(documentKey(storable(doc.id))), 0);
    this.#addClasses(doc);
    eachNumberField(doc, (field, forms) => this.#addKeys(field, forms));
    this.#addOne('office', doc.office);
    this.#addNames('applicant', applicantNames(doc));
    this.#addNames('inventor', inventorNames(doc));
    this.#addOne('lang', doc.lang);
    this.#addOne('kind', doc.kind);
    this.#addOne('type', doc.type);
    this.#columns.family.addRow(doc.familyId ? [storable(doc.familyId)] : []);
    this.#addKeys('agent', names(doc.agents));
    this.#addDates(dates);
    this.keys.endDoc();
  }

  /** Writes the columns of the facets with the documents in `order`. */
  writeColumns(out: SectionWriter, order: Uint32Array): void {
    for (const name of VALUE_FACETS) this.#columns[name].write(out, `facet.${name}`, order);
  }
}
