import { addPlace, Lists } from './lists';
import { AT_HAND_BYTES, atHand, hashOfWord, keepAtHand, masks, numberOf, shortHash, slotOf, termAt } from './terms';

/**
 * Most of what is known of words stands beyond the caches of the processor: of all pairs of characters, and of the words that
 * are not at hand. Some wait until there are enough to fetch from memory at once what each is found by, instead of one after
 * another.
 */
const MOST_WAITING: u32 = 64;
/** One that waits: its first eight bytes, where all stand, how many, its hash, its place, its number, what was fetched for it. */
const WAITING_SHIFT: u32 = 5;
const FROM: usize = 8;
const LENGTH: usize = 12;
const HASH: usize = 16;
const PLACE: usize = 20;
const NUMBER: usize = 24;
const FETCHED: usize = 28;

const list = memory.data(64 << 5);
let waiting: u32 = 0;

@inline
function addWaiting(words: Lists, first: u64, from: usize, length: u32, hash: u32, place: u32): void {
  const at = list + (<usize>waiting << WAITING_SHIFT);
  store<u64>(at, first);
  store<usize>(at, from, FROM);
  store<u32>(at, length, LENGTH);
  store<u32>(at, hash, HASH);
  store<u32>(at, place, PLACE);
  // Nobody reads this: a load whose value goes nowhere might be left out.
  store<u32>(at, load<u32>(slotOf(words.terms, hash)), FETCHED);
  if (++waiting === MOST_WAITING) endWaiting(words);
}

/** Adds the word of one or two characters that `bytes` are in UTF-8, at most six, others 0. A text ends by `endWaiting`. */
@inline
export function addPair(words: Lists, bytes: u64, length: u32, place: u32): void {
  addWaiting(words, bytes, 0, length, shortHash(bytes, length), place);
}

/** Adds the word that stands at `at` until the text ends, as `termAt` does. A text ends by `endWaiting`. */
@inline
export function addWord(words: Lists, at: usize, length: u32, place: u32): void {
  if (length > AT_HAND_BYTES) return addPlace(words, termAt(words.terms, at, length), place);
  const word = v128.and(v128.load(at), v128.load(masks + (<usize>length << 4)));
  const hash = hashOfWord(word, length);
  const number = atHand(words.terms, word, hash, length);
  if (number !== 0) addPlace(words, number - 1, place);
  else addWaiting(words, v128.extract_lane<u64>(word, 0), at, length, hash, place);
}

/** Adds what waits. */
export function endWaiting(words: Lists): void {
  const end = list + (<usize>waiting << WAITING_SHIFT);
  for (let at = list; at < end; at += 1 << WAITING_SHIFT) {
    const length = load<u32>(at, LENGTH);
    const hash = load<u32>(at, HASH);
    const from = load<usize>(at, FROM);
    const number = numberOf(words.terms, from === 0 ? at : from, length, load<u64>(at), hash);
    if (from !== 0) keepAtHand(words.terms, from, hash, length, number);
    store<u32>(at, number, NUMBER);
    store<u32>(at, load<u32>(words.terms.last + (<usize>number << 2)), FETCHED);
  }
  for (let at = list; at < end; at += 1 << WAITING_SHIFT) addPlace(words, load<u32>(at, NUMBER), load<u32>(at, PLACE));
  waiting = 0;
}
