import type { PatentDocument } from '@quanlian/contract';

/** The title a list shows: Chinese, else English, else whatever the sources have. */
export const titleOf = ({ titles = {} }: PatentDocument): string | null =>
  titles['zh'] ?? titles['en'] ?? Object.values(titles)[0] ?? null;
