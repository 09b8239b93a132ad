import { readFile } from 'node:fs/promises';
import { QuanlianError } from '@quanlian/contract';
import { readMapping, shippedMappings, type TableMapping } from '@quanlian/formats/mappings';

/** The mapping that `--mapping` names: one that comes with the program, else a file. Throws `usage.invalid`. */
export async function findMapping(name: string | undefined): Promise<TableMapping | undefined> {
  if (name === undefined) return undefined;
  const shipped = shippedMappings();
  const known = shipped[name];
  if (known) return known;
  const text = await readFile(name, 'utf8').catch((cause: unknown) => {
    const names = Object.keys(shipped).join(', ');
    throw new QuanlianError(
      'usage.invalid',
      `There is no mapping file ${name}; those that come with the program are ${names}.`,
      {
        cause,
      },
    );
  });
  return readMapping(text, name);
}
