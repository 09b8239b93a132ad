import { languageName } from '../../../app/names.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  languages: readonly string[];
  chosen: string;
  onChoose: (lang: string) => void;
}

/** Which language of a text is shown; nothing when there is one only. */
export function LanguageTabs({ languages, chosen, onChoose }: Props) {
  const { t, tag } = useLanguage();
  if (languages.length < 2) return null;
  return (
    <fieldset className="switch switch--plain">
      <legend className="seen-by-readers-only">{t('document:textLanguage')}</legend>
      {languages.map((lang) => (
        <button
          key={lang}
          type="button"
          className="button button--small"
          aria-pressed={lang === chosen}
          onClick={() => onChoose(lang)}
        >
          {languageName(lang, t, tag)}
        </button>
      ))}
    </fieldset>
  );
}
