import type { DocumentNumber } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';

const BARE = /^[0-9A-Z]*$/;

const bare = (text: string): string => (BARE.test(text) ? text : text.toUpperCase().replace(/[^0-9A-Z]/g, ''));

const OFFICE_AND_NUMBER = /^([A-Z]{2})(.*\d.*)$/;
const NUMBER_AND_KIND = /^(.*\d)([A-Z]\d?)$/;

function withKind(text: string): { office: string; number: string; kind: string } | undefined {
  const [, office, rest] = OFFICE_AND_NUMBER.exec(text) ?? [];
  const [, number, kind] = NUMBER_AND_KIND.exec(rest ?? '') ?? [];
  return office && number && kind ? { office, number, kind } : undefined;
}

/** The forms under which a number given as one text is looked up: as written without punctuation, and canonical. */
export function lookupForms(text: string): string[] {
  const written = bare(text);
  const forms = new Set([written]);
  const [, office, number] = OFFICE_AND_NUMBER.exec(written) ?? [];
  if (office && number) forms.add(publicationId(canonicalPublication(office, number)));
  const full = withKind(written);
  if (full) forms.add(publicationId(canonicalPublication(full.office, full.number, full.kind)));
  forms.delete('');
  return [...forms];
}

/** Office and number in canonical form when the text ends in a kind; undefined when it has none. */
function withoutKind(text: string): string | undefined {
  const full = withKind(bare(text));
  return full && publicationId(canonicalPublication(full.office, full.number));
}

/** The forms under which a number given in parts is found: with its kind and without. */
export function indexForms(reference: DocumentNumber): string[] {
  const { office, number, kind, original } = reference;
  const forms = new Set<string>();
  if (number !== undefined) {
    const canonical = canonicalPublication(office ?? '', number, kind);
    forms.add(publicationId(canonical));
    forms.add(canonical.office + canonical.number);
    forms.add(bare((office ?? '') + number));
  }
  if (original !== undefined) {
    forms.add(bare(original));
    if (office !== undefined) forms.add(bare(office + original));
  }
  forms.delete('');
  return [...forms];
}

/** The forms under which a number given as one text (a cited document) is found. */
export function indexFormsOfText(text: string): string[] {
  const short = withoutKind(text);
  return short === undefined ? lookupForms(text) : [...new Set([...lookupForms(text), short])];
}
