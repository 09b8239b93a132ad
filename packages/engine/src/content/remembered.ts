/** What is remembered at most; then it is forgotten and begun again. */
const MOST = 20_000;
/** Longer texts are no symbols or dates, and are not kept. */
const LONGEST = 40;

/** A function of a short text that remembers what it found. What it gives must not be changed. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if (text.length > LONGEST) return found;
    if (known.size >= MOST) known.clear();
    known.set(text, found);
    return found;
  };
}
