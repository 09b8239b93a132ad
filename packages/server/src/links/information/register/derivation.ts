import type { ColumnName, ColumnUpdate, PatentDocument } from '@quanlian/contract';
import { type FactsReader, openFacts, type PackedColumn, packColumn } from '@quanlian/engine';
import { holderSpans, legalTimeline, REGION_LEVELS, type RegionReader, valuesOfLevel } from '@quanlian/kernel';
import { type LegalBasis, rightFacts } from './legal.service.js';
import { changedRows, inOrder, packRows } from './store/columns.js';
import { citedBy, noteTold, simpleFamilies } from './store/derive.js';
import { readTables, writeTables } from './store/file.js';
import { countDue, type DueRight, dueRights } from './store/rights.js';
import { DUE_RIGHT, emptyTables, isHeld, NONE, type RegisterTables, setDue, setParties } from './store/tables.js';
import { markAllDue, updateTables, type Watch } from './store/update.js';

/** What a derivation is doing: reading what changed, deriving families and citations, deriving status and owners. */
export type RegisterPhase = 'reading' | 'linking' | 'rights';

/** What a derivation is given. */
export interface DerivationSettings {
  /** The corpus folder. */
  readonly corpus: string;
  /** The file of the tables. */
  readonly store: string;
  readonly basis: LegalBasis;
  /** Reads where owners are from their addresses. */
  readonly regions: RegionReader;
  /** Names what status is derived with; another one lets everything be derived again. */
  readonly fingerprint: string;
  readonly today: string;
}

/** What a derivation tells and asks while it runs. */
export interface DerivationHost {
  progress(phase: RegisterPhase, done: number, total: number): void;
  stopped(): boolean;
  /** Overlays a column of the corpus and resolves when that is durable. */
  apply(name: ColumnName, column: PackedColumn, sequence: number): Promise<void>;
}

/** Rights handed over at once: the column is written whole for each lot. */
const LOT = 250_000;
/** The columns of a right and its owners, in the order their values are gathered. */
const DERIVED = ['status', 'holder', ...REGION_LEVELS] as const;
/** Dead rows that are worth making the tables anew for. */
const WORTH_CLEANING = 50_000;

function openTables(path: string): RegisterTables {
  const tables = readTables(path) ?? emptyTables();
  const held = tables.documents.id.length - tables.dead;
  if (tables.dead < WORTH_CLEANING || tables.dead < held) return tables;
  return emptyTables();
}

/** Families and citation counts: those that the load may have changed counted anew, what changed told to the corpus. */
async function link(tables: RegisterTables, host: DerivationHost): Promise<void> {
  const families = simpleFamilies(tables);
  const cited = citedBy(tables, families);
  const rows = inOrder(tables, changedRows(tables, families, cited));
  if (rows.length > 0) await tellLinks(tables, host, rows, families, cited);
  noteTold(tables, families, cited);
}

async function tellLinks(
  tables: RegisterTables,
  host: DerivationHost,
  rows: Int32Array,
  families: Int32Array,
  cited: Int32Array,
): Promise<void> {
  const { pool, sequence } = tables;
  const gone = rows.filter((row) => !isHeld(tables, row));
  const familyOf = (row: number): number => families[row] as number;
  await host.apply(
    'family',
    packRows(tables, rows, familyOf, (name) => pool.text(name)),
    sequence,
  );
  await host.apply(
    'citedby',
    packRows(tables, rows, (row) => cited[row] as number, String),
    sequence,
  );
  if (gone.length > 0) {
    const nothing = packRows(tables, gone, () => NONE, String);
    for (const name of DERIVED) await host.apply(name, nothing, sequence);
  }
}

function columnsOf({ documents }: DueRight, { basis, today, regions }: DerivationSettings): ColumnUpdate[][] {
  const { spans } = legalTimeline(rightFacts(documents, basis, today), basis.events);
  const own = documents.map((document) => regions.ofDocument(document));
  // Where a publication does not say where its owners are, the others of the right do.
  const any = own.findLast((list) => list.length > 0) ?? [];
  const status = spans.map(({ status: value, from }) => ({ value, from }));
  const holder = holderSpans(documents).flatMap(({ names, from }) =>
    names.map((value) => ({ value, ...(from ? { from } : {}) })),
  );
  return documents.map(({ id }, i) => {
    const places = own[i]?.length ? own[i] : any;
    return DERIVED.map((name) => {
      if (name === 'status' || name === 'holder') return { id, values: name === 'status' ? status : holder };
      return { id, values: valuesOfLevel(places, name).map((value) => ({ value })) };
    });
  });
}

/** Status and owner of every right with a publication that changed, in lots. */
async function deriveRights(
  tables: RegisterTables,
  reader: FactsReader,
  settings: DerivationSettings,
  host: DerivationHost,
): Promise<void> {
  const total = countDue(tables);
  const watch: Watch = { seen: (done) => host.progress('rights', done, total), stopped: host.stopped };
  let updates: ColumnUpdate[][] = [];
  let rows: number[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    for (const [i, name] of DERIVED.entries()) {
      await host.apply(name, packColumn(updates.flatMap((of) => of[i] ?? [])), tables.sequence);
    }
    for (const row of rows) setDue(tables, row, DUE_RIGHT, false);
    [updates, rows] = [[], []];
  };
  for (const right of dueRights(tables, reader, watch)) {
    updates.push(...columnsOf(right, settings));
    right.rows.forEach((row, i) => {
      setParties(tables, row, right.documents[i] as PatentDocument);
      rows.push(row);
    });
    if (rows.length >= LOT) await flush();
  }
  await flush();
}

/**
 * Brings the register's tables and the derived columns to the newest commit. What a stopped run leaves undone the next
 * goes on with. Resolves to the state of the corpus that was derived from, or undefined when stopped before the end.
 */
export async function runDerivation(settings: DerivationSettings, host: DerivationHost): Promise<number | undefined> {
  const reader = openFacts(settings.corpus);
  try {
    const tables = openTables(settings.store);
    const reading: Watch = {
      seen: (done) => host.progress('reading', done, reader.documents),
      stopped: host.stopped,
    };
    if (!updateTables(tables, reader, reading)) return undefined;
    if (tables.basis !== settings.fingerprint) markAllDue(tables);
    tables.basis = settings.fingerprint;
    try {
      host.progress('linking', 0, 1);
      await link(tables, host);
      await deriveRights(tables, reader, settings, host);
    } finally {
      writeTables(settings.store, tables);
    }
    return host.stopped() ? undefined : tables.sequence;
  } finally {
    reader.close();
  }
}
