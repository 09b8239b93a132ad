import { useQuery } from '@tanstack/react-query';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { type Draft, guessSplit, type TablePreview, takesSeveral } from './mapping.js';
import { fetchMappings } from './upload.js';

/** A column of the table: its name, made unique, and its place. */
interface Named {
  readonly key: string;
  readonly item: string;
  readonly place: number;
}

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
  const columns: Column<Named>[] = [
    { name: 'column', title: t('loads:table.column'), names: true, show: ({ item }) => item },
    {
      name: 'cells',
      title: t('loads:table.cells'),
      show: ({ place }) => <div className="table-load__cells">{cellsOf(place).slice(0, 2).join(' · ')}</div>,
    },
    {
      name: 'meaning',
      title: t('loads:table.meaning'),
      show: ({ item, place }) => (
        <select
          aria-label={t('loads:table.meaningOf', { column: item })}
          value={draft.columns[item]?.field ?? ''}
          onChange={({ target }) => mean(item, target.value, cellsOf(place))}
        >
          <option value="">{t('loads:table.extra')}</option>
          {(data?.fields ?? []).map((field) => (
            <option key={field} value={field}>
              {t(`loads:table.field.${field}` as 'loads:table.field.title')}
            </option>
          ))}
        </select>
      ),
    },
    {
      name: 'split',
      title: t('loads:table.split'),
      show: ({ item }) => <Split column={item} draft={draft} change={change} />,
    },
  ];
  return (
    <RecordTable
      caption={t('loads:table.column')}
      columns={columns}
      rows={withKeys(preview.columns, (column) => column).map((named, place) => ({ ...named, place }))}
      keyOf={({ key }) => key}
    />
  );
}

/** What parts the values of a cell; nothing for a field that takes one value. */
function Split({ column, draft, change }: Omit<Props, 'preview'> & { column: string }) {
  const { t } = useLanguage();
  const meaning = draft.columns[column];
  if (meaning === undefined || !takesSeveral(meaning.field)) return null;
  return (
    <input
      size={3}
      aria-label={t('loads:table.splitOf', { column })}
      value={meaning.split}
      onChange={({ target }) =>
        change({ ...draft, columns: { ...draft.columns, [column]: { ...meaning, split: target.value } } })
      }
    />
  );
}
