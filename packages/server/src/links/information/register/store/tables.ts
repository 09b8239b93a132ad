import type { Citation, Party, PatentDocument } from '@quanlian/contract';
import { applicationKey, familyFacts, familyKeys, publicationNumber } from '@quanlian/kernel';
import { Ints } from './ints.js';
import { TextPool } from './text-pool.js';

/** Stands for nothing: no group, no family of the source, a value not yet handed to the corpus. */
export const NONE = -1;

/** Columns of the table of groups (all publications of one office and number). */
const GROUP_COLUMNS = ['key', 'segment', 'place', 'sum', 'size'] as const;
/**
 * Columns of the table of documents; texts stand as numbers of the pool. `keys`, `cites` and `parties` are where a list
 * begins in the heap. `family` and `cited` are what the corpus was told last, `due` is 1 while status and owner are not
 * what they would be derived to.
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

/** Who cited, as far as a source says. */
export const CITATION_ORIGINS = ['unknown', 'examiner', 'applicant', 'third-party'] as const;
export type CitationOrigin = (typeof CITATION_ORIGINS)[number];

/**
 * Who a citation comes from by the word a source has for the phase: searches and examinations are the office's work,
 * descriptions and applicants' lists the applicant's, observations and oppositions come from others.
 */
export function citationOrigin(phase: string | undefined): CitationOrigin {
  const word = (phase ?? '').toLowerCase();
  if (/third|observ|oppos|invalid|tpo/.test(word)) return 'third-party';
  if (/app|description|other|ids/.test(word)) return 'applicant';
  if (/sea|exa|isr|ise|ipre|iper|report|office|suppl|national/.test(word)) return 'examiner';
  return 'unknown';
}

const LETTERS = 26;
const A = 65;

/** Letters of categories as bits, and above them the origin. */
export function packCitation({ category = '', phase }: Pick<Citation, 'category' | 'phase'>): number {
  let bits = 0;
  for (const letter of category.toUpperCase()) {
    const bit = letter.charCodeAt(0) - A;
    if (bit >= 0 && bit < LETTERS) bits |= 1 << bit;
  }
  return bits | (CITATION_ORIGINS.indexOf(citationOrigin(phase)) << LETTERS);
}

export function unpackCitation(packed: number): { categories: string; origin: CitationOrigin } {
  let categories = '';
  for (let bit = 0; bit < LETTERS; bit++) if (packed & (1 << bit)) categories += String.fromCharCode(A + bit);
  return { categories, origin: CITATION_ORIGINS[packed >>> LETTERS] ?? 'unknown' };
}

function addList(tables: RegisterTables, numbers: readonly number[]): number {
  const at = tables.heap.push(numbers.length);
  for (const number of numbers) tables.heap.push(number);
  return at;
}

/** A list of the heap. */
export const listAt = ({ heap }: RegisterTables, at: number): Int32Array => heap.view(at + 1, at + 1 + heap.at(at));

/** What is cited, each once, with how it is cited by the first citation that names it. */
function citesOf({ pool }: RegisterTables, citations: readonly Citation[]): number[] {
  const cites = new Map<number, number>();
  for (const citation of citations) {
    const number = citation.id === undefined ? undefined : publicationNumber(citation.id);
    if (number === undefined) continue;
    const key = pool.intern(number);
    const before = cites.get(key) ?? 0;
    const packed = packCitation(citation);
    cites.set(key, before === 0 ? packed : before | (packed & ((1 << LETTERS) - 1)));
  }
  return [...cites].flat();
}

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

/** The right that publications belong to: their application, or the publication alone when it names none. */
const rightKey = ({ office, application, id }: PatentDocument): string =>
  `${office} ${(application && applicationKey(application)) ?? id}`;

/** Takes a document in; what the corpus was told of it before (under its id) is told again only when it changes. */
export function addDocument(
  tables: RegisterTables,
  group: number,
  document: PatentDocument,
  before: { family: number; cited: number } | undefined,
): number {
  const { pool, documents } = tables;
  const facts = familyFacts(document);
  const { office, number, id } = document;
  const keys = new Set([facts.application ?? `=${id}`, ...facts.priorities, ...facts.related]);
  const row = {
    group,
    id: pool.intern(id),
    number: pool.intern(publicationNumber(office + number) ?? office + number),
    right: pool.intern(rightKey(document)),
    set: pool.intern(familyKeys(facts).join('\n')),
    source: facts.familyId === undefined ? NONE : pool.intern(facts.familyId),
    keys: addList(
      tables,
      Array.from(keys, (key) => pool.intern(key)),
    ),
    cites: addList(tables, citesOf(tables, document.citations ?? [])),
    parties: addList(tables, partiesOf(tables, document)),
    family: before?.family ?? NONE,
    cited: before?.cited ?? NONE,
    due: 1,
  };
  for (const name of DOCUMENT_COLUMNS) documents[name].push(row[name]);
  return documents.id.length - 1;
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

/** The held documents by a column of texts. */
export const documentsBy = (tables: RegisterTables, column: 'id' | 'number' | 'right' | 'set'): Postings =>
  postings(tables.pool.size, (tell) => {
    const values = tables.documents[column];
    for (let row = 0; row < values.length; row++) if (isHeld(tables, row)) tell(values.at(row), row);
  });
