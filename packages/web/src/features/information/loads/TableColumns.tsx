import { useQuery } from '@tanstack/react-query';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Draft, guessSplit, type TablePreview, takesSeveral } from './mapping.js';
import { fetchMappings } from './upload.js';

interface Props {
  preview: TablePreview;
  draft: Draft;
  change: (draft: Draft) => void;
}

/** The columns of a table with their first cells, and what each means; a field belongs to one column. */
export function TableColumns({ preview, draft, change }: Props) {
  const { t } = useLanguage();
  const { data } = useQuery({ queryKey: ['mappings'], queryFn: ({ signal }) => fetchMappings(signal) });
  const cellsOf = (place: number) => preview.rows.map((row) => row[place] ?? '').filter((cell) => cell !== '');
  const mean = (column: string, field: string, cells: readonly string[]) => {
    const others = Object.entries(draft.columns).filter(([name, one]) => name !== column && one.field !== field);
    const own = field === '' ? [] : [[column, { field, split: takesSeveral(field) ? guessSplit(cells) : '' }] as const];
    change({ ...draft, columns: Object.fromEntries([...others, ...own]) });
  };
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('loads:table.column')}</th>
            <th scope="col">{t('loads:table.cells')}</th>
            <th scope="col">{t('loads:table.meaning')}</th>
            <th scope="col">{t('loads:table.split')}</th>
          </tr>
        </thead>
        <tbody>
          {withKeys(preview.columns, (column) => column).map(({ key, item: column }, place) => {
            const meaning = draft.columns[column];
            const cells = cellsOf(place);
            return (
              <tr key={key}>
                <th scope="row">{column}</th>
                <td className="table-load__cells">{cells.slice(0, 2).join(' · ')}</td>
                <td>
                  <select
                    aria-label={t('loads:table.meaningOf', { column })}
                    value={meaning?.field ?? ''}
                    onChange={({ target }) => mean(column, target.value, cells)}
                  >
                    <option value="">{t('loads:table.extra')}</option>
                    {(data?.fields ?? []).map((field) => (
                      <option key={field} value={field}>
                        {t(`loads:table.field.${field}` as 'loads:table.field.title')}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  {meaning && takesSeveral(meaning.field) ? (
                    <input
                      size={3}
                      aria-label={t('loads:table.splitOf', { column })}
                      value={meaning.split}
                      onChange={({ target }) =>
                        change({
                          ...draft,
                          columns: { ...draft.columns, [column]: { ...meaning, split: target.value } },
                        })
                      }
                    />
                  ) : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
