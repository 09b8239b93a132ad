import type { PatentDocument, Source } from '@quanlian/contract';

/** What a new record did to the records already held of its office and number. */
export type Outcome = 'added' | 'replaced' | 'unchanged' | 'stale';

const NO_SOURCE: Source = { format: '', file: '', offset: 0, sha256: '' };

/** The source that brought a record; entries before it tell where that source had it from. */
export function sourceOf(record: PatentDocument): Source {
  return record.sources.at(-1) ?? NO_SOURCE;
}

/** Records of one office and number are kept and replaced together: only together can a record without a kind find its place. */
export function groupKey(record: Pick<PatentDocument, 'office' | 'number'>): string {
  return record.office + record.number;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Which of two records of one source is the later one: by the source's own date, then the file's, then its
 * place in the files. Never by the order of loading, so that any order gives the same document.
 */
export function compareAge(a: Source, b: Source): number {
  return (
    compareText(a.sourceDate ?? '', b.sourceDate ?? '') ||
    compareText(a.fileDate ?? '', b.fileDate ?? '') ||
    compareText(a.file, b.file) ||
    a.offset - b.offset ||
    compareText(a.sha256, b.sha256)
  );
}

function samePlace(a: PatentDocument, b: PatentDocument): boolean {
  return (a.kind ?? '') === (b.kind ?? '') && sourceOf(a).format === sourceOf(b).format;
}

/**
 * Folds one record into those held of its office and number. A publication keeps one record a source: the
 * newest by `compareAge`. The same bytes again change nothing, wherever they come from; an older record is stale
 * and is not kept.
 */
export function addRecord(
  held: readonly PatentDocument[],
  incoming: PatentDocument,
): { records: PatentDocument[]; outcome: Outcome } {
  const index = held.findIndex((record) => samePlace(record, incoming));
  const previous = held[index];
  if (previous === undefined) return { records: [...held, incoming], outcome: 'added' };
  const before = sourceOf(previous);
  const now = sourceOf(incoming);
  if (before.sha256 === now.sha256) return { records: [...held], outcome: 'unchanged' };
  if (compareAge(now, before) < 0) return { records: [...held], outcome: 'stale' };
  return { records: held.map((record, i) => (i === index ? incoming : record)), outcome: 'replaced' };
}
