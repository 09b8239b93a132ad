import { type CitationOrigin, citationOrigin } from '@quanlian/contract';
import type { Translate } from '../../../i18n/useLanguage.js';

const said = (origin: Exclude<CitationOrigin, 'unknown'>, t: Translate): string =>
  t(`document:citation.origin.${origin}`);

/** Words of sources that say no more than who cited. */
const PLAIN = /^(cited by )?(examiner|applicant|third party|third-party)$/i;

/** Who cited, in the language of the page; the source's own word stands beside it where it says more. */
export function phaseWords(phase: string | undefined, t: Translate): string {
  if (phase === undefined || phase === '') return '';
  const origin = citationOrigin(phase);
  if (origin === 'unknown') return phase;
  const name = said(origin, t);
  return PLAIN.test(phase.trim()) ? name : t('document:citation.origin.withWord', { origin: name, word: phase });
}

/** Who cited, where only that is known. */
export const originWords = (origin: CitationOrigin, t: Translate): string =>
  origin === 'unknown' ? t('document:citation.origin.none') : said(origin, t);
