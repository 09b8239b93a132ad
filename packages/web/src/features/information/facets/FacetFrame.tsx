import { type CountableName, UNKNOWN_VALUE } from '@quanlian/contract';
import { type ReactNode, useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ChartView } from '../../../charts/ChartView.js';
import { chartFile } from '../../../charts/chartFile.js';
import type { ChartOption, Slice } from '../../../charts/option.js';
import type { Palette } from '../../../charts/palette.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { SearchState } from '../search/state.js';
import { FacetTable } from './FacetTable.js';
import { SaveFacet } from './SaveFacet.js';

interface Props {
  /** The facet; also the name of the files. */
  name: CountableName;
  state: SearchState;
  /** In a tree, only values that start with this are shown and saved. */
  prefix?: string;
  slices: readonly Slice[];
  /** How many of the slices the chart draws, when not all. */
  drawn?: number;
  /** Documents found in all, and those among them whose sources do not say. */
  total: number;
  unknown: number;
  distinct: number;
  onPick: (value: string) => void;
  draw: (palette: Palette) => ChartOption;
  height: number;
  /** Stands between the heading and the chart, such as the way back up a tree. */
  children?: ReactNode;
}

/** One facet as a chart or as the same figures in a table, with both as files. */
export function FacetFrame({
  name,
  state,
  prefix = '',
  slices,
  drawn = slices.length,
  total,
  unknown,
  distinct,
  onPick,
  draw,
  height,
  children,
}: Props) {
  const { t } = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const title = t(`facets:name.${name}`);
  const told = useChartWords()(
    title,
    slices.slice(0, drawn).map(({ label, count }) => ({ label, amount: count })),
  );

  return (
    <section className="facet" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
      {slices.length === 0 ? (
        <p className="note">{t('facets:noValues')}</p>
      ) : (
        <>
          <div className="row facet__tools">
            <span className="switch">
              <button
                type="button"
                className="button button--small"
                aria-pressed={!asTable}
                onClick={() => setAsTable(false)}
              >
                {t('facets:chart')}
              </button>
              <button
                type="button"
                className="button button--small"
                aria-pressed={asTable}
                onClick={() => setAsTable(true)}
              >
                {t('facets:asTable')}
              </button>
            </span>
            <SaveFacet name={name} state={state} prefix={prefix} svg={() => chartFile(draw, height)} />
          </div>
          {asTable ? null : <ChartView label={told} draw={draw} onPick={onPick} height={height} />}
          <div className={asTable ? 'facet__table' : 'seen-by-readers-only'}>
            <FacetTable caption={title} slices={slices} total={total} onPick={onPick} hiddenFromTab={!asTable} />
          </div>
        </>
      )}
      <FacetRest shown={asTable ? slices.length : drawn} distinct={distinct} unknown={unknown} onPick={onPick} />
    </section>
  );
}

interface RestProps {
  shown: number;
  distinct: number;
  unknown: number;
  onPick: (value: string) => void;
}

/** What the chart leaves out: values beyond the most frequent, and documents whose sources do not say. */
export function FacetRest({ shown, distinct, unknown, onPick }: RestProps) {
  const { t, tag } = useLanguage();
  return (
    <p className="note figures">
      {distinct > shown
        ? `${t('facets:shown', { shown: formatNumber(shown, tag), distinct: formatNumber(distinct, tag) })} `
        : null}
      {unknown > 0 ? (
        <button type="button" className="text-button" onClick={() => onPick(UNKNOWN_VALUE)}>
          {t('facets:unknown', { unknown: formatNumber(unknown, tag) })}
        </button>
      ) : null}
    </p>
  );
}
