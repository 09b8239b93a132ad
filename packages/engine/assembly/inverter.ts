import { addShortened } from './borders';
import { bitsOf, reserveText, text } from './characters';
import { addPlace, addTerm, createLists, endDocument, Lists } from './lists';
import { divide, freeParts, makePart, partPlaceBytes, partPlaces, partPostingBytes, partPostings, termInfo } from './parts';
import { termAt } from './terms';
import { addAscii, addWide, allBits, findUnknown, pairTerm, setBorderTerms } from './text';

export {
  addAscii,
  addShortened,
  addTerm,
  addWide,
  allBits,
  createLists,
  divide,
  endDocument,
  findUnknown,
  freeParts,
  makePart,
  pairTerm,
  partPlaceBytes,
  partPlaces,
  partPostingBytes,
  partPostings,
  reserveText,
  setBorderTerms,
  termInfo,
};

/** Where the text to take in goes, and what is known of characters. */
export function textAt(): usize {
  return text;
}
export function bitsAt(): usize {
  return bitsOf;
}

export function alloc(bytes: usize): usize {
  return heap.alloc(bytes);
}
export function free(at: usize): void {
  heap.free(at);
}

/** The number of the term that is the text. */
export function textTerm(lists: Lists, length: u32): u32 {
  return termAt(lists.terms, text, length);
}
export function addToken(lists: Lists, term: u32, at: u32): void {
  addPlace(lists, term, at);
}

export function termCount(lists: Lists): u32 {
  return lists.terms.count;
}
export function termBytes(lists: Lists): usize {
  return lists.terms.bytes;
}
export function termEnd(lists: Lists): u32 {
  return lists.terms.end;
}
export function termStarts(lists: Lists): usize {
  return lists.terms.starts;
}
export function tapeBytes(lists: Lists): f64 {
  return lists.tapeBytes;
}
