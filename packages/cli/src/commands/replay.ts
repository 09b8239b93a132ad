import { readFile, writeFile } from 'node:fs/promises';
import { QuanlianError, type ReplayReport } from '@quanlian/contract';
import { dataFolder, readRecord, readSigningKey, replayPdf, replayRecord } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { printJson, printLine, say } from '../output.js';

export interface ReplayCommandOptions {
  readonly data: string;
  readonly json: boolean;
  /** PEM files with public keys of other installations to trust. */
  readonly key: readonly string[];
  /** A file to write the report to as PDF. */
  readonly pdf?: string;
  readonly lang: 'zh' | 'en';
}

async function readContent(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new QuanlianError('load.not_found', `The record ${file} cannot be read.`, { cause: error });
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new QuanlianError('replay.refused', `${file} is no JSON and so no record of a search.`, { cause: error });
  }
}

async function printReport(report: ReplayReport): Promise<void> {
  const { recorded, now, added, removed, changed, listed, sameDocuments, sameOrder, keyId } = report;
  await printLine(`Query: ${report.query.input}`);
  await printLine(`Signed by the key ${keyId}; the record is as it was signed.`);
  await printLine(`Then ${recorded.total} documents (commit ${recorded.sequence}, ${recorded.at}).`);
  await printLine(`Now ${now.total} documents (commit ${now.sequence}).`);
  for (const id of added) await printLine(`+ ${id}`);
  for (const { id, inCorpus } of removed) await printLine(`- ${id}${inCorpus ? '  (held, not found any more)' : ''}`);
  for (const id of changed) await printLine(`~ ${id}`);
  const same = sameDocuments ? 'The same documents are found' : 'Other documents are found';
  await printLine(`${same}, ${sameOrder ? 'in the same order' : 'in another order'}.`);
  if (listed) await printLine(`${added.length} added, ${removed.length} removed, ${changed.length} changed.`);
  else say('The record does not list its documents, so what changed cannot be named.');
}

/** `quanlian replay`: checks a record and says what the same search finds differently now. Refuses a changed record. */
export async function replayCommand(file: string, options: ReplayCommandOptions): Promise<void> {
  const own = await readSigningKey(dataFolder(options.data).recordKey);
  const others = await Promise.all(options.key.map((path) => readFile(path, 'utf8')));
  const record = readRecord(await readContent(file), [own.shown.publicKey, ...others]);
  const report = await withCorpus(options.data, (backend) => replayRecord(backend, record, () => new Date()));
  if (options.pdf !== undefined) await writeFile(options.pdf, await replayPdf(report, options.lang));
  if (options.json) await printJson(report);
  else await printReport(report);
}
