import { QuanlianError, type SchemeName, type SchemeVersion } from '@quanlian/contract';
import { readScheme } from '@quanlian/formats';
import { buildScheme, readPlaces } from '@quanlian/kernel';
import { dataFolder, openSchemes } from '@quanlian/server';
import { print, printJson, say, table } from '../output.js';

interface Where {
  readonly data: string;
}

const UNPLACED_SHOWN = 10;

function row(one: SchemeVersion): string[] {
  const { scheme, version, places, languages, current } = one;
  return [scheme, version, `${places.toLocaleString('en-US')} places`, languages.join(', '), current ? 'current' : ''];
}

/** `quanlian scheme load`: reads lists of one scheme and makes them its current version. A running server follows at once. */
export async function loadSchemeCommand(
  paths: readonly string[],
  { scheme, edition: version, data, json }: Where & { scheme: SchemeName; edition: string; json: boolean },
): Promise<void> {
  const read = await readScheme(paths);
  const places = readPlaces(read.rows);
  if (buildScheme(places).size === 0) throw new QuanlianError('scheme.invalid', 'The lists hold no class.');
  const { strangers, unplaced } = read;
  if (unplaced.length > 0) {
    const shown = unplaced.slice(0, UNPLACED_SHOWN).join(', ');
    say(
      `${unplaced.length} groups have no place in the tree, their dots are missing or do not follow: ${shown}${unplaced.length > UNPLACED_SHOWN ? ' …' : ''}`,
    );
  }
  if (strangers > 0) say(`${strangers} titles are of symbols that the tree does not have; they were left out.`);
  const store = openSchemes(dataFolder(data).schemes);
  const saved = await store.save(
    { scheme, version, places, unplaced: unplaced.length, strangers },
    new Date().toISOString(),
  );
  if (json) await printJson(saved);
  else await print(`${table([row(saved)])}\n`);
}

/** `quanlian scheme list`: the versions that are loaded. */
export async function listSchemesCommand({ data, json }: Where & { json: boolean }): Promise<void> {
  const versions = await openSchemes(dataFolder(data).schemes).list();
  if (json) await printJson(versions);
  else if (versions.length === 0)
    say('No scheme is loaded. “quanlian scheme load PATH --scheme CPC --edition 2026.01” loads one.');
  else await print(`${table(versions.map(row))}\n`);
}

/** `quanlian scheme use`: the version that "and below" follows from now on. */
export async function useSchemeCommand(scheme: SchemeName, version: string, { data }: Where): Promise<void> {
  await openSchemes(dataFolder(data).schemes).choose(scheme, version);
  say(`“And below” now follows ${scheme} ${version}.`);
}
