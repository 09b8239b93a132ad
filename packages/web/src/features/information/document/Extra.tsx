import { useLanguage } from '../../../i18n/useLanguage.js';

/** What the sources give beyond the fields above, under the sources' own names. */
export function Extra({ extra }: { extra: Record<string, unknown> }) {
  const { t } = useLanguage();
  const entries = Object.entries(extra);
  if (entries.length === 0) return null;
  return (
    <details className="extra">
      <summary>{t('document:extra', { fields: entries.length })}</summary>
      <dl className="bibliography">
        {entries.map(([name, value]) => (
          <div key={name} className="bibliography__entry">
            <dt className="code">{name}</dt>
            <dd>
              <pre className="extra__value">{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
