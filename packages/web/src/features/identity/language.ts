import type { Me } from '@quanlian/contract';
import { type Language, rememberedLanguage, rememberLanguage } from '../../i18n/languages.js';

/**
 * The language after somebody signed in: what was chosen in this browser goes to the account; where nothing was chosen
 * here the account's language counts. Demo accounts are used by whoever looks, so theirs says nothing about the reader.
 */
export function languageAfterSignIn(
  me: Pick<Me, 'language' | 'demo'>,
  shown: Language,
): { show: Language; keep: boolean } {
  if (rememberedLanguage() !== null) return { show: shown, keep: me.language !== shown };
  if (me.demo) return { show: shown, keep: false };
  rememberLanguage(me.language);
  return { show: me.language, keep: false };
}
