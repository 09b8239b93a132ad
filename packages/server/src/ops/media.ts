import { fault } from './faults.js';

/** How an answer is written. */
export type Media = 'xml' | 'json' | 'javascript';

const XML = /^(?:\*\/\*|application\/(?:xml|\*|(?:exchange|fulltext|ops|register|cpc)\+xml))$/;

/** The types of an `Accept` header, the most wanted first; those with a weight of zero are not wanted at all. */
function wanted(accept: string): string[] {
  const types = accept.split(',').map((one) => {
    const [type = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((part) => /^q\s*=/.test(part))?.replace(/^q\s*=\s*/, '');
    return { type, weight: weight === undefined || Number.isNaN(Number(weight)) ? 1 : Number(weight) };
  });
  return types
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ type }) => type);
}

/** The kind of answer that suits an `Accept` header. Throws `CLIENT.MethodNotAllowed` for one that nothing suits. */
export function mediaOf(accept: string | undefined, json: boolean): Media {
  if (json) return 'json';
  for (const one of wanted(accept ?? '*/*')) {
    if (one === '' || XML.test(one)) return 'xml';
    if (one === 'application/json') return 'json';
    if (one === 'application/javascript') return 'javascript';
  }
  throw fault('CLIENT.MethodNotAllowed', `Can't serve media types ${(accept ?? '').slice(0, 200)}`);
}

export const MEDIA_TYPES: Readonly<Record<Media, string>> = {
  xml: 'application/xml;charset=utf-8',
  json: 'application/json;charset=utf-8',
  javascript: 'application/javascript;charset=utf-8',
};
