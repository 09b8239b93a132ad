import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDataFolder, startUp } from '../running.js';

/** The program on a data folder of its own without the demo city, with these documents loaded. */
export async function startSmall(documents: readonly object[]) {
  const data = await makeDataFolder('small');
  const file = join(data, 'documents.jsonl');
  await writeFile(file, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  const options = ['--no-demo', '--data', join(data, 'folder'), '--load', file];
  const { url, stop } = await startUp(data, options, documents.length);
  return { url, data, stop };
}
