import { Link } from '@tanstack/react-router';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../parts/Answered.js';
import { Due } from '../parts/Due.js';
import { useWords } from '../parts/useWords.js';
import { useCaseBoard } from '../queries.js';
import { type CaseSearch, caseFilter } from './search.js';

/** The cases of one process in columns by state; each column leads to its whole list. */
export function Board({ search }: { search: CaseSearch }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const board = useCaseBoard(caseFilter(search));
  const { view: _, ...list } = search;
  if (search.process === undefined) return <p>{t('work:chooseProcess')}</p>;
  return (
    <Answered query={board}>
      {({ columns }) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        <section className="board" aria-label={t('work:view.board')} tabIndex={0}>
          {columns.map(({ state, title, total, cases }) => (
            <section key={state} className="board__column" aria-label={words(title)}>
              <h2>
                <Link to="/cases" search={{ ...list, state }}>
                  {words(title)}
                </Link>{' '}
                <span className="figures quiet">{formatNumber(total, tag)}</span>
              </h2>
              <ul className="plain-list">
                {cases.map((one) => (
                  <li key={one.id} className="board__card">
                    <Link to="/cases/$id" params={{ id: one.id }}>
                      {one.title}
                    </Link>
                    <div className="note">
                      <Due due={one.nextDue} overdue={one.overdue} />
                    </div>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </section>
      )}
    </Answered>
  );
}
