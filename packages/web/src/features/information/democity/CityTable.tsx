import { type ReactNode, useId } from 'react';
import { ScrollFrame } from '../../../app/ScrollFrame.js';

interface Column<Item> {
  title: string;
  /** Amounts stand at the right, so that their digits align. */
  amount?: boolean;
  cell: (item: Item) => ReactNode;
}

interface Props<Item> {
  title: string;
  note?: ReactNode;
  items: readonly Item[];
  columns: readonly Column<Item>[];
}

/** A list of one kind of thing in the city; the first column names the row. */
export function CityTable<Item extends { id: string }>({ title, note, items, columns }: Props<Item>) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note === undefined ? null : <div className="note">{note}</div>}
      <ScrollFrame label={title}>
        <table className="city-table">
          <thead>
            <tr>
              {columns.map(({ title: column, amount }) => (
                <th key={column} scope="col" className={amount ? 'amount' : undefined}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.id}>
                {columns.map(({ title: column, amount, cell }) => (
                  <td key={column} className={amount ? 'amount' : undefined}>
                    {cell(item)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
