import type { ChecklistItem } from '@quanlian/contract';

/** The items of a checklist as people write them, one a line: `code | Chinese | English | clause`. */
export function readItems(text: string): ChecklistItem[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [code = '', zh = '', en = zh, clause = ''] = line.split('|').map((part) => part.trim());
      return { code, text: { zh, en }, clause: clause === '' ? null : clause };
    });
}

/** The inverse of `readItems`. */
export const writeItems = (items: readonly ChecklistItem[]): string =>
  items
    .map(({ code, text, clause }) => [code, text.zh, text.en, ...(clause === null ? [] : [clause])].join(' | '))
    .join('\n');
