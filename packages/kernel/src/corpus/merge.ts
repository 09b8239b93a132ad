import type { PatentDocument } from '@quanlian/contract';
/** Placeholder bodies are replaced in the next commit. */
export type Outcome = 'added' | 'replaced' | 'unchanged' | 'stale';
export declare function groupKey(record: Pick<PatentDocument, 'office' | 'number'>): string;
