import type { CorpusStats } from '@quanlian/contract';
import { withCorpus } from '../corpus.js';
import { printJson, printLine, say, table } from '../output.js';

interface Options {
  readonly data: string;
  readonly json: boolean;
}

const SHOWN = 15;

function section(title: string, counts: Readonly<Record<string, number>>, byName = false): string {
  const entries = Object.entries(counts);
  const sorted = byName ? entries.toSorted(([a], [b]) => (a < b ? -1 : 1)) : entries.toSorted(([, a], [, b]) => b - a);
  const rows = sorted
    .slice(0, byName ? undefined : SHOWN)
    .map(([name, count]) => ['', name, count.toLocaleString('en-US')]);
  return rows.length === 0 ? '' : `\n${title}\n${table(rows)}\n`;
}

/** The files of data with what is in them, and what keeps them from being whole or merged. */
function filesOf({ files = [], damaged = [], mergeProblem }: CorpusStats): string {
  const count = (number: number): string => number.toLocaleString('en-US');
  const rows = files.map(({ file, bytes, crc, documents, deleted }) => [
    '',
    file,
    `${count(bytes)} bytes`,
    `CRC-32 ${crc}`,
    `${count(documents)} documents`,
    deleted > 0 ? `${count(deleted)} replaced or deleted` : '',
  ]);
  return [
    rows.length === 0 ? '' : `\nFiles\n${table(rows)}\n`,
    ...damaged.map((file) => `\nDamaged: ${file}. What it holds is missing from answers, and nothing can be loaded.\n`),
    mergeProblem === undefined ? '' : `\nSegments are not merged: ${mergeProblem}\n`,
  ].join('');
}

function readable(stats: CorpusStats): string {
  const head = table([
    ['documents', stats.documents.toLocaleString('en-US')],
    ['without a kind', stats.provisional.toLocaleString('en-US')],
    ['records', stats.records.toLocaleString('en-US')],
    ['bytes', stats.bytes.toLocaleString('en-US')],
    ['segments', String(stats.segments)],
    ['commit', String(stats.sequence)],
  ]);
  return [
    `${head}\n`,
    section('Offices', stats.byOffice),
    section('Kinds', stats.byKind),
    section('Years', stats.byYear, true),
    section('Documents with', stats.byField),
    section('Formats', stats.byFormat),
    filesOf(stats),
  ].join('');
}

/** `quanlian stats`: counts of the whole corpus. */
export async function statsCommand(options: Options): Promise<void> {
  const stats = await withCorpus(options.data, (backend) => backend.stats());
  await (options.json ? printJson(stats) : printLine(readable(stats).trimEnd()));
}

/** `quanlian check`: every file of the corpus against its checksum. Exit code 1 when one does not match. */
export async function checkCommand(options: Options): Promise<void> {
  const report = await withCorpus(options.data, (backend) => backend.check());
  if (options.json) await printJson(report);
  else {
    for (const { file, message } of report.problems) say(`${file}: ${message}`);
    const verdict = report.ok ? 'All files are as they were written' : 'The corpus is damaged';
    await printLine(
      `${verdict}: ${report.files} files, ${report.bytes.toLocaleString('en-US')} bytes, commit ${report.sequence}.`,
    );
  }
  if (!report.ok) process.exitCode = 1;
}
