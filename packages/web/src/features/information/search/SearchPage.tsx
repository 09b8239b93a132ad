import { lazy, Suspense, useRef, useState } from 'react';
import { Waiting } from '../../../app/states/Waiting.js';
import { useMedia } from '../../../app/useMedia.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { FilterChips } from './FilterChips.js';
import { Results } from './Results.js';
import { SearchBox } from './SearchBox.js';
import { withFilter, withoutFilter } from './state.js';
import { useSearchState } from './useSearchState.js';
import './search.css';

const FacetPanel = lazy(async () => ({ default: (await import('../facets/FacetPanel.js')).FacetPanel }));

/** From here on there is room for the facets beside the hits. */
const WIDE = '(min-width: 62rem)';

export function SearchPage() {
  const { t } = useLanguage();
  const { state, go } = useSearchState();
  const wide = useMedia(WIDE);
  const [opened, setOpened] = useState(false);
  const hits = useRef<HTMLDivElement>(null);
  usePageTitle(state.q === '' ? t('search:title.all') : state.q);
  const facetsShown = wide || opened;

  return (
    <>
      <h1 className="seen-by-readers-only">{t('search:title.page')}</h1>
      <SearchBox
        key={state.q}
        initial={state.q}
        onSearch={(q) => go({ ...state, q, page: 1 })}
        onDown={() => hits.current?.querySelector<HTMLElement>('[data-hit]')?.focus()}
      />
      <FilterChips
        filters={state.filters}
        onRemove={(filter) => go(withoutFilter(state, filter))}
        onClear={() => go({ ...state, filters: [], page: 1 })}
      />
      {wide ? null : (
        <button
          type="button"
          className="button search-page__opener"
          aria-expanded={opened}
          aria-controls="facets"
          onClick={() => setOpened(!opened)}
        >
          {opened ? t('facets:close') : t('facets:open')}
        </button>
      )}
      <div className="search-page">
        <div className="search-page__hits" ref={hits}>
          <Results state={state} go={go} />
        </div>
        <aside id="facets" className="search-page__facets" aria-label={t('facets:title')} hidden={!facetsShown}>
          {facetsShown ? (
            <Suspense fallback={<Waiting />}>
              <FacetPanel state={state} onPick={(filter) => go(withFilter(state, filter))} go={go} />
            </Suspense>
          ) : null}
        </aside>
      </div>
    </>
  );
}
