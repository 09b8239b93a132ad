import { join } from 'node:path';
import { type DocumentItem, type FailureItem, parsePaths, type ReadReport } from '@quanlian/formats';

/** The folders of real data that readers take, and the failures known to belong there. */
export const SETS: readonly { readonly name: string; readonly path: string; readonly malformed: readonly string[] }[] =
  [
    { name: 'US grants and applications (ICE)', path: 'uspto-xml', malformed: [] },
    {
      name: 'EP full texts (ST.36)',
      path: 'epo/ep-fulltext-st36',
      // A bare ampersand, and a `<` in text: not well-formed as published.
      malformed: ['v1-2-A1.xml', 'v1-4-A1.xml', 'v1-4-A1-1.xml', 'v1-5-1-A1-2.xml'],
    },
    { name: 'DOCDB exchange documents', path: 'epo/docdb', malformed: [] },
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
