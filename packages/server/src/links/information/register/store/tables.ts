import type { Party, PatentDocument } from '@quanlian/contract';
import { FIELD_END, ITEM_END } from '@quanlian/kernel';
import { Ints } from './ints.js';
import { TextPool } from './text-pool.js';

/** Stands for nothing: no group, no family of the source, a value not yet handed to the corpus. */
export const NONE = -1;

/** Columns of the table of groups (all publications of one office and number). */
const GROUP_COLUMNS = ['key', 'segment', 'place', 'sum', 'size'] as const;
/**
 * Columns of the table of documents; texts stand as numbers of the pool. `keys`, `cites` and `parties` are where a list
 * begins in the heap; parties are `NONE` until the right was derived. `family` and `cited` are what the corpus was told
 * last. `due` says what of the document has still to be worked out, as a sum of `DUE_RIGHT` and `DUE_LINKS`.
 */
const DOCUMENT_COLUMNS = [
  'group',
  'id',
  'number',
  'right',
  'set',
  'source',
  'keys',
  'cites',
  'parties',
  'family',
  'cited',
  'due',
] as const;

/** Status and owner are not what they would be derived to. */
export const DUE_RIGHT = 1;
/** The family, or what the document cites, may not be what the corpus was told; kept for one that is gone, too. */
export const DUE_LINKS = 2;

type Table<K extends string> = Record<K, Ints>;
const newTable = <K extends string>(names: readonly K[]): Table<K> =>
  Object.fromEntries(names.map((name) => [name, new Ints()])) as Table<K>;

/** Everything that the register holds of a corpus. */
export interface RegisterTables {
  readonly pool: TextPool;
  readonly groups: Table<(typeof GROUP_COLUMNS)[number]>;
  readonly documents: Table<(typeof DOCUMENT_COLUMNS)[number]>;
  /** Lists of numbers, each with its length before it. */
  readonly heap: Ints;
  /** Names of segments that groups lie in; of one that is gone, the empty text. */
  segments: string[];
  /** The state of the corpus these tables are of. */
  sequence: number;
  /** What status was derived with. */
  basis: string;
  /** Numbers of documents that are gone but still in the tables. */
  dead: number;
}

export const emptyTables = (): RegisterTables => ({
  pool: new TextPool(),
  groups: newTable(GROUP_COLUMNS),
  documents: newTable(DOCUMENT_COLUMNS),
  heap: new Ints(),
  segments: [],
  sequence: NONE,
  basis: '',
  dead: 0,
});

function addList(tables: RegisterTables, numbers: readonly number[]): number {
  const at = tables.heap.push(numbers.length);
  for (const number of numbers) tables.heap.push(number);
  return at;
}

/** A list of the heap. */
export const listAt = ({ heap }: RegisterTables, at: number): Int32Array => heap.view(at + 1, at + 1 + heap.at(at));

/** Owners as name, address and country each, then inventors; the number of owners comes first. */
function partiesOf({ pool }: RegisterTables, document: PatentDocument): number[] {
  const { applicants = [], proprietors = [], assignees = [], inventors = [] } = document;
  const text = (value: string | null | undefined): number => (value ? pool.intern(value) : NONE);
  const placeOf = ({ region, city, address }: Party): string => [region, city, address].filter(Boolean).join(' ');
  const owners = new Map<string, number[]>();
  for (const party of [...proprietors, ...assignees, ...applicants]) {
    if (party.name && !owners.has(party.name))
      owners.set(party.name, [pool.intern(party.name), text(placeOf(party)), text(party.country)]);
  }
  const names = new Set(inventors.flatMap(({ name }) => (name ? pool.intern(name) : [])));
  return [owners.size, ...[...owners.values()].flat(), ...names];
}

/** Notes the parties of a document, which stand in its facts but not among its links. */
export function setParties(tables: RegisterTables, row: number, document: PatentDocument): void {
  tables.documents.parties.set(row, addList(tables, partiesOf(tables, document)));
}

/** What the corpus was told of a document; the new row answers for it. */
export interface Told {
  readonly family: number;
  readonly cited: number;
}

const TAB = FIELD_END.charCodeAt(0);
const UNIT = ITEM_END.charCodeAt(0);
const LINE = 10;
const ZERO = 48;

/** Reads lines of links, as `registerText` writes them, from a place of some bytes on. */
export class LinkReader {
  #at = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  constructor(readonly tables: RegisterTables) {}

  open(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#at = 0;
  }

  /** The number of the text up to an end, which is passed over. */
  #text(end: number): number {
    const from = this.#at;
    const to = this.#bytes.indexOf(end, from);
    this.#at = to + 1;
    return this.tables.pool.internBytes(this.#bytes, from, to);
  }

  #count(end: number): number {
    let value = 0;
    for (let byte = this.#bytes[this.#at++] as number; byte !== end; byte = this.#bytes[this.#at++] as number)
      value = value * 10 + byte - ZERO;
    return value;
  }

  /** Items up to the end of the field; with `pairs` every second one is a whole number. */
  #items(end: number, pairs: boolean): number {
    const { heap, pool } = this.tables;
    const head = heap.push(0);
    let [from, count] = [this.#at, 0];
    for (let at = from; ; at++) {
      const byte = this.#bytes[at] as number;
      if (byte !== UNIT && byte !== end) continue;
      if (at > from) {
        if (pairs && count % 2 === 1) {
          let value = 0;
          for (let i = from; i < at; i++) value = value * 10 + (this.#bytes[i] as number) - ZERO;
          heap.push(value);
        } else heap.push(pool.internBytes(this.#bytes, from, at));
        count++;
      }
      from = at + 1;
      if (byte === end) break;
    }
    this.#at = from;
    heap.set(head, count);
    return head;
  }

  key(): number {
    return this.#text(LINE);
  }

  /** The number of lines that follow. */
  lines(): number {
    return this.#count(LINE);
  }

  /** Takes the document of the next line in as a row of a group. */
  add(group: number, told: (id: number) => Told | undefined): number {
    const { documents } = this.tables;
    const id = this.#text(TAB);
    const number = this.#text(TAB);
    const right = this.#text(TAB);
    const set = this.#text(TAB);
    const hasSource = this.#bytes[this.#at] !== TAB;
    const source = this.#text(TAB);
    const keys = this.#items(TAB, false);
    const cites = this.#items(LINE, true);
    const before = told(id);
    documents.group.push(group);
    documents.id.push(id);
    documents.number.push(number);
    documents.right.push(right);
    documents.set.push(set);
    documents.source.push(hasSource ? source : NONE);
    documents.keys.push(keys);
    documents.cites.push(cites);
    documents.parties.push(NONE);
    documents.family.push(before?.family ?? NONE);
    documents.cited.push(before?.cited ?? NONE);
    return documents.due.push(DUE_RIGHT | DUE_LINKS);
  }
}

/** Whether a row of the documents stands for one that is still held. */
export const isHeld = ({ documents }: RegisterTables, document: number): boolean => documents.group.at(document) >= 0;

/** Lists of rows by what they share: those of key `k` are `rows[starts[k]..starts[k + 1])`. */
export interface Postings {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** Turns pairs of key and row round. `each` must tell the same pairs whenever it is called. */
export function postings(keys: number, each: (tell: (key: number, row: number) => void) => void): Postings {
  const starts = new Int32Array(keys + 1);
  each((key) => {
    starts[key + 1] = (starts[key + 1] as number) + 1;
  });
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const rows = new Int32Array(starts[keys] as number);
  const next = starts.slice(0, keys);
  each((key, row) => {
    const at = next[key] as number;
    rows[at] = row;
    next[key] = at + 1;
  });
  return { starts, rows };
}

/** Whether something of a document has still to be worked out. */
export const isDue = ({ documents }: RegisterTables, document: number, what: number): boolean =>
  (documents.due.at(document) & what) !== 0;

export function setDue({ documents }: RegisterTables, document: number, what: number, due: boolean): void {
  const before = documents.due.at(document);
  documents.due.set(document, due ? before | what : before & ~what);
}
