import type { Party, PatentDocument } from '@quanlian/contract';

/** Columns of an exported result, in order. */
export const EXPORT_COLUMNS = [
  'id',
  'office',
  'number',
  'kind',
  'date',
  'type',
  'title',
  'applicants',
  'inventors',
  'application',
  'filed',
  'priority',
  'ipc',
  'cpc',
  'family',
  'abstract',
] as const;
export type ExportColumn = (typeof EXPORT_COLUMNS)[number];

/** What stands above each column, in the reader's language. */
export type ExportLabels = Readonly<Record<ExportColumn, string>>;

export interface TableOptions {
  readonly labels: ExportLabels;
  /** Languages wanted for titles and abstracts, best first; then the document's own, then any. */
  readonly languages?: readonly string[];
}

/** The cells of a document, in the order of `EXPORT_COLUMNS`; empty where the document does not say. */
export function documentCells(document: PatentDocument, languages: readonly string[] = []): string[] {
  const cells: Record<ExportColumn, string | undefined> = {
    id: document.id,
    office: document.office,
    number: document.number,
    kind: document.kind,
    date: document.date,
    type: document.type,
    title: inLanguage(document.titles, languages, document.lang),
    applicants: names(document.applicants, document.proprietors, document.assignees),
    inventors: names(document.inventors),
    application: [document.application?.office, document.application?.number].filter(Boolean).join(''),
    filed: document.application?.date,
    priority: document.priorities?.flatMap(({ date }) => date ?? []).sort()[0],
    ipc: symbols(document, 'IPC'),
    cpc: symbols(document, 'CPC'),
    family: document.familyId,
    abstract: inLanguage(document.abstracts, languages, document.lang),
  };
  return EXPORT_COLUMNS.map((column) => cells[column] ?? '');
}

function inLanguage(
  texts: Readonly<Record<string, string>> | undefined,
  wanted: readonly string[],
  own: string | undefined,
): string | undefined {
  if (!texts) return undefined;
  const order = [...wanted, ...(own === undefined ? [] : [own])];
  const found = order.find((lang) => texts[lang] !== undefined);
  return found === undefined ? Object.values(texts)[0] : texts[found];
}

function names(...lists: (readonly Party[] | undefined)[]): string {
  return [...new Set(lists.flatMap((list) => list ?? []).map(({ name }) => name))].join('; ');
}

function symbols(document: PatentDocument, scheme: string): string {
  const found = document.classifications?.filter((one) => one.scheme === scheme) ?? [];
  return [...new Set(found.map(({ symbol }) => symbol))].join('; ');
}
