import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language, rememberLanguage } from '../../i18n/languages.js';
import { changeLanguage } from '../../i18n/setup.js';
import { useLanguage } from '../../i18n/useLanguage.js';

/** Each language by its own name, in its own script. */
const OWN_NAMES: Record<Language, string> = { zh: '中文', en: 'English' };
const CHOICES: readonly Language[] = ['zh', 'en'];

export function LanguageSwitch() {
  const { t, language } = useLanguage();
  const { i18n } = useTranslation();
  const choose = (choice: Language) => {
    rememberLanguage(choice);
    void changeLanguage(i18n, choice);
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
          onClick={() => choose(choice)}
        >
          {OWN_NAMES[choice]}
        </button>
      ))}
    </fieldset>
  );
}
