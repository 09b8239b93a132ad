import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  QuanlianError,
  type QueryNode,
  type SchemeName,
  type SchemeVersion,
  SchemeVersionSchema,
} from '@quanlian/contract';
import type { ClassScheme } from '@quanlian/engine';
import { buildScheme, type Scheme, type SchemePlace, symbolParts } from '@quanlian/kernel';
import { z } from 'zod';
import { readIndex, syncPath, writeIndex } from '../kept-files.js';
import { type ConcordanceStore, openConcordances } from './concordance.store.js';

/** Versions to answer by instead of the current ones. */
type WantedVersions = Partial<Record<SchemeName, string>>;

/** What a load of lists brings: the tree, and what could not be placed in it. */
interface NewScheme {
  readonly scheme: SchemeName;
  readonly version: string;
  readonly places: readonly SchemePlace[];
  readonly unplaced: number;
  readonly strangers: number;
}

/** The classification schemes of a data folder, several versions side by side. */
export interface SchemeStore {
  list(): Promise<SchemeVersion[]>;
  /** Keeps a version, in the place of one with the same name, and makes it the current one of its scheme. */
  save(scheme: NewScheme, now: string): Promise<SchemeVersion>;
  /** Makes a loaded version the one that "and below" follows. Refuses `scheme.unknown`. */
  choose(scheme: SchemeName, version: string): Promise<void>;
  remove(scheme: SchemeName, version: string): Promise<void>;
  /** The tree of a version, the current one when none is named; undefined when the scheme is not loaded at all. */
  open(scheme: SchemeName, version?: string): Promise<{ version: string; tree: Scheme } | undefined>;
  /** The section of the current version in which a symbol stands; undefined when the scheme is not loaded. */
  sectionOf(scheme: SchemeName, symbol: string): Promise<Scheme | undefined>;
  /** Tables from classes to other things. */
  readonly concordances: ConcordanceStore;
  /**
   * What the current versions, or those named, say is below the classes of a query; undefined when it names none, or no
   * scheme is loaded. Refuses `scheme.unknown` for a version that is not there.
   */
  classScheme(query: QueryNode, versions?: WantedVersions): Promise<ClassScheme | undefined>;
}

const IndexSchema = z.object({ versions: z.array(SchemeVersionSchema) });
const VERSION = /^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$/;
/** Trees are large: two whole ones and a few of their sections stay open. */
const MOST_OPEN = 12;

const sameVersion = (a: Pick<SchemeVersion, 'scheme' | 'version'>, scheme: string, version: string): boolean =>
  a.scheme === scheme && a.version === version;

async function* linesOf(places: readonly SchemePlace[]): AsyncGenerator<string> {
  for (const { symbol, level, titles } of places) yield `${JSON.stringify([symbol, level, titles])}\n`;
}

async function* placesOf(path: string): AsyncGenerator<SchemePlace> {
  const bytes = createReadStream(path).pipe(createGunzip());
  for await (const line of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    const [symbol, level, titles] = JSON.parse(line) as [string, number, Record<string, string>];
    yield { symbol, level, titles };
  }
}

async function readTree(paths: readonly string[]): Promise<Scheme> {
  const places: SchemePlace[] = [];
  for (const path of paths) for await (const place of placesOf(path)) places.push(place);
  return buildScheme(places);
}

/** The classes that a query asks for with all below them. */
function classesBelow(node: QueryNode): { field: string; symbol: string }[] {
  if (node.op === 'class') return node.below ? [{ field: node.field, symbol: node.symbol }] : [];
  if ('clauses' in node) return node.clauses.flatMap(classesBelow);
  return 'clause' in node ? classesBelow(node.clause) : [];
}

const sectionOf = (symbol: string): string => symbolParts(symbol)?.section ?? '';

/** Opens the folder of schemes; nothing is made in it before a scheme is saved. */
export function openSchemes(dir: string): SchemeStore {
  const index = join(dir, 'schemes.json');
  const folderOf = (scheme: string, version: string): string => join(dir, `${scheme}-${version}`);
  const fileOf = (scheme: string, version: string, section: string): string =>
    join(folderOf(scheme, version), `${section}.jsonl.gz`);
  const opened = new Map<string, Promise<Scheme>>();

  const list = async (): Promise<SchemeVersion[]> => (await readIndex(index, IndexSchema))?.versions ?? [];
  const write = (versions: readonly SchemeVersion[]): Promise<void> => writeIndex(index, { versions });

  /** The tree of a version, or of one of its sections only: that is read in a tenth of the time. */
  function treeOf({ scheme, version, loadedAt }: SchemeVersion, section?: string): Promise<Scheme> {
    const key = [scheme, version, loadedAt, section ?? ''].join(' ');
    const known = opened.get(key);
    if (known) return known;
    const folder = folderOf(scheme, version);
    const files = section === undefined ? readdir(folder).then((names) => names.sort()) : [`${section}.jsonl.gz`];
    const tree = Promise.resolve(files).then((names) => readTree(names.map((name) => join(folder, name))));
    opened.set(key, tree);
    tree.catch(() => opened.delete(key));
    const [oldest] = opened.keys();
    if (opened.size > MOST_OPEN && oldest !== undefined) opened.delete(oldest);
    return tree;
  }

  async function change(scheme: SchemeName, version: string, what: (all: SchemeVersion[]) => SchemeVersion[]) {
    const all = await list();
    if (!all.some((one) => sameVersion(one, scheme, version))) {
      throw new QuanlianError(
        'scheme.unknown',
        `There is no version ${version} of ${scheme} here; “scheme list” names those loaded.`,
      );
    }
    await write(what(all));
  }

  async function writeSections(scheme: SchemeName, version: string, places: readonly SchemePlace[]): Promise<void> {
    const bySection = new Map<string, SchemePlace[]>();
    for (const place of places) {
      const section = sectionOf(place.symbol);
      const ofSection = bySection.get(section);
      if (ofSection) ofSection.push(place);
      else bySection.set(section, [place]);
    }
    await rm(folderOf(scheme, version), { recursive: true, force: true });
    await mkdir(folderOf(scheme, version), { recursive: true });
    for (const [section, ofSection] of bySection) {
      const file = fileOf(scheme, version, section);
      await pipeline(Readable.from(linesOf(ofSection)), createGzip(), createWriteStream(file));
      await syncPath(file);
    }
    await syncPath(folderOf(scheme, version));
  }

  /** A section of a version; undefined when the version has none of that letter. */
  async function sectionTree(entry: SchemeVersion, section: string): Promise<Scheme | undefined> {
    const names = await readdir(folderOf(entry.scheme, entry.version));
    return section !== '' && names.includes(`${section}.jsonl.gz`) ? treeOf(entry, section) : undefined;
  }

  async function openVersion(scheme: SchemeName, version?: string) {
    const all = await list();
    const found = all.find(
      (one) => one.scheme === scheme && (version === undefined ? one.current : one.version === version),
    );
    return found && { version: found.version, tree: await treeOf(found) };
  }

  return {
    list,
    async save({ scheme, version, places, unplaced, strangers }, now) {
      if (!VERSION.test(version)) {
        throw new QuanlianError(
          'usage.invalid',
          `“${version}” is no name of a version; use letters, digits, dots and dashes, such as 2026.01.`,
        );
      }
      await mkdir(dir, { recursive: true });
      await writeSections(scheme, version, places);
      const languages = [...new Set(places.flatMap(({ titles }) => Object.keys(titles)))].sort();
      const entry: SchemeVersion = {
        scheme,
        version,
        places: places.length,
        languages,
        unplaced,
        strangers,
        loadedAt: now,
        current: true,
      };
      const others = (await list())
        .filter((one) => !sameVersion(one, scheme, version))
        .map((one) => (one.scheme === scheme ? { ...one, current: false } : one));
      await write([...others, entry]);
      return entry;
    },
    choose: (scheme, version) =>
      change(scheme, version, (all) =>
        all.map((one) => (one.scheme === scheme ? { ...one, current: one.version === version } : one)),
      ),
    async remove(scheme, version) {
      await change(scheme, version, (all) => all.filter((one) => !sameVersion(one, scheme, version)));
      await rm(folderOf(scheme, version), { force: true, recursive: true });
    },
    open: openVersion,
    async sectionOf(scheme, symbol) {
      const current = (await list()).find((one) => one.scheme === scheme && one.current);
      return current && sectionTree(current, sectionOf(symbol));
    },
    concordances: openConcordances(join(dir, 'concordances')),
    async classScheme(query, wanted = {}) {
      const asked = classesBelow(query);
      const named = Object.entries(wanted);
      if (asked.length === 0 && named.length === 0) return undefined;
      const all = await list();
      for (const [scheme, version] of named) {
        if (all.some((one) => sameVersion(one, scheme, version))) continue;
        throw new QuanlianError('scheme.unknown', `Version ${version} of ${scheme} is not loaded here.`);
      }
      const current = all.filter((one) =>
        wanted[one.scheme] === undefined ? one.current : one.version === wanted[one.scheme],
      );
      if (current.length === 0) return undefined;
      const below = new Map<string, readonly string[]>();
      for (const { field, symbol } of asked) {
        const versions = current.filter(({ scheme }) => field === 'class' || scheme.toLowerCase() === field);
        const trees = await Promise.all(versions.map((one) => sectionTree(one, sectionOf(symbol))));
        const known = trees.flatMap((tree) => (tree?.node(symbol) ? [tree.below(symbol)] : []));
        if (known.length > 0) below.set(`${field} ${symbol}`, [...new Set(known.flat())]);
      }
      return { below: (field, symbol) => below.get(`${field} ${symbol}`) };
    },
  };
}
