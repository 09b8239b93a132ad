import type { CitationLink, CitationsAnswer } from '@quanlian/contract';
import { citationsOf, findDocument } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, table } from '../output.js';

const row = ({ document, id, npl, category, phase, family, title }: CitationLink): string[] => [
  document ?? id ?? '–',
  category ?? '',
  phase ?? '',
  family ?? '',
  title ?? npl ?? (document === null ? 'not held here' : ''),
];

const HEAD = ['DOCUMENT', 'CATEGORY', 'PHASE', 'FAMILY', 'TITLE'];

function readable({ id, backward, forward }: CitationsAnswer): string {
  const cites = `${id} cites ${backward.length}`;
  const cited = `cited by ${forward.total} in ${forward.families} families${forward.complete ? '' : ' (not all shown)'}`;
  const parts = [cites, ...(backward.length === 0 ? [] : [table([HEAD, ...backward.map(row)])])];
  parts.push('', cited, ...(forward.links.length === 0 ? [] : [table([HEAD, ...forward.links.map(row)])]));
  return `${parts.join('\n')}\n`;
}

/** `quanlian citations`: what it cites and what cites it. */
export async function citationsCommand(number: string, options: { data: string; json: boolean }): Promise<void> {
  const answer = await withCorpus(options.data, async (backend) =>
    citationsOf(backend, await findDocument(backend, number)),
  );
  await (options.json ? printJson(answer) : print(readable(answer)));
}
