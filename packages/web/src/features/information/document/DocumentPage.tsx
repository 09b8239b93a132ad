import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiError } from '../../../app/api/client.js';
import { usePublication } from '../../../app/api/queries.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { DocumentView } from './DocumentView.js';
import { PublicationLinks } from './PublicationLinks.js';
import './document.css';

const route = getRouteApi('/publications/$id');

/** The number names several publications: the reader chooses. */
function Several({ id, ids }: { id: string; ids: readonly string[] }) {
  const { t } = useLanguage();
  return (
    <>
      <h1>{t('document:several', { id })}</h1>
      <PublicationLinks ids={ids} />
    </>
  );
}

function Missing({ id }: { id: string }) {
  const { t } = useLanguage();
  return (
    <>
      <h1>{t('document:missing.title', { id })}</h1>
      <p>{t('document:missing.text')}</p>
      <p>
        <Link to="/search" search={{ q: `id:${id}` }}>
          {t('document:missing.search')}
        </Link>
      </p>
    </>
  );
}

export function DocumentPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = usePublication(id);
  usePageTitle(id);
  if (error instanceof ApiError && error.code === 'document.not_found') return <Missing id={id} />;
  if (error instanceof ApiError && error.alternatives.length > 0) return <Several id={id} ids={error.alternatives} />;
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  return <DocumentView key={data.document.id} publication={data} />;
}
