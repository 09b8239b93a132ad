import type { ConcordanceEdition, ConcordanceName } from '@quanlian/contract';
import { readConcordance } from '@quanlian/formats';
import { dataFolder, openSchemes } from '@quanlian/server';
import { print, printJson, say, table } from '../output.js';

interface Where {
  readonly data: string;
}

const storeOf = (data: string) => openSchemes(dataFolder(data).schemes).concordances;

function row({ name, edition, rows, builtin, current }: ConcordanceEdition): string[] {
  const notes = [builtin ? 'comes with the program' : '', current ? 'current' : ''].filter((note) => note !== '');
  return [name, edition, `${rows.toLocaleString('en-US')} rows`, notes.join(', ')];
}

/** `quanlian concordance load`: reads a table and makes it the current edition. A running server follows at once. */
export async function loadConcordanceCommand(
  file: string,
  { name, edition, data, json }: Where & { name: ConcordanceName; edition: string; json: boolean },
): Promise<void> {
  const { rows, targets, without, narrowed } = await readConcordance(name, file);
  if (without > 0) say(`${without} symbols have no place in the other scheme.`);
  if (narrowed > 0) say(`Rows narrowed by keywords or notes: ${narrowed}. The table leads by their classes alone.`);
  const saved = await storeOf(data).save({ name, edition, rows, targets }, new Date().toISOString());
  if (json) await printJson(saved);
  else await print(`${table([row(saved)])}\n`);
}

/** `quanlian concordance list`: the tables that are there. */
export async function listConcordancesCommand({ data, json }: Where & { json: boolean }): Promise<void> {
  const editions = await storeOf(data).list();
  if (json) await printJson(editions);
  else await print(`${table(editions.map(row))}\n`);
}

/** `quanlian concordance use`: the edition that searches follow from now on. */
export async function useConcordanceCommand(name: ConcordanceName, edition: string, { data }: Where): Promise<void> {
  await storeOf(data).choose(name, edition);
  say(`Searches now follow ${name} ${edition}.`);
}
