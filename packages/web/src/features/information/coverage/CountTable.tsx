import { type FacetName, UNKNOWN_VALUE } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { formatNumber } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

interface Props {
  title: string;
  counts: Record<string, number>;
  /** The words for a value, when it is a code. */
  nameOf?: (value: string) => string;
  /** The facet whose search each row leads to. */
  filter?: FacetName;
  newestFirst?: boolean;
  note?: string;
}

/** Counts by value, the largest first, each leading to its documents where there is a search for it. */
export function CountTable({ title, counts, nameOf, filter, newestFirst = false, note }: Props) {
  const { t, tag } = useLanguage();
  const id = useId();
  const rows = Object.entries(counts).sort((a, b) => (newestFirst ? b[0].localeCompare(a[0]) : b[1] - a[1]));
  const label = (value: string) => {
    if (value === UNKNOWN_VALUE || value === '') return t('common:unknown');
    return nameOf === undefined ? value : nameOf(value);
  };
  return (
    <section className="count-table" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note === undefined ? null : <p className="note">{note}</p>}
      {rows.length === 0 ? <p className="quiet">{t('coverage:nothing')}</p> : null}
      <ScrollFrame label={title} className="count-table__rows">
        <table>
          <tbody>
            {rows.map(([value, count]) => (
              <tr key={value}>
                <th scope="row">
                  {filter === undefined ? (
                    label(value)
                  ) : (
                    <Link to="/search" search={{ filter: [`${filter}:${value}`] }}>
                      {label(value)}
                    </Link>
                  )}
                </th>
                <td className="amount">{formatNumber(count, tag)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
