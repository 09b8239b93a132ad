import { ApiError } from '../../../app/api/client.js';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Choices } from './Choices.js';
import { ClauseHits } from './ClauseHits.js';
import { EmptyCorpus, EmptyResult } from './EmptyResult.js';
import { HitList } from './HitList.js';
import { Pager } from './Pager.js';
import { QueryFaults } from './QueryFaults.js';
import { useHits } from './queries.js';
import { ResultTools } from './ResultTools.js';
import { PAGE_SIZE, pageCount, type SearchState } from './state.js';

interface Props {
  state: SearchState;
  go: (next: SearchState) => void;
}

/** The exact number of hits, the tools over them, one page of them, and the way to every other page. */
export function Results({ state, go }: Props) {
  const { t, tag } = useLanguage();
  const { data, error, refetch, isPlaceholderData } = useHits(state);

  if (error !== null) {
    if (error instanceof ApiError && error.queryErrors.length > 0) {
      return <QueryFaults query={state.q} faults={error.queryErrors} />;
    }
    return <ErrorNotice error={error} retry={() => void refetch()} />;
  }
  if (data === undefined) return <Waiting />;

  const empty = data.corpus.documents === 0 ? <EmptyCorpus /> : <EmptyResult state={state} go={go} />;
  // Collapsed by family, the pages hold one document of each.
  const shown = data.families ?? data.total;
  const pages = pageCount(shown);
  const first = (state.page - 1) * PAGE_SIZE + 1;
  const range = { first: formatNumber(first, tag), last: formatNumber(first + data.hits.length - 1, tag) };
  return (
    <>
      <div className="row row--apart results__head">
        <p className="results__total" role="status">
          <strong className="figures">
            {t('search:total', { count: data.total, total: formatNumber(data.total, tag) })}
          </strong>
          {data.families === undefined ? null : (
            <span className="figures"> {t('answers:families', { families: formatNumber(data.families, tag) })}</span>
          )}
          {data.hits.length > 0 ? <span className="quiet figures"> {t('search:range', range)}</span> : null}
        </p>
        <ResultTools state={state} go={go} total={data.total} />
      </div>
      <Choices state={state} go={go} />
      {data.total > 0 && state.q !== '' ? <ClauseHits state={state} /> : null}
      {data.total === 0 && !isPlaceholderData ? empty : null}
      {data.total > 0 && data.hits.length === 0 && !isPlaceholderData ? (
        <p className="notice">{t('search:beyond', { pages: formatNumber(pages, tag) })}</p>
      ) : null}
      <HitList hits={data.hits} busy={isPlaceholderData} start={first} />
      {data.total > 0 ? <Pager state={state} pages={pages} go={go} /> : null}
    </>
  );
}
