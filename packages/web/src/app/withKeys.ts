/**
 * Pairs items with keys for lists. Sources repeat themselves, and two items of one key would confuse the page:
 * the second gets `~2`, the third `~3`.
 */
export function withKeys<Item>(items: readonly Item[], keyOf: (item: Item) => string): { key: string; item: Item }[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const key = keyOf(item);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return { key: times === 1 ? key : `${key}~${times}`, item };
  });
}
