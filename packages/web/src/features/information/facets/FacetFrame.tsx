import { type CountableName, UNKNOWN_VALUE } from '@quanlian/contract';
import { type ReactNode, useId, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { saveFile } from '../../../app/saveFile.js';
import { ChartView } from '../../../charts/ChartView.js';
import type { ChartOption, Slice } from '../../../charts/option.js';
import { type Palette, readPalette } from '../../../charts/palette.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { SearchState } from '../search/state.js';
import { FacetTable } from './FacetTable.js';
import { SaveCsv } from './SaveCsv.js';

/** A chart file is drawn at this width, whatever the screen. */
const FILE_WIDTH = 720;

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

  const saveSvg = async () => {
    const { chartSvg } = await import('../../../charts/engine.js');
    saveFile(`quanlian-${name}.svg`, chartSvg(draw(readPalette(document.body)), FILE_WIDTH, height), 'image/svg+xml');
  };

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
            <SaveCsv name={name} state={state} prefix={prefix} />
            <button
              type="button"
              className="text-button"
              aria-label={t('facets:saveSvg', { title })}
              onClick={() => void saveSvg()}
            >
              SVG
            </button>
          </div>
          {asTable ? null : <ChartView draw={draw} onPick={onPick} height={height} />}
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
