import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  CONCORDANCES,
  type ConcordanceEdition,
  ConcordanceEditionSchema,
  type ConcordanceName,
  type ConcordanceTarget,
  QuanlianError,
} from '@quanlian/contract';
import { type Concordance, type ConcordanceRow, concordance } from '@quanlian/kernel';
import { z } from 'zod';
import { readIndex, writeIndex, writeKept } from '../kept-files.js';
import { shippedTable } from './shipped.js';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A table that is open: what it says of classes, and the names of what it leads to. */
export interface OpenTable {
  readonly edition: string;
  readonly table: Concordance;
  /** In the order of the table. */
  readonly targets: ReadonlyMap<string, ConcordanceTarget>;
}

/** A table as it is handed in. */
interface NewTable {
  readonly name: ConcordanceName;
  readonly edition: string;
  readonly rows: readonly ConcordanceRow[];
  readonly targets: readonly ConcordanceTarget[];
}

/** The tables of a data folder, several editions side by side, with those that come with the program. */
export interface ConcordanceStore {
  list(): Promise<ConcordanceEdition[]>;
  /** Keeps an edition, in the place of one with the same name, and makes it the current one. */
  save(table: NewTable, now: string): Promise<ConcordanceEdition>;
  /** Makes an edition the one that searches follow. Refuses `concordance.unknown`. */
  choose(name: ConcordanceName, edition: string): Promise<void>;
  /** A table in an edition, the current one when none is named; undefined when there is none. */
  open(name: ConcordanceName, edition?: string): Promise<OpenTable | undefined>;
}

const IndexSchema = z.object({
  editions: z.array(ConcordanceEditionSchema),
  /** Tables for which the edition that comes with the program was chosen again. */
  shipped: z.array(z.string()).default([]),
});
type Index = z.infer<typeof IndexSchema>;
const EDITION = /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/;
/** Tables that stay open, in whatever edition. */
const MOST_OPEN = 6;
const FileSchema = z.object({
  rows: z.array(z.tuple([z.string(), z.string()])),
  targets: z.array(z.custom<ConcordanceTarget>()),
});

function openTable(edition: string, rows: readonly ConcordanceRow[], targets: readonly ConcordanceTarget[]): OpenTable {
  return { edition, table: concordance(rows), targets: new Map(targets.map((target) => [target.code, target])) };
}

/** Codes in the order people count in: 2 before 10, 1.9 before 1.10. */
const byCode = (a: ConcordanceTarget, b: ConcordanceTarget): number =>
  a.code.localeCompare(b.code, 'en', { numeric: true });

/** The targets of the rows, each with the name the table gives it, else the one that comes with the program. */
async function namedTargets({ name, rows, targets }: NewTable): Promise<ConcordanceTarget[]> {
  if (name === 'cpc-ipc') return [];
  const given = new Map(targets.map((target) => [target.code, target]));
  const shipped = new Map((await shippedTable(name))?.targets.map((target) => [target.code, target]));
  return [...new Set(rows.map(({ target }) => target))]
    .map((code) => {
      const [own, known] = [given.get(code), shipped.get(code)];
      const sector = { ...known?.sector, ...own?.sector };
      return {
        code,
        names: { ...known?.names, ...own?.names },
        ...(Object.keys(sector).length > 0 ? { sector } : {}),
      };
    })
    .sort(byCode);
}

async function shippedEditions({ editions, shipped }: Index): Promise<ConcordanceEdition[]> {
  const found = await Promise.all(
    CONCORDANCES.map(async (name): Promise<ConcordanceEdition[]> => {
      const table = await shippedTable(name);
      if (!table || table.rows.length === 0) return [];
      const replaced = editions.some((one) => one.name === name && one.current) && !shipped.includes(name);
      const { edition, rows, targets } = table;
      const counts = { rows: rows.length, targets: targets.length };
      return [{ name, edition, ...counts, loadedAt: null, builtin: true, current: !replaced }];
    }),
  );
  return found.flat();
}

/** Opens the folder of tables; nothing is made in it before a table is saved. */
export function openConcordances(dir: string): ConcordanceStore {
  const indexFile = join(dir, 'concordances.json');
  const fileOf = (name: string, edition: string): string => join(dir, `${name}-${edition}.json.gz`);
  const opened = new Map<string, Promise<OpenTable>>();

  const readTables = async (): Promise<Index> =>
    (await readIndex(indexFile, IndexSchema)) ?? { editions: [], shipped: [] };
  const writeTables = (index: Index): Promise<void> => writeIndex(indexFile, index);

  async function list(): Promise<ConcordanceEdition[]> {
    const index = await readTables();
    const own = index.editions.map((one) => ({ ...one, current: one.current && !index.shipped.includes(one.name) }));
    return [...own, ...(await shippedEditions(index))];
  }

  async function readOpen({ name, edition }: ConcordanceEdition): Promise<OpenTable> {
    const text = (await unpack(await readFile(fileOf(name, edition)))).toString('utf8');
    const { rows, targets } = FileSchema.parse(JSON.parse(text));
    return openTable(
      edition,
      rows.map(([symbol, target]) => ({ symbol, target })),
      targets,
    );
  }

  return {
    list,
    async save(table, now) {
      const { name, edition, rows } = table;
      if (!EDITION.test(edition)) {
        const sentence = `“${edition}” is no name of an edition; use letters, digits, dots and dashes, such as 2026.01.`;
        throw new QuanlianError('usage.invalid', sentence);
      }
      await mkdir(dir, { recursive: true });
      const targets = await namedTargets(table);
      const content = JSON.stringify({ rows: rows.map(({ symbol, target }) => [symbol, target]), targets });
      await writeKept(fileOf(name, edition), await pack(content));
      const counts = { rows: rows.length, targets: name === 'cpc-ipc' ? rows.length : targets.length };
      const entry: ConcordanceEdition = { name, edition, ...counts, loadedAt: now, builtin: false, current: true };
      const { editions, shipped } = await readTables();
      const others = editions
        .filter((one) => one.name !== name || one.edition !== edition)
        .map((one) => (one.name === name ? { ...one, current: false } : one));
      await writeTables({ editions: [...others, entry], shipped: shipped.filter((one) => one !== name) });
      return entry;
    },
    async choose(name, edition) {
      const chosen = (await list()).find((one) => one.name === name && one.edition === edition);
      if (!chosen) {
        throw new QuanlianError('concordance.unknown', `The edition ${edition} of ${name} is not loaded here.`);
      }
      const { editions, shipped } = await readTables();
      await mkdir(dir, { recursive: true });
      const others = shipped.filter((one) => one !== name);
      await writeTables({
        editions: editions.map((one) =>
          one.name === name && !chosen.builtin ? { ...one, current: one.edition === edition } : one,
        ),
        shipped: chosen.builtin ? [...others, name] : others,
      });
    },
    async open(name, edition) {
      const all = await list();
      const found = all.find((one) => one.name === name && (edition ? one.edition === edition : one.current));
      if (!found) return undefined;
      const key = [name, found.edition, found.loadedAt].join(' ');
      const known = opened.get(key);
      if (known) return known;
      const shipped = found.builtin ? await shippedTable(name) : undefined;
      const table = shipped
        ? Promise.resolve(openTable(found.edition, shipped.rows, shipped.targets))
        : readOpen(found);
      opened.set(key, table);
      table.catch(() => opened.delete(key));
      const [oldest] = opened.keys();
      if (opened.size > MOST_OPEN && oldest !== undefined) opened.delete(oldest);
      return table;
    },
  };
}
