import { addPlace, Lists } from './lists';
import { numberOf, shortHash, slotOf } from './terms';

/**
 * Pairs of characters are so many that what is known of them stands beyond the caches of the processor. Some wait until
 * there are enough to fetch from memory at once what each is found by, instead of one after another.
 */
const MOST_WAITING: u32 = 64;
/** A pair that waits: its bytes, its hash, how many bytes, its place, its number, and what was fetched for it. */
const PAIR_SHIFT: u32 = 5;
const HASH: usize = 8;
const LENGTH: usize = 12;
const PLACE: usize = 16;
const NUMBER: usize = 20;
const FETCHED: usize = 24;

const pairs = memory.data(64 << 5);
let waiting: u32 = 0;

/** Adds the word of one or two characters that `bytes` are in UTF-8, at most six, others 0. `endPairs` is to be called at the end of a text. */
@inline
export function addPair(words: Lists, bytes: u64, length: u32, place: u32): void {
  const hash = shortHash(bytes, length);
  const pair = pairs + (<usize>waiting << PAIR_SHIFT);
  store<u64>(pair, bytes);
  store<u32>(pair, hash, HASH);
  store<u32>(pair, length, LENGTH);
  store<u32>(pair, place, PLACE);
  // Nobody reads this: a load whose value goes nowhere might be left out.
  store<u32>(pair, load<u32>(slotOf(words.terms, hash)), FETCHED);
  if (++waiting === MOST_WAITING) endPairs(words);
}

/** Adds the pairs that wait. */
export function endPairs(words: Lists): void {
  const end = pairs + (<usize>waiting << PAIR_SHIFT);
  for (let pair = pairs; pair < end; pair += 1 << PAIR_SHIFT) {
    const number = numberOf(words.terms, pair, load<u32>(pair, LENGTH), load<u64>(pair), load<u32>(pair, HASH));
    store<u32>(pair, number, NUMBER);
    store<u32>(pair, load<u32>(words.terms.last + (<usize>number << 2)), FETCHED);
  }
  for (let pair = pairs; pair < end; pair += 1 << PAIR_SHIFT) {
    addPlace(words, load<u32>(pair, NUMBER), load<u32>(pair, PLACE));
  }
  waiting = 0;
}
