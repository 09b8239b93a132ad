import { ChartView } from '../../../charts/ChartView.js';
import { chartFile } from '../../../charts/chartFile.js';
import type { ChartOption } from '../../../charts/option.js';
import type { Palette } from '../../../charts/palette.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from './RecordTable.js';

interface Props<Row> {
  title: string;
  /** The chart in words, for who cannot see it; the table has every figure. */
  told: string;
  /** Makes the option from the theme's colours; give it through `useCallback`. */
  draw: (palette: Palette) => ChartOption;
  height: number;
  /** Opens the records behind what was clicked. */
  onPick: (value: string) => void;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** Name of the files, without their endings. */
  file: string;
  /** Names the colours, where a chart has several. */
  legend?: readonly { readonly name: string; readonly mark: string }[];
}

/** A chart above the same figures as a table, with both as files. */
export function ChartRecords<Row>(props: Props<Row>) {
  const { title, told, draw, height, onPick, columns, rows, keyOf, file, legend } = props;
  const { t } = useLanguage();
  if (rows.length === 0) return <p className="quiet">{t('work:nothing')}</p>;
  return (
    <>
      {legend === undefined ? null : (
        <p className="row note">
          {legend.map(({ name, mark }) => (
            <span key={name}>
              <span className={`legend-mark ${mark}`} aria-hidden="true" /> {name}
            </span>
          ))}
        </p>
      )}
      <ChartView label={told} draw={draw} onPick={onPick} height={height} />
      <RecordTable
        caption={title}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        file={file}
        svg={() => chartFile(draw, height)}
      />
    </>
  );
}
