import { fault } from './faults.js';

/** How an answer is written. */
export type Media = 'xml' | 'json' | 'javascript';

const XML =
  /^(?:\*\/\*|application\/(?:xml|\*|(?:exchange|fulltext|ops|register|cpc)\+xml)|text\/(?:xml|html|\*|plain))$/;

/** The kind of answer that suits an `Accept` header. Throws `CLIENT.MethodNotAllowed` for one that nothing suits. */
export function mediaOf(accept: string | undefined, json: boolean): Media {
  if (json) return 'json';
  const asked = (accept ?? '*/*').split(',').map((one) => (one.split(';')[0] ?? '').trim().toLowerCase());
  for (const one of asked) {
    if (one === '' || XML.test(one)) return 'xml';
    if (one === 'application/json' || one === 'text/json') return 'json';
    if (one === 'application/javascript' || one === 'text/javascript') return 'javascript';
  }
  throw fault('CLIENT.MethodNotAllowed', `Can't serve media types ${asked.join(', ').slice(0, 200)}`);
}

export const MEDIA_TYPES: Readonly<Record<Media, string>> = {
  xml: 'application/xml;charset=utf-8',
  json: 'application/json;charset=utf-8',
  javascript: 'application/javascript;charset=utf-8',
};
