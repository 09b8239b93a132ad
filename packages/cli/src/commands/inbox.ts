import { dataFolder, readInbox } from '@quanlian/server';
import { printJson, printLine, table } from '../output.js';

/** `quanlian inbox`: what waits in the order of loading, missing weeks of each series, and files with failed records. */
export async function inboxCommand(options: { data: string; json: boolean }): Promise<void> {
  const dir = dataFolder(options.data).inbox;
  const report = await readInbox(dir);
  if (options.json) return printJson(report);
  const { waiting, gaps, failed } = report;
  await printLine(`${dir}: ${waiting.length} waiting`);
  if (waiting.length > 0) await printLine(table(waiting.map((name) => ['', name])));
  for (const { office, series, missing } of gaps) {
    await printLine(`Missing weeks of ${office} ${series}: ${missing.join(', ')}`);
  }
  if (failed.length === 0) return;
  await printLine('Files with records that failed; another version of the program reads them again when it starts:');
  const rows = failed.map(({ name, folder, failed: count, version }) => {
    const read = version === undefined ? '' : `read by version ${version}`;
    return ['', `${folder}/${name}`, `${count} failed`, read];
  });
  await printLine(table(rows));
}
