import { createJsonSplitter } from './json.js';
import type { Splitter } from './record.js';
import { createTextSplitter } from './text.js';

interface Options {
  readonly format: string | undefined;
  readonly start?: number;
  readonly maxRecordBytes?: number;
}

/** The splitter of a file that is neither XML nor JSON Lines, told by how it begins; undefined for other files. */
export function otherSplitter(head: Uint8Array, { format, ...options }: Options): Splitter | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString('latin1');
  for (const form of FORMS) {
    if ((format === undefined || format === form.format) && form.begins.test(text)) return form.create(options);
  }
  return undefined;
}

type SplitterOptions = Omit<Options, 'format'>;

const FORMS: readonly {
  readonly format: string;
  readonly begins: RegExp;
  readonly create: (options: SplitterOptions) => Splitter;
}[] = [
  {
    format: 'us-greenbook',
    begins: /^(?:\s*HHHHHT[^\n]*\n)?\s*PATN *\r?\nWKU /,
    create: (options) => createTextSplitter({ ...options, root: '#greenbook', starts: (line) => line === 'PATN' }),
  },
  {
    format: 'brs',
    begins: /^(?:[^\n]*\n){0,3}\*\*\* BRS DOCUMENT BOUNDARY \*\*\*/,
    create: (options) =>
      createTextSplitter({ ...options, root: '#brs', starts: (line) => line.startsWith('*** BRS DOCUMENT BOUNDARY') }),
  },
  {
    format: 'uspto-odp',
    begins: /^\s*\{(?:\s*"count"\s*:\s*\d+\s*,)?\s*"patentFileWrapperDataBag"\s*:\s*\[/,
    create: (options) => createJsonSplitter({ ...options, root: '#uspto-odp', list: 'patentFileWrapperDataBag' }),
  },
  {
    format: 'uspto-odp',
    begins: /^\s*\{\s*"patentdata"\s*:\s*\[/,
    create: (options) => createJsonSplitter({ ...options, root: '#uspto-odp', list: 'patentdata' }),
  },
  {
    format: 'tipo',
    begins: /^\s*\{[^{}]*"(?:tw-patent-\w+|gpss-API)"\s*:\s*\{[\s\S]*?"patentcontent"\s*:/,
    create: (options) => createJsonSplitter({ ...options, root: '#tipo', list: 'patentcontent', anywhere: true }),
  },
  {
    format: 'uspto-peds',
    begins: /^\s*\{\s*"queryResults"\s*:\s*\{/,
    // Its objects are read as those that stand alone on a line.
    create: (options) => createJsonSplitter({ ...options, root: '', list: 'docs', anywhere: true }),
  },
];
