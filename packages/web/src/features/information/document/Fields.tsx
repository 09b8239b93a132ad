import type { ConcordanceMatch } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useDocumentFields } from '../classes/classes.queries.js';

function byTarget(matches: readonly ConcordanceMatch[]): { code: string; matches: ConcordanceMatch[] }[] {
  const codes = [...new Set(matches.map(({ target }) => target.code))];
  return codes.map((code) => ({ code, matches: matches.filter(({ target }) => target.code === code) }));
}

/** Fields of technology and industries of a document, each with the classes that led to it. */
export function FieldSection({ id }: { id: string }) {
  const { t, language } = useLanguage();
  const { data } = useDocumentFields(id);
  const tables = data?.tables.filter(({ matches }) => matches.length > 0) ?? [];
  if (tables.length === 0) return null;
  return (
    <section className="section" aria-labelledby="fields">
      <h2 id="fields">{t('classes:document.title')}</h2>
      <dl className="bibliography">
        {tables.map(({ name, edition, matches }) => (
          <div key={name} className="bibliography__entry">
            <dt>
              {t(`fields:${name}`)} <span className="note">{edition}</span>
            </dt>
            <dd>
              <ul className="plain-list">
                {byTarget(matches).map(({ code, matches: own }) => (
                  <li key={code}>
                    <Link to="/search" search={{ filter: [`${name}:${code}`] }}>
                      {code} {own[0]?.target.names[language] ?? own[0]?.target.names['en'] ?? ''}
                    </Link>{' '}
                    <span className="note">
                      {t('classes:document.by', {
                        classes: own
                          .map(({ symbol, row }) => (symbol === row ? symbol : `${symbol} → ${row}`))
                          .join(t('common:listSeparator')),
                      })}
                    </span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
