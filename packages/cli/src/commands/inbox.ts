import { QuanlianError } from '@quanlian/contract';
import { dataFolder, readInbox, retryFromInbox } from '@quanlian/server';
import { printJson, printLine, say, table } from '../output.js';

interface Options {
  readonly data: string;
  readonly json: boolean;
  /** Names of files with failed records that are to be read again; `true` means all. */
  readonly retry?: readonly string[] | true;
}

/** Puts files with failed records back into the inbox; a server that runs, or the next that starts, reads them. */
async function retry(dir: string, wanted: readonly string[] | true): Promise<void> {
  const { failed } = await readInbox(dir);
  const known = (name: string) => failed.filter((one) => name === one.name || name === `${one.folder}/${one.name}`);
  const missing = wanted === true ? [] : wanted.filter((name) => known(name).length === 0);
  if (missing.length > 0) {
    const sentence = `The inbox has put away no file ${missing.join(', ')} with failed records; “quanlian inbox” lists them.`;
    throw new QuanlianError('inbox.not_found', sentence);
  }
  const files = wanted === true ? failed : wanted.flatMap(known);
  await retryFromInbox(dir, files);
  say(files.length === 0 ? 'No file of the inbox has failed records.' : `${files.length} to be read again.`);
}

/** `quanlian inbox`: what waits in the order of loading, missing weeks of each series, and files with failed records. */
export async function inboxCommand(options: Options): Promise<void> {
  const dir = dataFolder(options.data).inbox;
  if (options.retry !== undefined) await retry(dir, options.retry);
  const report = await readInbox(dir);
  if (options.json) return printJson(report);
  const { waiting, gaps, failed } = report;
  await printLine(`${dir}: ${waiting.length} waiting`);
  if (waiting.length > 0) await printLine(table(waiting.map(({ name, date }) => ['', date ?? '–', name])));
  for (const { office, series, missing } of gaps) {
    await printLine(`Missing weeks of ${office} ${series}: ${missing.join(', ')}`);
  }
  if (failed.length === 0) return;
  await printLine(
    'Files with records that failed; another version of the program reads them again when it starts, --retry now:',
  );
  const rows = failed.map(({ name, folder, failed: count, version, error, failures }) => {
    const read = version === undefined ? '' : `read by version ${version}`;
    return ['', `${folder}/${name}`, `${count} failed`, error?.code ?? failures[0]?.code ?? '', read];
  });
  await printLine(table(rows));
}
