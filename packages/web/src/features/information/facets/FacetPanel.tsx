import type { Facet, FacetName } from '@quanlian/contract';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useFacets } from '../search/queries.js';
import type { Filter, SearchState } from '../search/state.js';
import { BarFacet } from './BarFacet.js';
import { RankingFacet, TrendFacet } from './ChartFacets.js';
import { ClassFacet } from './ClassFacet.js';
import './facets.css';

const ASKED: FacetName[] = [
  'office',
  'year',
  'applicant',
  'section',
  'class',
  'subclass',
  'group',
  'lang',
  'kind',
  'type',
  'status',
];
const BARS = ['status', 'office', 'type', 'kind', 'lang'] as const;

interface Props {
  state: SearchState;
  onPick: (filter: Filter) => void;
  go: (next: SearchState) => void;
}

/** Every facet over all hits: charts where a shape says something, lists where it does not. */
export function FacetPanel({ state, onPick, go }: Props) {
  const { t } = useLanguage();
  const { data, error, refetch } = useFacets(state, ASKED);
  if (error !== null) return <FacetError error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  if (data.total === 0) return <p className="note">{t('facets:none')}</p>;

  const none: Facet = { values: [], unknown: 0, distinct: 0 };
  const of = (name: FacetName): Facet => data.facets[name] ?? none;
  const shared = { state, total: data.total, onPick };
  return (
    <>
      <h2 className="seen-by-readers-only">{t('facets:title')}</h2>
      <TrendFacet facet={of('year')} {...shared} />
      <RankingFacet facet={of('applicant')} {...shared} />
      <ClassFacet facetOf={of} go={go} {...shared} />
      {BARS.map((name) => (
        <BarFacet key={name} name={name} facet={of(name)} {...shared} />
      ))}
    </>
  );
}

/** A query that cannot be read is explained beside the hits; saying it twice helps nobody. */
function FacetError({ error, retry }: { error: Error; retry: () => void }) {
  const isQuery = 'queryErrors' in error && Array.isArray(error.queryErrors) && error.queryErrors.length > 0;
  return isQuery ? null : <ErrorNotice error={error} retry={retry} />;
}
