import { join } from 'node:path';
import { type DocumentItem, type FailureItem, parsePaths, type ReadReport } from '@quanlian/formats';

/** The folders of real data that readers take, and the files with failures known to belong there. */
export const SETS: readonly { readonly name: string; readonly path: string; readonly malformed: readonly string[] }[] =
  [
    {
      name: 'US grants, applications and file wrappers',
      path: 'uspto-xml',
      // Answers of the Open Data Portal about an application, without the publication they belong to.
      malformed: [
        ...[
          'adjustment',
          'assignment',
          'associated_documents',
          'attorney',
          'continuity',
          'foreign_priority',
          'transactions',
        ].map((part) => `get_patent_${part}.json`),
        ...Array<string>(5).fill('response.json'),
      ],
    },
    // A `<` in text: not well-formed as published. Bare ampersands are mended by rule.
    { name: 'EP full texts (ST.36)', path: 'epo/ep-fulltext-st36', malformed: ['v1-5-1-A1-2.xml'] },
    { name: 'DOCDB exchange documents', path: 'epo/docdb', malformed: [] },
    { name: 'MAREC', path: 'epo/marec', malformed: [] },
    { name: 'MAREC and full texts with marks', path: 'epo/marec-grobid-annotated', malformed: [] },
    {
      name: 'OPS answers',
      path: 'epo/ops-examples',
      // A text without the publication it belongs to.
      malformed: ['description.xml'],
    },
    { name: 'Legal events', path: 'epo/legal-events', malformed: [] },
    // Applications of which nothing is published.
    {
      name: 'File histories (PEDS)',
      path: 'prosecution',
      malformed: Array<string>(4).fill('us-peds-histories.jsonl.zst'),
    },
    {
      name: 'Assignments',
      path: 'transactions',
      malformed: Array<string>(1280).fill('us-assignments-recorded.jsonl.zst'),
    },
    { name: 'TIPO gazette', path: 'tw/tipo-xml', malformed: [] },
    // Trade marks, in items of the same name.
    {
      name: 'KIPRIS answers',
      path: 'other-offices/kipo_kipris',
      malformed: ['tm_get_single.xml', 'tm_word_search_2rows.xml', 'tm_word_search_2rows.xml'],
    },
    { name: 'CNIPA full texts (V2.2.1)', path: 'cn/cnipa-xml', malformed: [] },
    { name: 'US full texts (JSON Lines)', path: 'us-fulltext', malformed: [] },
  ];

export interface SetResult {
  readonly report: ReadReport;
  readonly failures: FailureItem[];
  /** Files that gave a document or a failure of a record. */
  readonly files: ReadonlySet<string>;
}

/** Reads a folder of real data; every document goes to `onDocument`. */
export async function readSet(
  folder: string,
  path: string,
  onDocument: (item: DocumentItem) => void,
): Promise<SetResult> {
  const reader = await parsePaths([join(folder, path)]);
  const failures: FailureItem[] = [];
  const files = new Set<string>();
  for await (const item of reader) {
    if (item.type === 'failure') failures.push(item);
    else if (item.type === 'document') onDocument(item);
    if (item.type === 'document' || (item.type === 'failure' && item.failure.code.startsWith('record.')))
      files.add(item.file);
  }
  return { report: reader.report(), failures, files };
}
