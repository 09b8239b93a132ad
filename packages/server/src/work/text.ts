import { QuanlianError } from '@quanlian/contract';

/** A text in both languages of the pages. */
export interface BothLanguages {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof BothLanguages;

const PLACE = /\{([a-zA-Z][a-zA-Z0-9]*)\}/g;

/** The names a text asks for. */
export const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name = '']) => name);

/** Puts values in the places of a text: `{name}` and nothing else, never evaluated. Throws `template.invalid`. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(PLACE, (_whole, name: string) => {
    if (!Object.hasOwn(values, name))
      throw new QuanlianError('template.invalid', `The text asks for “${name}”, which was not given.`);
    return String(values[name]);
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that no paper can hold
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/**
 * Text for a paper: without control characters, which neither XML nor fonts have, without marks that turn the direction
 * of what follows, and with U+FFFD for halves of characters.
 */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(UNPRINTABLE, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
