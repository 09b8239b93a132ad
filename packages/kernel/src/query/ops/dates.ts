import { type Bounds, checkedDate, comparedDate, type DateParts } from '../shared/calendar.js';

/** The forms of the OPS guide: which of the matched groups are year, month and day. */
const FORMS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(\d{4})$/, [1]],
  [/^(\d{4})(\d{2})$/, [1, 2]],
  [/^(\d{4})(\d{2})(\d{2})$/, [1, 2, 3]],
  [/^(\d{4})-(\d{2})$/, [1, 2]],
  [/^(\d{4})-(\d{2})-(\d{2})$/, [1, 2, 3]],
  [/^(\d{2})[/.](\d{4})$/, [2, 1]],
  [/^(\d{2})[/.](\d{2})[/.](\d{4})$/, [3, 2, 1]],
];

/** A date in one of the nine forms of OPS; undefined for anything else. */
export function opsDate(text: string): DateParts | undefined {
  for (const [form, groups] of FORMS) {
    const match = form.exec(text);
    if (!match) continue;
    const [year = 0, month, day] = groups.map((group) => Number(match[group]));
    return checkedDate(year, month, day);
  }
  return undefined;
}

/** No two dates are longer; the bound keeps the cutting quick. */
const LONGEST_RANGE = 64;

/** Two dates with a blank, comma, colon or, where it can be nothing else, a stroke between them. */
export function opsRange(text: string): Bounds | undefined {
  if (text.length > LONGEST_RANGE) return undefined;
  const sides = text.trim().split(/\s*[,:]\s*|\s+/u);
  const pair = sides.length === 1 ? (/^(\d{4,8})\/(\d{4,8})$/.exec(text.trim())?.slice(1) ?? sides) : sides;
  if (pair.length !== 2) return undefined;
  const [from, to] = pair.map(opsDate);
  return from && to ? { from, to } : undefined;
}

/** What a relation with a date or a pair of dates leaves; undefined when it means nothing. */
export function opsBounds(relation: string, text: string): Bounds | undefined {
  const date = opsDate(text.trim());
  if (date) return comparedDate(relation === 'within' ? '=' : relation, date);
  return relation === '=' || relation === 'within' ? opsRange(text) : undefined;
}
