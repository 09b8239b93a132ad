import type { Facet, FacetName } from '@quanlian/contract';
import { useCallback, useMemo } from 'react';
import { formatNumber } from '../../../app/format.js';
import type { Palette } from '../../../charts/palette.js';
import { treemapOption } from '../../../charts/treemap.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { Filter, SearchState } from '../search/state.js';
import { classPlace, toClassPlace } from './classLevels.js';
import { FacetFrame } from './FacetFrame.js';
import { useFacetValueName } from './valueName.js';

const TREEMAP_HEIGHT = 260;

interface Props {
  facetOf: (name: FacetName) => Facet;
  state: SearchState;
  go: (next: SearchState) => void;
  total: number;
  onPick: (filter: Filter) => void;
}

/** Classes as a treemap; choosing one filters by it and shows the level below. */
export function ClassFacet({ facetOf, state, go, total, onPick }: Props) {
  const { t, tag } = useLanguage();
  const nameOf = useFacetValueName();
  const { path, shown, prefix } = useMemo(() => classPlace(state.filters), [state.filters]);
  const facet = facetOf(shown);
  const slices = useMemo(
    () =>
      facet.values
        .filter(({ value }) => value.startsWith(prefix))
        .map(({ value, count }) => ({ value, label: nameOf(shown, value), count })),
    [facet, prefix, shown, nameOf],
  );
  const draw = useCallback(
    (palette: Palette) => treemapOption(slices, { palette, format: (n) => formatNumber(n, tag) }),
    [slices, tag],
  );
  // Above a chosen class the counts of other branches are left out on purpose, so their number says nothing.
  const distinct = prefix === '' ? facet.distinct : slices.length;
  return (
    <FacetFrame
      name={shown}
      state={state}
      prefix={prefix}
      slices={slices}
      total={total}
      unknown={facet.unknown}
      distinct={distinct}
      onPick={(value) => onPick({ name: shown, value })}
      draw={draw}
      height={TREEMAP_HEIGHT}
    >
      {path.length === 0 ? null : (
        <nav className="class-path row note" aria-label={t('facets:path')}>
          <button type="button" className="text-button" onClick={() => go(toClassPlace(state, undefined))}>
            {t('facets:allClasses')}
          </button>
          {path.map((step, i) => (
            <span key={step.level}>
              <span aria-hidden="true">› </span>
              {i === path.length - 1 ? (
                <span className="code">{step.value}</span>
              ) : (
                <button type="button" className="text-button code" onClick={() => go(toClassPlace(state, step))}>
                  {step.value}
                </button>
              )}
            </span>
          ))}
        </nav>
      )}
    </FacetFrame>
  );
}
