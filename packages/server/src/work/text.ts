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
