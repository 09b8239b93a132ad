import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useCorpus, useLoads } from '../../../app/api/queries.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { DropZone } from './DropZone.js';
import { EventLists } from './EventLists.js';
import { InboxState } from './InboxState.js';
import { LoadItem } from './LoadItem.js';
import { TableSection } from './TableSection.js';
import './loads.css';

/** When a load has finished, what other pages know about the corpus is out of date. */
function useFreshCorpus(finished: number) {
  const queries = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of finished loads is the event.
  useEffect(() => {
    for (const key of ['corpus', 'search', 'publication']) void queries.invalidateQueries({ queryKey: [key] });
  }, [finished, queries]);
}

function InboxPath() {
  const { data } = useCorpus();
  return (
    <p>
      <code>{data?.inbox ?? 'inbox/'}</code> → <code>done/</code> | <code>failed/</code>
    </p>
  );
}

function Jobs() {
  const { t } = useLanguage();
  const { data, error, refetch } = useLoads();
  useFreshCorpus(data?.jobs.filter(({ finishedAt }) => finishedAt !== null).length ?? 0);
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  if (data.jobs.length === 0) return <p className="quiet">{t('loads:none')}</p>;
  return (
    <ul className="plain-list">
      {data.jobs.map((job) => (
        <LoadItem key={job.id} job={job} />
      ))}
    </ul>
  );
}

export function LoadsPage() {
  const { t } = useLanguage();
  usePageTitle(t('loads:title'));
  return (
    <>
      <h1>{t('loads:title')}</h1>
      <p className="prose">{t('loads:lead')}</p>
      <DropZone />
      <TableSection />
      <section className="section inbox" aria-labelledby="inbox">
        <h2 id="inbox">{t('loads:inbox.title')}</h2>
        <p>{t('loads:inbox.text')}</p>
        <InboxPath />
        <InboxState />
      </section>
      <section className="section" aria-labelledby="jobs">
        <h2 id="jobs">{t('loads:jobs')}</h2>
        <Jobs />
      </section>
      <section className="section inbox" aria-labelledby="event-lists">
        <h2 id="event-lists">{t('loads:events.title')}</h2>
        <p>{t('loads:events.text')}</p>
        <p>
          <code>quanlian events load FILE</code>
        </p>
        <EventLists />
      </section>
    </>
  );
}
