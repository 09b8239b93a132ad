import type { Facet, FacetName, TabledName } from '@quanlian/contract';
import { useId } from 'react';
import { formatNumber, formatShare } from '../../../app/format.js';
import { chartFile } from '../../../charts/chartFile.js';
import type { Palette } from '../../../charts/palette.js';
import { RANKING_ROW, rankingOption } from '../../../charts/ranking.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { Filter, SearchState } from '../search/state.js';
import { FacetRest } from './FacetFrame.js';
import { SaveFacet } from './SaveFacet.js';
import { useFacetValueName } from './valueName.js';

interface Props {
  name: FacetName | TabledName;
  state: SearchState;
  facet: Facet;
  total: number;
  onPick: (filter: Filter) => void;
}

/** A facet of few values: each with its count and a bar as long as its share. It is chart and table in one. */
export function BarFacet({ name, state, facet, total, onPick }: Props) {
  const { t, tag } = useLanguage();
  const nameOf = useFacetValueName();
  const id = useId();
  const title = t(`facets:name.${name}`);
  const largest = Math.max(1, ...facet.values.map(({ count }) => count));
  const slices = facet.values.map(({ value, count }) => ({ value, label: nameOf(name, value), count }));
  const draw = (palette: Palette) => rankingOption(slices, { palette, format: (n) => formatNumber(n, tag) });
  return (
    <section className="facet" aria-labelledby={id}>
      <div className="row row--apart">
        <h3 id={id}>{title}</h3>
        <span className="row">
          <SaveFacet name={name} state={state} svg={() => chartFile(draw, Math.max(1, slices.length) * RANKING_ROW)} />
        </span>
      </div>
      <ul className="bars plain-list">
        {slices.map(({ value, label, count }) => (
          <li key={value}>
            <button type="button" className="bar" onClick={() => onPick({ name, value })}>
              <span className="bar__name">{label}</span>
              <span className="amount">{formatNumber(count, tag)}</span>
              <span className="amount quiet">{formatShare(count, total, tag)}</span>
              <span className="bar__length" style={{ inlineSize: `${(100 * count) / largest}%` }} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <FacetRest
        shown={facet.values.length}
        distinct={facet.distinct}
        unknown={facet.unknown}
        onPick={(value) => onPick({ name, value })}
      />
    </section>
  );
}
