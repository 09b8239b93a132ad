import { findField } from '@quanlian/contract';

/** What is being typed at the end of a query. */
export interface Typed {
  /** The beginning of a word, without its field. */
  readonly text: string;
  readonly field: string;
  /** Where it begins in the query, its field included. */
  readonly from: number;
}

/** Words of Chinese, Japanese or Korean have no border to suggest up to. */
const NO_WORDS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const LAST = /(?:([\p{L}]+):)?([\p{L}\p{N}][\p{L}\p{N}\p{M}./&-]*)$/u;

/** Reads the last word of a query; undefined when there is nothing to suggest for. */
export function typedAtEnd(query: string): Typed | undefined {
  const quotes = query.split('"').length - 1;
  const found = quotes % 2 === 0 ? LAST.exec(query) : null;
  const text = found?.[2] ?? '';
  if (found === null || text.length < 2) return undefined;
  const field = found[1] === undefined ? undefined : findField(found[1]);
  if (found[1] !== undefined && field === undefined) return undefined;
  return { text, field: field?.name ?? 'text', from: found.index };
}

/** The fields to ask for what is typed: names are offered for plain words too. */
export function fieldsToAsk({ text, field }: Typed): string[] {
  const kind = findField(field)?.kind;
  if (kind === 'class') return [field];
  if (kind === 'name') return field === 'agent' ? [] : [field];
  if (kind !== 'text') return [];
  const words = NO_WORDS.test(text) ? [] : [field];
  return field === 'text' ? [...words, 'applicant'] : words;
}

/** The query with what is typed replaced by a suggestion. */
export function completed(query: string, typed: Typed, kind: string, text: string): string {
  const start = query.slice(0, typed.from);
  if (kind === 'term') return `${start}${typed.field === 'text' ? '' : `${typed.field}:`}${text} `;
  const field = kind === 'class' ? (typed.field === 'text' ? 'class' : typed.field) : kind;
  return `${start}${field}:"${text.replaceAll('"', '')}" `;
}
