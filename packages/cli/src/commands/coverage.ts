import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CorpusCoverage, QuanlianError } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { writeTable } from '@quanlian/formats/tables';
import { type AuthorityForm, authorityFile, countCoverage, countNumbers, coverageTable } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, say, table } from '../output.js';

export interface CoverageOptions {
  readonly data: string;
  readonly json: boolean;
  readonly numbers?: string;
  readonly authorityFile?: string;
  readonly form: AuthorityForm;
  readonly gaps: boolean;
  readonly export?: string;
  readonly table: 'rows' | 'kinds' | 'fields' | 'gaps';
}

const RUNS_SHOWN = 5;

function officeOf(written: string): string {
  const office = written.toUpperCase();
  if (/^[A-Z]{2}$/.test(office)) return office;
  throw new QuanlianError('usage.invalid', `“${written}” is no office; write its two letters (WIPO ST.3), such as EP.`);
}

function formatOf(file: string): 'csv' | 'xlsx' {
  const ending = /\.(csv|xlsx)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === 'csv' || ending === 'xlsx') return ending;
  throw new QuanlianError('usage.invalid', `“${file}” does not end in .csv or .xlsx.`);
}

function readable({ documents, kinds, gaps }: CorpusCoverage): string {
  const rows = kinds.map((one) => [
    one.office,
    one.kind ?? '(none)',
    one.documents.toLocaleString('en-US'),
    `${one.first ?? '?'} to ${one.last ?? '?'}`,
    `abstracts ${one.abstracts}, claims ${one.claims}, descriptions ${one.descriptions}`,
  ]);
  const lines = gaps.map(({ gap, office, kind, when, documents: held, expected }) => {
    const what =
      when === null ? `${gap} for ${held} of ${expected} documents` : `${held} documents, ${expected} are usual`;
    return ['', office, kind ?? '(none)', when ?? '', what];
  });
  const gapsTold = lines.length === 0 ? [] : ['', 'Gaps', table(lines)];
  return `${[`${documents.toLocaleString('en-US')} documents`, table(rows), ...gapsTold].join('\n')}\n`;
}

async function numbersCommand(backend: SearchBackend, written: string, json: boolean): Promise<void> {
  const [office, kind, ...rest] = written.toUpperCase().split('-');
  if (!office || !kind || rest.length > 0) {
    throw new QuanlianError('usage.invalid', `“${written}” is no office and kind; write them as CN-A.`);
  }
  const counted = await countNumbers(backend, office, kind);
  if (json) return printJson(counted);
  if (counted.series.length === 0) say(`Nothing is held here of ${office} with the kind ${kind}.`);
  for (const { series, first, last, documents, missing, gaps } of counted.series) {
    await print(`${series}  ${first} to ${last}: ${documents} held, ${missing} missing\n`);
    for (const { from, to, missing: run } of gaps.slice(0, RUNS_SHOWN)) await print(`    ${from} to ${to} (${run})\n`);
  }
}

/** `quanlian coverage`: what the corpus holds and what is missing, on the screen or as files. */
export async function coverageCommand(options: CoverageOptions): Promise<void> {
  const { data, json, numbers, form, gaps, export: file } = options;
  const office = options.authorityFile === undefined ? undefined : officeOf(options.authorityFile);
  const format = file === undefined ? undefined : formatOf(file);
  await withCorpus(data, async (backend) => {
    if (numbers !== undefined) return numbersCommand(backend, numbers, json);
    if (office !== undefined) {
      const today = new Date().toISOString().slice(0, 10);
      for await (const piece of authorityFile(backend, { office, form, gaps, today })) await print(piece);
      return;
    }
    const coverage = await countCoverage(backend);
    if (file !== undefined && format !== undefined) {
      await pipeline(
        Readable.from(writeTable(format, coverageTable(coverage, options.table))),
        createWriteStream(file),
      );
      say(`Wrote ${coverage[options.table].length} rows to ${file}.`);
    } else if (json) await printJson(coverage);
    else await print(readable(coverage));
  });
}
