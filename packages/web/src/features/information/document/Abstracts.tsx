import { languageName } from '../../../app/names.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** The abstract in every language there is. */
export function Abstracts({ abstracts }: { abstracts: Record<string, string> }) {
  const { t, tag } = useLanguage();
  const entries = Object.entries(abstracts);
  if (entries.length === 0) return null;
  return (
    <section className="section text" aria-labelledby="abstract">
      <h2 id="abstract">
        <span className="inid">(57)</span> {t('document:section.abstract')}
      </h2>
      {entries.map(([lang, text]) => (
        <div key={lang} className="prose">
          {entries.length > 1 ? <h3 className="note">{languageName(lang, t, tag)}</h3> : null}
          <p lang={lang}>{text}</p>
        </div>
      ))}
    </section>
  );
}
