import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../features/identity/session.js';
import { LANGUAGES, type Language, rememberLanguage } from '../../i18n/languages.js';
import { changeLanguage } from '../../i18n/setup.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { sendApi } from '../api/send.js';

/** Each language by its own name, in its own script. */
const OWN_NAMES: Record<Language, string> = { zh: '中文', en: 'English' };
const CHOICES: readonly Language[] = ['zh', 'en'];

export function LanguageSwitch() {
  const { t, language } = useLanguage();
  const { i18n } = useTranslation();
  const session = useSession();
  const queries = useQueryClient();
  const choose = async (choice: Language) => {
    rememberLanguage(choice);
    await changeLanguage(i18n, choice);
    if (session.state !== 'signed-in' || session.me.kind !== 'user') return;
    // The account follows, for other browsers and for mail; here the choice holds even when it cannot be kept there.
    await sendApi('PUT', '/identity/me/settings', { language: choice }).catch(() => undefined);
    await queries.invalidateQueries({ queryKey: ['session'] });
  };
  return (
    <fieldset className="head__language switch">
      <legend className="seen-by-readers-only">{t('common:language')}</legend>
      {CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          className="button button--small"
          lang={LANGUAGES[choice]}
          aria-pressed={choice === language}
          onClick={() => void choose(choice)}
        >
          {OWN_NAMES[choice]}
        </button>
      ))}
    </fieldset>
  );
}
