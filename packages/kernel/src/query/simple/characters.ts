/** What the simple syntax gives a meaning to, each with the full-width writings that Chinese input methods produce. */
export const OPEN = /[(（]/u;
export const CLOSE = /[)）]/u;
export const COLON = /[:：]/u;
export const MINUS = /[-－−–]/u;
export const EQUALS = /[=＝]/u;
export const STAR = /[*＊]/u;
export const QUOTE = /["“”＂]/u;
/** Chinese punctuation parts words as a blank does; ASCII commas stay, they are inside chemical names. */
export const BLANK = /[\s，、；。]/u;

const SEARCHABLE = /[\p{L}\p{N}]/u;

/** True when a text holds at least one letter or digit, so that there is something to look for. */
export function hasSomethingToFind(text: string): boolean {
  return SEARCHABLE.test(text);
}

/** True when a character ends a bare word. */
export function endsWord(char: string): boolean {
  return BLANK.test(char) || QUOTE.test(char) || OPEN.test(char) || CLOSE.test(char);
}

export type Operator = 'or' | 'and' | 'not';

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['OR', 'or'],
  ['或', 'or'],
  ['AND', 'and'],
  ['与', 'and'],
  ['NOT', 'not'],
  ['非', 'not'],
]);

/** The operator a bare word stands for; English ones only in capitals, so that "not" in a sentence stays a word. */
export function operatorOf(word: string): Operator | undefined {
  return OPERATORS.get(word);
}
