import type { InboxReport, PutAwayFile } from '@quanlian/contract';
import { type UseMutationResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { formatDay, formatNumber } from '../../../app/format.js';
import { ErrorNotice, useErrorSentence } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { retryFiles } from './upload.js';

const LOOK_EVERY_MS = 15_000;
/** Names that are listed; a folder of many years says how many more there are. */
const SHOWN = 50;

type Failed = InboxReport['failed'][number];
type Retry = UseMutationResult<InboxReport, Error, readonly PutAwayFile[]>;

const keyOf = ({ folder, name }: PutAwayFile): string => `${folder}/${name}`;

/** The files that wait, in the order in which they are loaded, with the day in their names. */
function WaitingFiles({ waiting }: Pick<InboxReport, 'waiting'>) {
  const { t, tag } = useLanguage();
  if (waiting.length === 0) return <p className="quiet">{t('loads:inbox.empty')}</p>;
  return (
    <>
      <p>{t('loads:inbox.waiting')}</p>
      <ol className="inbox__waiting">
        {waiting.slice(0, SHOWN).map(({ name, date }) => (
          <li key={name}>
            <code>{name}</code>{' '}
            <span className="note figures">{date === null ? t('loads:inbox.noDate') : formatDay(date, tag)}</span>
          </li>
        ))}
      </ol>
      {waiting.length > SHOWN ? (
        <p className="note">{t('loads:inbox.more', { count: waiting.length - SHOWN })}</p>
      ) : null}
    </>
  );
}

/** What of a file could not be read, in a few lines. */
function Reasons({ file }: { file: Failed }) {
  const sentenceOf = useErrorSentence();
  const reasons = file.error === null ? file.failures : [file.error];
  return (
    <ul className="note inbox__reasons">
      {reasons.map((reason) => (
        <li key={`${reason.code} ${'offset' in reason ? reason.offset : ''} ${reason.message}`}>
          {sentenceOf(reason.code)} <span lang="en">{reason.message}</span> <span className="code">{reason.code}</span>
        </li>
      ))}
    </ul>
  );
}

function FailedFiles({ failed, retry }: Pick<InboxReport, 'failed'> & { retry: Retry }) {
  const { t, tag } = useLanguage();
  if (failed.length === 0) return null;
  return (
    <section className="inbox__failed" aria-label={t('loads:inbox.failed', { count: failed.length })}>
      <h3>{t('loads:inbox.failed', { count: failed.length })}</h3>
      <p className="note">{t('loads:inbox.retry')}</p>
      <ul className="plain-list">
        {failed.slice(0, SHOWN).map((file) => (
          <li key={keyOf(file)}>
            <p className="row">
              <code>{keyOf(file)}</code>
              <span className="note">
                {file.failed === 0
                  ? t('loads:inbox.failedWhole')
                  : t('loads:inbox.failedRecords', { records: formatNumber(file.failed, tag) })}
                {file.version === undefined ? null : ` · ${t('loads:inbox.version', { version: file.version })}`}
              </span>
              <button
                type="button"
                className="button button--small"
                aria-label={t('loads:inbox.againNamed', { name: file.name })}
                disabled={retry.isPending}
                onClick={() => retry.mutate([{ folder: file.folder, name: file.name }])}
              >
                {t('loads:inbox.again')}
              </button>
            </p>
            <Reasons file={file} />
          </li>
        ))}
      </ul>
      {failed.length > 1 ? (
        <button
          type="button"
          className="button"
          disabled={retry.isPending}
          onClick={() => retry.mutate(failed.slice(0, SHOWN).map(({ folder, name }) => ({ folder, name })))}
        >
          {t('loads:inbox.allAgain')}
        </button>
      ) : null}
    </section>
  );
}

/** What waits in the inbox, which weeks of a series are missing, and which files had records that failed. */
export function InboxState() {
  const { t } = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['inbox'],
    queryFn: ({ signal }) => callApi<InboxReport>(apiUrl('/inbox'), { signal }),
    refetchInterval: LOOK_EVERY_MS,
  });
  const retry: Retry = useMutation({
    mutationFn: retryFiles,
    onSuccess: (report) => queries.setQueryData(['inbox'], report),
    onError: () => void queries.invalidateQueries({ queryKey: ['inbox'] }),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['loads'] }),
  });
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  const { waiting, gaps, failed } = data;
  return (
    <>
      <WaitingFiles waiting={waiting} />
      {gaps.map(({ office, series, missing }) => (
        <p key={`${office} ${series}`} className="notice notice--wrong" role="status">
          {t('loads:inbox.gap', {
            office,
            series: t(`loads:inbox.series.${series}`),
            weeks: missing.join(t('common:listSeparator')),
          })}
        </p>
      ))}
      {retry.error === null ? null : <ErrorNotice error={retry.error} />}
      <FailedFiles failed={failed} retry={retry} />
    </>
  );
}
