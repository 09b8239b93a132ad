import type { Facet } from '@quanlian/contract';
import { useCallback, useMemo, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import type { Slice } from '../../../charts/option.js';
import type { Palette } from '../../../charts/palette.js';
import { RANKING_ROW, rankingOption } from '../../../charts/ranking.js';
import { trendOption } from '../../../charts/trend.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { Filter, SearchState } from '../search/state.js';
import { FacetFrame } from './FacetFrame.js';

const TREND_HEIGHT = 180;
/** A ranking longer than this is a table, not a picture. */
const RANKED = 15;

/** Months are drawn when there are no more than those of ten years. */
const MOST_MONTHS = 120;

interface Props {
  facet: Facet;
  state: SearchState;
  total: number;
  onPick: (filter: Filter) => void;
}

const asSlices = ({ values }: Facet): Slice[] => values.map(({ value, count }) => ({ value, label: value, count }));

/** Documents by year of publication, or by month when they are of few years. */
export function TrendFacet({ facet: years, months, state, total, onPick }: Props & { months: Facet }) {
  const { t, tag } = useLanguage();
  const [wanted, setWanted] = useState<'year' | 'month'>('year');
  const hasMonths = months.distinct > 0 && months.distinct <= MOST_MONTHS;
  const by = hasMonths ? wanted : 'year';
  const facet = by === 'year' ? years : months;
  const slices = useMemo(() => asSlices(facet), [facet]);
  const draw = useCallback(
    (palette: Palette) => trendOption(slices, { palette, format: (n) => formatNumber(n, tag) }),
    [slices, tag],
  );
  return (
    <FacetFrame
      name={by}
      state={state}
      slices={slices}
      total={total}
      unknown={facet.unknown}
      distinct={facet.distinct}
      onPick={(value) => onPick({ name: by, value })}
      draw={draw}
      height={TREND_HEIGHT}
    >
      {hasMonths ? (
        <span className="switch">
          {(['year', 'month'] as const).map((name) => (
            <button
              key={name}
              type="button"
              className="button button--small"
              aria-pressed={by === name}
              onClick={() => setWanted(name)}
            >
              {t(`answers:trend.${name}`)}
            </button>
          ))}
        </span>
      ) : null}
    </FacetFrame>
  );
}

/** The applicants with the most documents. */
export function RankingFacet({ facet, state, total, onPick }: Props) {
  const { tag } = useLanguage();
  const slices = useMemo(() => asSlices(facet), [facet]);
  const drawn = Math.min(slices.length, RANKED);
  const draw = useCallback(
    (palette: Palette) => rankingOption(slices.slice(0, RANKED), { palette, format: (n) => formatNumber(n, tag) }),
    [slices, tag],
  );
  return (
    <FacetFrame
      name="applicant"
      state={state}
      slices={slices}
      drawn={drawn}
      total={total}
      unknown={facet.unknown}
      distinct={facet.distinct}
      onPick={(value) => onPick({ name: 'applicant', value })}
      draw={draw}
      height={drawn * RANKING_ROW}
    />
  );
}
