import { addShortened } from './borders';
import { bitsOf, reserveText, text } from './characters';
import { addPlace, addTerm, createLists, endDocument, Lists } from './lists';
import { firstText, outline, outlined, reserveRecord, textEnd, textStart, textsOf } from './outline';
import { addTexts, placeBehind, placesTaken, takeText } from './outlined';
import { divide, freeParts, makePart, partPlaceBytes, partPlaces, partPostingBytes, partPostings, termInfo } from './parts';
import { reversedTerms, sortedTerms } from './sorting';
import { termAt } from './terms';
import { addAscii, addWide, allBits, findUnknown, pairTerm, setBorderTerms } from './text';

export {
  addAscii,
  addShortened,
  addTerm,
  addTexts,
  addWide,
  allBits,
  createLists,
  divide,
  endDocument,
  findUnknown,
  firstText,
  freeParts,
  makePart,
  outline,
  pairTerm,
  partPlaceBytes,
  partPlaces,
  partPostingBytes,
  partPostings,
  reserveRecord,
  reversedTerms,
  setBorderTerms,
  sortedTerms,
  takeText,
  termInfo,
  textEnd,
  textStart,
  textsOf,
};

/** Where the text to take in goes, of so many bytes at most, and what is known of characters. */
export function textAt(bytes: u32): usize {
  reserveText(bytes);
  return text;
}
export function bitsAt(): usize {
  return bitsOf;
}

/** Where the outline of a record stands, and what the last call of `addTexts` came to. */
export function outlineAt(): usize {
  return outlined;
}
export function behindTexts(): u32 {
  return placeBehind;
}
export function takenByTexts(): u32 {
  return placesTaken;
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
