import type { InboxReport } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

const LOOK_EVERY_MS = 15_000;

/** What waits in the inbox, which weeks of a series are missing, and which files had records that failed. */
export function InboxState() {
  const { t } = useLanguage();
  const { data } = useQuery({
    queryKey: ['inbox'],
    queryFn: ({ signal }) => callApi<InboxReport>(apiUrl('/inbox'), { signal }),
    refetchInterval: LOOK_EVERY_MS,
  });
  if (data === undefined) return null;
  const { waiting, gaps, failed } = data;
  return (
    <>
      {waiting.length === 0 ? null : (
        <p>{t('loads:inbox.waiting', { files: waiting.join(t('common:listSeparator')) })}</p>
      )}
      {gaps.map(({ office, series, missing }) => (
        <p key={`${office} ${series}`} className="notice notice--wrong" role="status">
          {t('loads:inbox.gap', { office, series, weeks: missing.join(t('common:listSeparator')) })}
        </p>
      ))}
      {failed.length === 0 ? null : (
        <details>
          <summary>{t('loads:inbox.failed', { count: failed.length })}</summary>
          <ul>
            {failed.map(({ name, folder, failed: records, version }) => (
              <li key={`${folder}/${name}`}>
                <code>
                  {folder}/{name}
                </code>{' '}
                {t('loads:inbox.failedRecords', { records })}
                {version === undefined ? null : ` · ${t('loads:inbox.version', { version })}`}
              </li>
            ))}
          </ul>
          <p className="note">{t('loads:inbox.retry')}</p>
        </details>
      )}
    </>
  );
}
