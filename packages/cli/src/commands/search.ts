import { type FacetName, type Hit, QuanlianError, type SearchResult, type Sort, type Syntax } from '@quanlian/contract';
import { dataFolder, openSchemes, readQuestion, search } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, say, table } from '../output.js';

export interface SearchCommandOptions {
  readonly data: string;
  readonly json: boolean;
  readonly syntax: Syntax;
  readonly limit: number;
  readonly offset?: number;
  readonly cursor?: string;
  readonly sort: Sort;
  readonly facet: readonly FacetName[];
  readonly filter: readonly string[];
  readonly explain: boolean;
}

const PASSAGE_WIDTH = 160;
const FACET_SIZE = 20;

function passageLine(hit: Hit): string[] {
  const [passage] = hit.passages;
  if (!passage) return [];
  const text = passage.text.replace(/\s+/g, ' ').trim();
  return [`    ${text.length > PASSAGE_WIDTH ? `${text.slice(0, PASSAGE_WIDTH)}…` : text}`];
}

function readable(result: SearchResult, first: number): string {
  const { total, hits, facets, clauses } = result;
  const lines = [`${total.toLocaleString('en-US')} ${total === 1 ? 'document' : 'documents'}`, ''];
  hits.forEach((hit, i) => {
    lines.push(`${String(first + i).padStart(4)}  ${hit.id}  ${hit.date ?? 'undated'}  ${hit.title ?? '(no title)'}`);
    if (hit.applicants.length > 0) lines.push(`    ${hit.applicants.slice(0, 3).join('; ')}`);
    lines.push(...passageLine(hit));
  });
  for (const [name, facet] of Object.entries(facets)) {
    const rows = facet.values.map(({ value, count }) => ['', value, String(count)]);
    lines.push('', `${name} (${facet.distinct} values, ${facet.unknown} unknown)`, table(rows));
  }
  if (clauses.length > 0) {
    lines.push('', 'Hits of each clause', table(clauses.map(({ clause, hits: count }) => ['', clause, String(count)])));
  }
  return `${lines.join('\n')}\n`;
}

/** `quanlian search`: the hits of a query, for reading or as JSON. */
export async function searchCommand(q: string, options: SearchCommandOptions): Promise<void> {
  const { json, syntax, filter, facet, ...rest } = options;
  if (options.offset !== undefined && options.cursor !== undefined) {
    throw new QuanlianError('usage.invalid', 'Give --offset or --cursor, not both.');
  }
  const { filtered } = readQuestion({ q, syntax, filter });
  const classScheme = await openSchemes(dataFolder(options.data).schemes).classScheme(filtered);
  const result = await withCorpus(options.data, (backend) =>
    search(backend, filtered, { ...rest, facet, facetSize: FACET_SIZE }, classScheme),
  );
  if (json) {
    await printJson(result);
    return;
  }
  await print(readable(result, (options.offset ?? 0) + 1));
  if (result.cursor) say(`More: add --cursor ${result.cursor}`);
}
