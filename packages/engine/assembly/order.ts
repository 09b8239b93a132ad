import { nextTerm, Source } from './sources';
import { compareTerms } from './term-order';

/** Sources that have not ended, in the order of their terms, so that one that goes on is compared with few others. */
let sorted: usize = 0;
let left: u32 = 0;
/** How many of them stand at the first term of all; none at the end. */
export let atFirst: u32 = 0;

@inline
export function sourceAt(place: u32): Source {
  return changetype<Source>(load<usize>(sorted + (<usize>place << 2)));
}

@inline
function put(place: u32, source: Source): void {
  store<usize>(sorted + (<usize>place << 2), changetype<usize>(source));
}

@inline
function compare(a: Source, b: Source): i32 {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return compareTerms(a.term, a.length, b.term, b.length);
}

/** Moves a source from a free place to where it belongs among those after it. */
function settle(source: Source, free: u32): void {
  let place = free + 1;
  for (; place < left; place++) {
    const other = sourceAt(place);
    if (compare(other, source) >= 0) break;
    put(place - 1, other);
  }
  put(place - 1, source);
}

function find(): void {
  atFirst = 0;
  if (left === 0) return;
  const first = sourceAt(0);
  for (atFirst = 1; atFirst < left && compare(sourceAt(atFirst), first) === 0; atFirst++);
}

/** Goes to the first term of all. */
export function startTerms(sources: usize, count: u32): void {
  sorted = heap.alloc(<usize>(count + 1) << 2);
  left = 0;
  for (let i: u32 = count; i > 0; i--) {
    const source = changetype<Source>(load<usize>(sources + (<usize>(i - 1) << 2)));
    if (!nextTerm(source)) continue;
    // Room at the front, from which it goes to its place.
    memory.copy(sorted + 4, sorted, <usize>left << 2);
    left++;
    settle(source, 0);
  }
  find();
}

/** Goes to the next term. */
export function nextOfAll(): void {
  for (let i = atFirst; i > 0; i--) {
    const source = sourceAt(i - 1);
    if (nextTerm(source)) settle(source, i - 1);
    else {
      left--;
      memory.copy(sorted + (<usize>(i - 1) << 2), sorted + (<usize>i << 2), <usize>(left + 1 - i) << 2);
    }
  }
  find();
}
