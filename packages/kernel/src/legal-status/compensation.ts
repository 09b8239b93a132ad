import type { LegalEvent } from '@quanlian/contract';

/** China's events by which a term is compensated (Patent Law, Art. 42). */
const CODES: ReadonlySet<string> = new Set(['TG01', 'TP01', 'RN01']);

/** `补偿期限：120天`, `专利权期限补偿天数 120 日`. */
const DAYS = /补偿[^\d]{0,12}(\d{1,4})\s*[天日]/;

/** Whether the length of a term may hang on the words of an event. */
export const compensates = ({ office, code }: Pick<LegalEvent, 'office' | 'code'>): boolean =>
  office === 'CN' && CODES.has(code.trim());

/**
 * Days of compensation that the events of a Chinese patent name: null when it was compensated and an event names no
 * number, undefined when nothing tells of a compensation.
 */
export function compensationDays(events: readonly LegalEvent[]): number | null | undefined {
  const own = events.filter(compensates);
  if (own.length === 0) return undefined;
  let sum = 0;
  for (const { text = '' } of own) {
    const [, days] = DAYS.exec(text) ?? [];
    if (days === undefined) return null;
    sum += Number(days);
  }
  return sum;
}
