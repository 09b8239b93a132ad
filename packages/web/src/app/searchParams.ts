/** What a query string holds: each name once with its value, or with all its values when it repeats. */
export type ParamRecord = Record<string, string | string[]>;

/** Reads `?a=1&b=2&b=3` as `{a: '1', b: ['2', '3']}`; values stay text, so addresses stay readable. */
export function parseSearch(text: string): ParamRecord {
  const params = new URLSearchParams(text);
  const record: ParamRecord = {};
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name);
    record[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return record;
}

/** The inverse of `parseSearch`; what is undefined is left out. */
export function stringifySearch(record: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(record)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
