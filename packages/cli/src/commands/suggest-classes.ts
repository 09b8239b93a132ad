import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { QuanlianError } from '@quanlian/contract';
import { dataFolder, measureSuggestions, openSchemes, suggestClasses } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson } from '../output.js';

export interface SuggestClassesOptions {
  readonly data: string;
  readonly json: boolean;
  readonly limit: number;
  readonly check?: number;
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** `quanlian suggest-classes`: classes for a text; with `--check` how often the suggestions are right. */
export async function suggestClassesCommand(file: string | undefined, options: SuggestClassesOptions): Promise<void> {
  const { data, json, limit, check } = options;
  const schemes = openSchemes(dataFolder(data).schemes);
  if (check !== undefined) {
    const found = await withCorpus(data, (backend) => measureSuggestions(backend, schemes, { most: check }));
    if (json) return printJson(found);
    const { documents, first, main, five, mainInFive } = found;
    await print(
      [
        `${documents} documents with an abstract and classes, each held out with its family`,
        `first suggestion is one of its subclasses     ${percent(first, documents)}`,
        `first suggestion is its first subclass        ${percent(main, documents)}`,
        `one of its subclasses among the first five    ${percent(five, documents)}`,
        `its first subclass among the first five       ${percent(mainInFive, documents)}`,
        '',
      ].join('\n'),
    );
    return;
  }
  const text = file === undefined || file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
  if (text.trim() === '') throw new QuanlianError('usage.invalid', 'The text is empty; give some sentences.');
  const answer = await withCorpus(data, (backend) => suggestClasses(backend, schemes, { text, limit }));
  if (json) return printJson(answer);
  for (const { symbol, share, titles, documents, evidence, terms, groups, titleWords } of answer.suggestions) {
    await print(`${symbol}  ${percent(share, 1)}  ${titles['en'] ?? Object.values(titles)[0] ?? ''}\n`);
    await print(`    ${documents} of ${answer.compared} similar documents; words: ${terms.join(', ')}\n`);
    if (titleWords.length > 0) await print(`    in its titles: ${titleWords.join(', ')}\n`);
    for (const { id, title } of evidence) await print(`    ${id}  ${title ?? ''}\n`);
    if (groups.length > 0) await print(`    ${groups.map((group) => group.symbol).join(', ')}\n`);
  }
}
