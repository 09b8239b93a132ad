import { QuanlianError } from '@quanlian/contract';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/**
 * One text for one value, so that equal values hash equally: names in the order of their UTF-16 units, no blanks,
 * numbers and strings as JSON.stringify writes them (the rules of RFC 8785). Throws `request.invalid` for numbers that
 * JSON cannot hold and for what is no JSON.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new QuanlianError('request.invalid', `${value} cannot be written as JSON.`);
  if (value === undefined || typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol')
    throw new QuanlianError('request.invalid', 'Only JSON values can be hashed; leave absent names out.');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] as Json)}`).join(',')}}`;
}

function isList(value: readonly Json[] | { readonly [name: string]: Json }): value is readonly Json[] {
  return Array.isArray(value);
}
