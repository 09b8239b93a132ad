import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** What the files hold and no reader takes, by element path: nothing is left out in silence. */
export function UnknownElements({ elements }: { elements: Record<string, number> }) {
  const { t, tag } = useLanguage();
  const entries = Object.entries(elements).sort((a, b) => b[1] - a[1]);
  if (entries.length === 0) return null;
  return (
    <details>
      <summary>{t('loads:unknown.title', { paths: formatNumber(entries.length, tag) })}</summary>
      <ScrollFrame label={t('loads:unknown.path')} className="table-frame load__elements">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('loads:unknown.path')}</th>
              <th scope="col" className="amount">
                {t('loads:unknown.times')}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map(([path, times]) => (
              <tr key={path}>
                <td className="code">{path}</td>
                <td className="amount">{formatNumber(times, tag)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </details>
  );
}
