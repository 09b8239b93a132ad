import { writeFile } from 'node:fs/promises';
import {
  type Explanation,
  type FacetName,
  type Hit,
  QuanlianError,
  type SearchResult,
  type SearchSet,
  type Sort,
  type Syntax,
  type TabledName,
} from '@quanlian/contract';
import { dataFolder, explainQuestion, makeRecord, readQuestion, readSigningKey, search } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson, say, table } from '../output.js';
import { VERSION } from '../version.js';

export interface SearchCommandOptions {
  readonly data: string;
  readonly json: boolean;
  readonly syntax: Syntax;
  readonly limit: number;
  readonly offset?: number;
  readonly cursor?: string;
  readonly sort: Sort;
  readonly facet: readonly (FacetName | TabledName)[];
  readonly filter: readonly string[];
  readonly explain: boolean;
  /** `S1=query`: sets that the query may combine, in its language. */
  readonly set: readonly string[];
  /** A file to write the signed record of the search to. */
  readonly record?: string;
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
  const { total, hits, facets } = result;
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
  return `${lines.join('\n')}\n`;
}

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(1, whole))} %`;

/** An explanation in sentences, most telling first. */
export function explanationLines({ clauses, emptied, spellings, wider, coverage, held }: Explanation): string[] {
  const textOf = (index: number): string => clauses[index]?.text || '*';
  const depthOf = (index: number | null): number => (index === null ? -1 : depthOf(clauses[index]?.parent ?? null) + 1);
  const rows = clauses.map(({ index, text, hits, role, fields }) => {
    const shown = fields.filter((field) => field.hits > 0).map((field) => `${field.field} ${field.hits}`);
    return ['', String(hits), role, `${'  '.repeat(depthOf(index))}${text || '*'}`, shown.join(', ')];
  });
  const lines = ['Hits of each clause', table(rows)];
  for (const { clause, reason, without } of emptied) {
    const why = reason === 'alone' ? 'finds nothing by itself' : 'leaves little or nothing together with the others';
    lines.push(`${textOf(clause)} ${why}; without it ${without} would be found.`);
  }
  for (const { text, instead, count } of spellings) lines.push(`Instead of “${text}”: “${instead}” (${count}).`);
  for (const { symbol, instead, hits } of wider) lines.push(`Wider than ${symbol}: ${instead} (${hits}).`);
  for (const { value, documents, first, last } of held) {
    const time = first && last ? ` (${first} to ${last})` : '';
    lines.push(`${value}: ${documents === 0 ? 'nothing held here' : `${documents} documents held here${time}`}.`);
  }
  for (const { field, office, documents, without } of coverage) {
    const share = percent(without, documents);
    lines.push(`No ${field} text for ${share} of ${office} documents here (${without} of ${documents}).`);
  }
  return lines;
}

function readSet(text: string, syntax: Syntax): SearchSet {
  const [, name, query] = /^([SL]\d{1,4})=(.*)$/isu.exec(text) ?? [];
  if (name === undefined || query === undefined) {
    throw new QuanlianError('usage.invalid', `“${text}” is no set; write for example --set S1="lithium battery".`);
  }
  return { name, text: query, syntax };
}

/** `quanlian search`: the hits of a query, for reading or as JSON. */
export async function searchCommand(q: string, options: SearchCommandOptions): Promise<void> {
  const { json, syntax, filter, facet, record, explain, ...rest } = options;
  if (options.offset !== undefined && options.cursor !== undefined) {
    throw new QuanlianError('usage.invalid', 'Give --offset or --cursor, not both.');
  }
  const question = { q, syntax, filter, sets: options.set.map((text) => readSet(text, syntax)) };
  const read = readQuestion(question);
  const sort = read.sort ?? options.sort;
  await withCorpus(options.data, async (backend) => {
    const settings = { ...rest, sort, facet, facetSize: FACET_SIZE, explain };
    const result = await search(backend, read.filtered, settings);
    const explanation = explain ? await explainQuestion(backend, read) : undefined;
    if (record !== undefined) {
      const key = await readSigningKey(dataFolder(options.data).recordKey);
      const made = { key, program: VERSION, now: () => new Date() };
      const content = await makeRecord(backend, { ...question, sort }, read, made);
      await writeFile(record, `${JSON.stringify(content)}\n`);
      say(`The record of ${content.signed.total} documents is in ${record}.`);
    }
    if (json) {
      await printJson(explanation ? { ...result, explanation } : result);
      return;
    }
    await print(readable(result, (options.offset ?? 0) + 1));
    if (explanation) await print(`\n${explanationLines(explanation).join('\n')}\n`);
    if (result.cursor) say(`More: add --cursor ${result.cursor}`);
  });
}
