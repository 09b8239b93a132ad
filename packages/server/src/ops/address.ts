import { fault } from './faults.js';
import { FORMS, type NumberForm } from './input.js';

const REFERENCES = ['publication', 'application', 'priority'] as const;
export type Reference = (typeof REFERENCES)[number];

const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'published-data': ['biblio', 'abstract', 'full-cycle', 'fulltext', 'claims', 'description', 'equivalents', 'images'],
  family: ['biblio', 'legal'],
  legal: [],
  register: ['biblio', 'events', 'procedural-steps', 'upp', 'unip'],
  'number-service': FORMS,
};

/** Which service a request asks, and for what. */
export type Address =
  | {
      readonly service: 'published-data' | 'family' | 'legal' | 'register' | 'number-service';
      readonly reference: Reference;
      readonly form: NumberForm;
      /** The number in the path, still encoded; undefined when the body has it. */
      readonly number: string | undefined;
      readonly endings: readonly string[];
    }
  | { readonly service: 'search' | 'register-search'; readonly endings: readonly string[] }
  | { readonly service: 'image'; readonly path: string | undefined }
  | { readonly service: 'cpc'; readonly path: readonly string[] }
  | { readonly service: 'cpc-search' }
  | { readonly service: 'cpc-media'; readonly path: string }
  | { readonly service: 'class-map'; readonly path: readonly string[] };

export interface ReadAddress {
  readonly address: Address;
  /** Answers in JSON, because the path ends in `.json`. */
  readonly json: boolean;
}

const isReference = (text: string | undefined): text is Reference =>
  (REFERENCES as readonly string[]).includes(text ?? '');
const isForm = (text: string | undefined): text is NumberForm => (FORMS as readonly string[]).includes(text ?? '');

const unknown = () => fault('CLIENT.NotFound', 'There is no such service.');

/** Constituents come as one segment with commas, or as segments of their own. */
function takeEndings(segments: string[], known: readonly string[]): string[] {
  const endings: string[] = [];
  for (;;) {
    const words = (segments.at(-1) ?? '').split(',').map((word) => decodeURIComponent(word).trim());
    if (segments.length === 0 || !words.every((word) => known.includes(word))) return endings;
    endings.unshift(...words);
    segments.pop();
  }
}

function searchAddress(service: 'search' | 'register-search', rest: readonly string[]): Address {
  const segments = [...rest];
  const endings = takeEndings(segments, ENDINGS[service === 'search' ? 'published-data' : 'register'] ?? []);
  if (segments.length > 0) throw unknown();
  return { service, endings };
}

function classificationAddress([scheme, ...rest]: readonly string[]): Address {
  if (scheme === 'cpc' && rest[0] === 'search') return { service: 'cpc-search' };
  if (scheme === 'cpc' && rest[0] === 'media') return { service: 'cpc-media', path: rest.slice(1).join('/') };
  if (scheme === 'cpc' && rest.length > 0) return { service: 'cpc', path: rest };
  if (scheme === 'map') return { service: 'class-map', path: rest };
  throw unknown();
}

function numberAddress(service: string, [reference, form, ...rest]: readonly string[]): Address {
  const known = ENDINGS[service];
  if (known === undefined || !isReference(reference)) throw unknown();
  if (!isForm(form)) throw fault('CLIENT.WrongReferenceFormatting', `There is no number format “${form ?? ''}”.`);
  const segments = [...rest];
  const endings = takeEndings(segments, known);
  // The number may hold strokes of its own, which are never encoded.
  const number = segments.length > 0 ? segments.join('/') : undefined;
  return { service: service as 'family', reference, form, number, endings };
}

/** Reads the path behind `/rest-services/`, without its query. Throws `CLIENT.NotFound` for what is no service. */
export function readAddress(path: string): ReadAddress {
  const json = path.endsWith('.json');
  const plain = path.replace(/\.(?:json|xml|js)$/, '').replace(/\/+$/, '');
  const [service = '', ...rest] = plain.replace(/^\/+/, '').split('/');
  const address = (): Address => {
    if (service === 'published-data' && rest[0] === 'search') return searchAddress('search', rest.slice(1));
    if (service === 'published-data' && rest[0] === 'images')
      return { service: 'image', path: rest.length > 1 ? rest.slice(1).join('/') : undefined };
    if (service === 'register' && rest[0] === 'search') return searchAddress('register-search', rest.slice(1));
    if (service === 'classification') return classificationAddress(rest);
    return numberAddress(service, rest);
  };
  try {
    return { address: address(), json };
  } catch (error) {
    if (error instanceof URIError) throw unknown();
    throw error;
  }
}
