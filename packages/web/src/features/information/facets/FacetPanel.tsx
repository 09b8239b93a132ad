import type { CountableName, Facet } from '@quanlian/contract';
import type { SearchAnswer } from '../../../app/api/types.js';
import { formatNumber } from '../../../app/format.js';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useConcordances } from '../classes/classes.queries.js';
import { useFacets } from '../search/queries.js';
import type { Filter, SearchState } from '../search/state.js';
import { BarFacet } from './BarFacet.js';
import { RankingFacet, TrendFacet } from './ChartFacets.js';
import { ClassFacet } from './ClassFacet.js';
import { CrossFacet } from './CrossFacet.js';
import './facets.css';

/** Where owners are; not shown where no address of the hits says it. */
const PLACES = ['province', 'city', 'district'] as const;

const ASKED: CountableName[] = [
  'office',
  'year',
  'month',
  'applicant',
  'section',
  'class',
  'subclass',
  'group',
  'lang',
  'kind',
  'type',
  'status',
  ...PLACES,
  'field35',
];
const BARS = ['field35', 'industry', 'status', ...PLACES, 'office', 'type', 'kind', 'lang'] as const;
const isPlace = (name: (typeof BARS)[number]): boolean => PLACES.some((place) => place === name);

interface Props {
  state: SearchState;
  onPick: (filter: Filter) => void;
  go: (next: SearchState) => void;
}

/** Every facet over all hits: charts where a shape says something, lists where it does not. */
export function FacetPanel({ state, onPick, go }: Props) {
  const { t } = useLanguage();
  const tables = useConcordances();
  const hasIndustries = tables.data?.editions.some(({ name, current }) => name === 'industry' && current) ?? false;
  const { data, error, refetch } = useFacets(state, hasIndustries ? [...ASKED, 'industry'] : ASKED);
  if (error !== null) return <FacetError error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Waiting />;
  if (data.total === 0) return <p className="note">{t('facets:none')}</p>;

  const none: Facet = { values: [], unknown: 0, distinct: 0 };
  const of = (name: CountableName): Facet => data.facets[name] ?? none;
  const isShown = (name: (typeof BARS)[number]): boolean =>
    isPlace(name) ? of(name).distinct > 0 : name !== 'industry' || hasIndustries;
  const shared = { state, total: data.total, onPick };
  return (
    <>
      <h2 className="seen-by-readers-only">{t('facets:title')}</h2>
      <DifferentCounts counts={data.distinct} />
      <TrendFacet facet={of('year')} months={of('month')} {...shared} />
      <RankingFacet facet={of('applicant')} {...shared} />
      <ClassFacet facetOf={of} go={go} {...shared} />
      {BARS.filter(isShown).map((name) => (
        <BarFacet key={name} name={name} facet={of(name)} {...shared} />
      ))}
      <CrossFacet state={state} onPick={onPick} />
    </>
  );
}

/** Of how many families and owners the hits are. */
function DifferentCounts({ counts }: { counts: SearchAnswer['distinct'] }) {
  const { t, tag } = useLanguage();
  if (counts === undefined) return null;
  const { family = 0, applicant = 0 } = counts;
  return (
    <p className="note figures">
      {t('answers:distinct', { families: formatNumber(family, tag), applicants: formatNumber(applicant, tag) })}
    </p>
  );
}

/** A query that cannot be read is explained beside the hits; saying it twice helps nobody. */
function FacetError({ error, retry }: { error: Error; retry: () => void }) {
  const isQuery = 'queryErrors' in error && Array.isArray(error.queryErrors) && error.queryErrors.length > 0;
  return isQuery ? null : <ErrorNotice error={error} retry={retry} />;
}
