import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { fetchEventLists } from './upload.js';

/** The editions of the list that says what legal-event codes stand for. */
export function EventLists() {
  const { t, tag } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['event-codes'],
    queryFn: ({ signal }) => fetchEventLists(signal),
  });
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  if (data.editions.length === 0) return <p className="quiet">{t('loads:events.none')}</p>;
  return (
    <ul>
      {data.editions.map(({ edition, codes, offices, current }) => (
        <li key={edition}>
          <strong className="figures">{edition}</strong>{' '}
          {t('loads:events.counts', { codes: formatNumber(codes, tag), offices: formatNumber(offices, tag) })}
          {current ? ` · ${t('loads:events.current')}` : null}
        </li>
      ))}
    </ul>
  );
}
