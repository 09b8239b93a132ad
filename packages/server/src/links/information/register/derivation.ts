import type { ColumnName, ColumnUpdate, PatentDocument } from '@quanlian/contract';
import { columnPacker, type FactsReader, openFacts, type PackedColumn } from '@quanlian/engine';
import { holderSpans, legalTimeline, REGION_LEVELS, type RegionReader, valuesOfLevel } from '@quanlian/kernel';
import { type LegalBasis, rightFacts } from './legal.service.js';
import { changedRows, idsOf, inOrder, packRows } from './store/columns.js';
import { citedBy, noteTold, simpleFamilies } from './store/derive.js';
import { readTables, writeTables } from './store/file.js';
import type { Ints } from './store/ints.js';
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
const LOT = 1_000_000;
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
  const { documents, pool, sequence } = tables;
  const families = simpleFamilies(tables);
  const cited = citedBy(tables, families);
  const tell = async (name: ColumnName, told: Ints, found: Int32Array, textOf: (value: number) => string) => {
    const rows = inOrder(tables, changedRows(tables, told, found));
    if (rows.length > 0)
      await host.apply(
        name,
        packRows(tables, rows, (row) => found[row] as number, textOf),
        sequence,
      );
    return rows;
  };
  const changed = await tell('family', documents.family, families, (name) => pool.text(name));
  await tell('citedby', documents.cited, cited, String);
  const gone = changed.filter((row) => !isHeld(tables, row));
  if (gone.length > 0) {
    const nothing = packRows(tables, gone, () => NONE, String);
    for (const name of DERIVED) await host.apply(name, nothing, sequence);
  }
  noteTold(tables, families, cited);
}

/** The values of every derived column for each publication of a right. */
function columnsOf({ documents }: DueRight, { basis, today, regions }: DerivationSettings): ColumnUpdate['values'][][] {
  const { spans } = legalTimeline(rightFacts(documents, basis, today), basis.events);
  const own = documents.map((document) => regions.ofDocument(document));
  // Where a publication does not say where its owners are, the others of the right do.
  const any = own.findLast((list) => list.length > 0) ?? [];
  const status = spans.map(({ status: value, from }) => ({ value, from }));
  const holder = holderSpans(documents).flatMap(({ names, from }) =>
    names.map((value) => ({ value, ...(from ? { from } : {}) })),
  );
  return documents.map((_, i) => {
    const places = own[i]?.length ? own[i] : any;
    return DERIVED.map((name) => {
      if (name === 'status' || name === 'holder') return name === 'status' ? status : holder;
      return valuesOfLevel(places, name).map((value) => ({ value }));
    });
  });
}

/** Gathers the derived columns of documents, and hands them over in one go. */
function gatherer(tables: RegisterTables, host: DerivationHost) {
  let packers = DERIVED.map(() => columnPacker());
  let rows: number[] = [];
  return {
    get size() {
      return rows.length;
    },
    add(row: number, document: PatentDocument, values: readonly ColumnUpdate['values'][]): void {
      rows.push(row);
      for (const [i, packer] of packers.entries()) packer.add(document.id, values[i] ?? []);
      setParties(tables, row, document);
    },
    async flush(): Promise<void> {
      if (rows.length === 0) return;
      const numberOf = new Map(rows.map((row, number) => [row, number]));
      const ordered = inOrder(tables, Int32Array.from(rows));
      const numbers = Uint32Array.from(ordered, (row) => numberOf.get(row) as number);
      const ids = idsOf(tables, ordered);
      for (const [i, name] of DERIVED.entries()) {
        const column = packers[i]?.pack(ids, numbers);
        if (column !== undefined) await host.apply(name, column, tables.sequence);
      }
      for (const row of rows) setDue(tables, row, DUE_RIGHT, false);
      packers = DERIVED.map(() => columnPacker());
      rows = [];
    },
  };
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
  const gathered = gatherer(tables, host);
  for (const right of dueRights(tables, reader, watch)) {
    const columns = columnsOf(right, settings);
    for (const [i, document] of right.documents.entries())
      gathered.add(right.rows[i] as number, document, columns[i] ?? []);
    if (gathered.size >= LOT) await gathered.flush();
  }
  await gathered.flush();
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
