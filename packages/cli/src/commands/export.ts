import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Sort, Syntax } from '@quanlian/contract';
import { type ExportFormat, readQuestion, writeExport } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print } from '../output.js';

export interface ExportCommandOptions {
  readonly data: string;
  readonly syntax: Syntax;
  readonly filter: readonly string[];
  readonly sort: Sort;
  readonly format: ExportFormat;
  readonly lang: 'zh' | 'en';
  readonly output?: string;
}

/** `quanlian export`: every hit of a query as a file; JSON Lines load back as they are. */
export async function exportCommand(q: string, options: ExportCommandOptions): Promise<void> {
  const { data, syntax, filter, sort, format, lang, output } = options;
  const { filtered } = readQuestion({ q, syntax, filter });
  const today = new Date().toISOString().slice(0, 10);
  await withCorpus(data, async (backend) => {
    const content = writeExport(format, backend.scan(filtered, sort, today), lang);
    if (output !== undefined) await pipeline(content, createWriteStream(output));
    else for await (const piece of content) await print(piece);
  });
}
