import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type ConcordanceName, type ConcordanceTarget, QuanlianError, type SchemeName } from '@quanlian/contract';
import { buildScheme, type ConcordanceRow, normalizeSymbol, readPlaces, type Scheme } from '@quanlian/kernel';
import { z } from 'zod';

/** The tables that ship with the program lie at the root, at the same depth from the sources and the build. */
const SHIPPED = new URL('../../../../../../rules/classification/', import.meta.url);

const Words = z.object({ en: z.string().min(1), zh: z.string().min(1) });
const Head = {
  edition: z.string().min(1),
  source: z.string().min(1),
  url: z.url().optional(),
  certainty: z.enum(['verified', 'compiled']),
  verifiedOn: z.iso.date(),
  note: Words,
};

/** A shipped table from classes to fields or industries. `later` are rows of our own reading, within the others. */
export const ShippedTableSchema = z.strictObject({
  table: z.enum(['field35', 'industry']),
  ...Head,
  later: z.record(z.string(), z.array(z.string())).optional(),
  targets: z
    .array(z.strictObject({ code: z.string(), name: Words, sector: Words, symbols: z.array(z.string()) }))
    .min(1),
});

/** The shipped titles down to the subclasses; a place of one scheme alone names it. */
export const ShippedOutlineSchema = z.strictObject({
  outline: z.literal('classes'),
  ...Head,
  places: z
    .array(
      z.strictObject({ symbol: z.string(), en: z.string(), zh: z.string(), only: z.enum(['IPC', 'CPC']).optional() }),
    )
    .min(1),
});

async function readShipped<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  const file = fileURLToPath(new URL(name, SHIPPED));
  const parsed = schema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new QuanlianError(
    'rules.invalid',
    `The table ${name} is not well made: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

/** A table that comes with the program; `rows` is empty where only the names may be given along. */
export interface ShippedTable {
  readonly edition: string;
  readonly rows: readonly ConcordanceRow[];
  readonly targets: readonly ConcordanceTarget[];
}

const tables = new Map<ConcordanceName, Promise<ShippedTable>>();

/** What comes with the program for a table; undefined where nothing does. */
export async function shippedTable(name: ConcordanceName): Promise<ShippedTable | undefined> {
  if (name === 'cpc-ipc') return undefined;
  const known = tables.get(name);
  if (known) return known;
  const read = readShipped(`${name}.json`, ShippedTableSchema).then(({ edition, targets, later = {} }) => ({
    edition,
    rows: targets.flatMap(({ code, symbols }) =>
      [...symbols, ...(later[code] ?? [])].map((symbol) => ({ symbol, target: code })),
    ),
    targets: targets.map(({ code, name: names, sector }) => ({ code, names, sector })),
  }));
  tables.set(name, read);
  read.catch(() => tables.delete(name));
  return read;
}

/** The titles of sections, classes and subclasses in our own words, and the edition of the scheme they follow. */
export interface Outline {
  readonly edition: string;
  readonly verifiedOn: string;
  readonly tree: Scheme;
}

const outlines = new Map<SchemeName, Promise<Outline>>();

/** The tree down to the subclasses, for when no scheme is loaded. It says nothing of what is below a subclass. */
export function shippedOutline(scheme: SchemeName): Promise<Outline> {
  const known = outlines.get(scheme);
  if (known) return known;
  const read = readShipped('outline.json', ShippedOutlineSchema).then(({ edition, verifiedOn, places }) => {
    const own = places.filter(({ only }) => only === undefined || only === scheme);
    const inOrder = own.toSorted((a, b) => (normalizeSymbol(a.symbol) < normalizeSymbol(b.symbol) ? -1 : 1));
    const rows = inOrder.map(({ symbol, en, zh }) => ({ symbol, titles: { en, zh } }));
    return { edition, verifiedOn, tree: buildScheme(readPlaces(rows)) };
  });
  outlines.set(scheme, read);
  read.catch(() => outlines.delete(scheme));
  return read;
}
