import type { Repair } from './reader.js';

/** An ampersand in a name that was not escaped: it begins no entity, so it can only stand for itself. */
export const bareAmpersand: Repair = {
  name: 'bare-ampersand',
  apply: (text) =>
    text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|&(?!#?[\p{L}\p{N}_:.-]+;)/gu, (found) =>
      found === '&' ? '&amp;' : found,
    ),
};
