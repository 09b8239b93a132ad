/**
 * Numbers put in order: they go in from several ascending lists and come out ascending. A bit stands for each, and a bit
 * of another set for each word of the first, so that few numbers far apart take little time too.
 */
export class DocSet {
  readonly #words: Int32Array;
  readonly #groups: Int32Array;

  /** Takes numbers below `size`. */
  constructor(size: number) {
    this.#words = new Int32Array((size >>> 5) + 1);
    this.#groups = new Int32Array((size >>> 10) + 1);
  }

  add(doc: number): void {
    this.#words[doc >>> 5] |= 1 << (doc & 31);
    this.#groups[doc >>> 10] |= 1 << ((doc >>> 5) & 31);
  }

  /** Writes all numbers to `into`, ascending, and forgets them; returns how many there are. */
  takeAll(into: Uint32Array): number {
    const [words, groups] = [this.#words, this.#groups];
    let count = 0;
    for (let group = 0; group < groups.length; group++) {
      for (let held = groups[group]; held !== 0; held &= held - 1) {
        const word = (group << 5) + 31 - Math.clz32(held & -held);
        const base = word << 5;
        for (let bits = words[word]; bits !== 0; bits &= bits - 1) into[count++] = base + 31 - Math.clz32(bits & -bits);
        words[word] = 0;
      }
      groups[group] = 0;
    }
    return count;
  }
}
