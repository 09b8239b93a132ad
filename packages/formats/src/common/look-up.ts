/**
 * What a table written in code has under a name that a record gives. Only its own: every object also answers to names such
 * as `constructor`.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
