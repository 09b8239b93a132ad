import { formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../parts/Answered.js';
import { RecordTable } from '../parts/RecordTable.js';
import { useDeliveries } from '../queries.js';

interface Props {
  id: string;
  kindName: (kind: string) => string;
}

/** What was sent to a webhook or waits for its next try. */
export function Deliveries({ id, kindName }: Props) {
  const { t, tag } = useLanguage();
  const deliveries = useDeliveries(id);
  return (
    <Answered query={deliveries}>
      {({ deliveries: rows }) => (
        <RecordTable
          caption={t('desk:hook.deliveries')}
          rows={rows}
          keyOf={(row) => row.id}
          nothing={t('desk:hook.nothingSent')}
          file="deliveries"
          columns={[
            {
              name: 'at',
              title: t('work:audit.at'),
              show: ({ createdAt }) => formatTime(createdAt, tag),
              text: ({ createdAt }) => createdAt,
            },
            {
              name: 'kind',
              title: t('desk:hook.kind'),
              show: ({ kind }) => kindName(kind),
              text: ({ kind }) => kind,
            },
            {
              name: 'state',
              title: t('work:case.state'),
              show: ({ state }) => (
                <span className={state === 'done' ? 'tag tag--good' : state === 'failed' ? 'tag tag--wrong' : 'tag'}>
                  {t(`desk:sent.${state}`)}
                </span>
              ),
              text: ({ state }) => t(`desk:sent.${state}`),
            },
            {
              name: 'attempts',
              title: t('desk:job.attempts'),
              amount: true,
              show: ({ attempts, mostAttempts }) => `${attempts} / ${mostAttempts}`,
              text: ({ attempts }) => attempts,
            },
            {
              name: 'next',
              title: t('desk:hook.next'),
              show: ({ state, dueAt }) => (state === 'waiting' ? formatTime(dueAt, tag) : '–'),
            },
            {
              name: 'error',
              title: t('desk:job.error'),
              show: ({ error }) => (error === null ? '–' : <span lang="en">{error}</span>),
              text: ({ error }) => error ?? '',
            },
            {
              name: 'body',
              title: t('desk:hook.body'),
              show: ({ body }) => (
                <details>
                  <summary>JSON</summary>
                  <code className="hash">{body}</code>
                </details>
              ),
              text: ({ body }) => body,
            },
          ]}
        />
      )}
    </Answered>
  );
}
