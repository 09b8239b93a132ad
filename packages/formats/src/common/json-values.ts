/** An object of a JSON source. */
export type Raw = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text or number under a name, trimmed; undefined when there is none, or when the source writes `null` as a word. */
export function textOf(record: Raw, name: string): string | undefined {
  const value = record[name];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' || text === 'null' ? undefined : text;
}

/** The objects of a list under a name. */
export function partsOf(record: Raw, name: string): readonly Raw[] {
  const value = record[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** What a reader has no place for, by the source's own names; empty texts and lists are dropped. */
export function rest(record: Raw, known: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) =>
        !known.includes(name) && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
