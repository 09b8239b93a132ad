import { formatNumber, formatShare } from '../../../app/format.js';
import type { Slice } from '../../../charts/option.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  caption: string;
  slices: readonly Slice[];
  total: number;
  onPick: (value: string) => void;
  /** While only screen readers see the table, the Tab key passes it by: its focus could not be seen. */
  hiddenFromTab: boolean;
}

/** The figures of a chart; a click on a value does what a click in the chart does. */
export function FacetTable({ caption, slices, total, onPick, hiddenFromTab }: Props) {
  const { t, tag } = useLanguage();
  return (
    <table>
      <caption className="seen-by-readers-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('facets:table.name')}</th>
          <th scope="col" className="amount">
            {t('facets:table.documents')}
          </th>
          <th scope="col" className="amount">
            {t('facets:table.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {slices.map(({ value, label, count }) => (
          <tr key={value}>
            <td>
              <button
                type="button"
                className="text-button"
                tabIndex={hiddenFromTab ? -1 : undefined}
                onClick={() => onPick(value)}
              >
                {label}
              </button>
            </td>
            <td className="amount">{formatNumber(count, tag)}</td>
            <td className="amount">{formatShare(count, total, tag)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
