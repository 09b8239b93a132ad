import type { Party, PatentDocument } from '@quanlian/contract';
import { findDocument } from '@quanlian/server';
import { withCorpus } from '../corpus.js';
import { print, printJson } from '../output.js';

const names = (parties: readonly Party[] | undefined): string => (parties ?? []).map((party) => party.name).join('; ');

const dated = (reference: { office?: string | undefined; number?: string | undefined; date?: string | undefined }) =>
  [`${reference.office ?? ''}${reference.number ?? ''}`, reference.date].filter(Boolean).join(' ');

/** The bibliography of a document under its INID codes (WIPO ST.9), lines without a value left out. */
function bibliography(document: PatentDocument): [code: string, label: string, value: string][] {
  const classes = (document.classifications ?? []).map(({ scheme, symbol }) => `${scheme} ${symbol}`);
  const rows: [string, string, string][] = [
    ['21', 'Application', document.application ? dated(document.application) : ''],
    ['30', 'Priority', (document.priorities ?? []).map(dated).join('; ')],
    ['43/45', 'Date', document.date ?? ''],
    ['50', 'Classes', classes.join('; ')],
    [
      '56',
      'Citations',
      (document.citations ?? [])
        .map(({ id, npl }) => id ?? npl ?? '')
        .filter(Boolean)
        .join('; '),
    ],
    ['71', 'Applicants', names(document.applicants)],
    ['72', 'Inventors', names(document.inventors)],
    ['73', 'Proprietors', names([...(document.proprietors ?? []), ...(document.assignees ?? [])])],
    ['74', 'Agents', names(document.agents)],
  ];
  return rows.filter(([, , value]) => value !== '');
}

function readable(document: PatentDocument): string {
  const lines = [document.id];
  for (const [lang, title] of Object.entries(document.titles ?? {})) lines.push(`(54) ${lang}: ${title}`);
  for (const [code, label, value] of bibliography(document)) lines.push(`(${code}) ${label}: ${value}`);
  for (const [lang, text] of Object.entries(document.abstracts ?? {})) lines.push('', `(57) ${lang}: ${text}`);
  if (document.claims?.length) lines.push('', 'Claims');
  for (const claim of document.claims ?? []) lines.push(`${claim.number}. ${claim.text}`);
  if (document.description?.length) lines.push('', 'Description');
  for (const part of document.description ?? []) {
    lines.push(part.heading ?? `${part.number ? `[${part.number}] ` : ''}${part.text ?? ''}`);
  }
  lines.push('', ...document.sources.map(({ format, file, offset }) => `Source: ${format}, ${file} at ${offset}`));
  return `${lines.join('\n')}\n`;
}

/** `quanlian show`: one document, for reading or as JSON. */
export async function showCommand(number: string, options: { data: string; json: boolean }): Promise<void> {
  const document = await withCorpus(options.data, (backend) => findDocument(backend, number));
  await (options.json ? printJson(document) : print(readable(document)));
}
