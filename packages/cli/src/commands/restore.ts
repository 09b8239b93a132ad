import { access } from 'node:fs/promises';
import { dataFolder, restoreBackup } from '@quanlian/server';
import { printJson, printLine } from '../output.js';

/** `quanlian restore FILE`: into an empty data folder, and an empty database if DATABASE_URL names one. */
export async function restoreCommand(
  file: string,
  options: { readonly data: string; readonly json: boolean },
): Promise<void> {
  await access(file);
  const { root } = dataFolder(options.data);
  const { head, files } = await restoreBackup({ archive: file, root, url: process.env['DATABASE_URL'] });
  const { createdAt, tables } = head;
  if (options.json) await printJson({ createdAt, tables: tables.length, files });
  else await printLine(`${root} is as it was at ${createdAt}: ${tables.length} tables, ${files} files.`);
}
