import type { CaseCalendar } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../parts/Answered.js';
import { useWords } from '../parts/useWords.js';
import { useCaseCalendar } from '../queries.js';
import { monthOf, shiftMonth, weeksOf } from './month.js';
import { type CaseSearch, caseFilter } from './search.js';

/** Days of one week, to name the weekdays by: 1 January 2024 was a Monday. */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7].map((day) => `2024-01-0${day}`);

type Entries = CaseCalendar['days'][number]['entries'];

function DayCell({ day, entries }: { day: string; entries: Entries }) {
  const { t } = useLanguage();
  const words = useWords();
  return (
    <td className={entries.length > 0 ? 'month__day month__day--busy' : 'month__day'}>
      <time dateTime={day} className="note figures">
        <span className="month__full">{day}</span>
        <span className="month__short" aria-hidden="true">
          {Number(day.slice(-2))}
        </span>
      </time>
      <ul className="plain-list">
        {entries.map(({ caseId, title, clock, clockTitle, status, provisional }) => (
          <li key={`${caseId} ${clock}`}>
            <Link to="/cases/$id" params={{ id: caseId }}>
              {title}
            </Link>{' '}
            <span className="note">
              {words(clockTitle)} · {t(`work:clock.${status}`)}
              {provisional ? ` · ${t('work:provisional')}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </td>
  );
}

/** The last days of deadlines in a month. */
export function Calendar({ search, onChange }: { search: CaseSearch; onChange: (search: CaseSearch) => void }) {
  const { t, tag } = useLanguage();
  const month = search.month ?? monthOf(new Date());
  const weeks = weeksOf(month);
  const days = weeks.flat().filter((day) => day !== null);
  const calendar = useCaseCalendar({ ...caseFilter(search), from: days[0] ?? '', to: days.at(-1) ?? '' });
  const turn = (by: number) => onChange({ ...search, month: shiftMonth(month, by) });
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' });
  return (
    <>
      <p className="row">
        <button type="button" className="button button--small" onClick={() => turn(-1)}>
          {t('work:before')}
        </button>
        <strong className="figures">{month}</strong>
        <button type="button" className="button button--small" onClick={() => turn(1)}>
          {t('work:after')}
        </button>
      </p>
      <Answered query={calendar}>
        {({ days: filled, complete }) => {
          const byDay = new Map(filled.map(({ date, entries }) => [date, entries]));
          return (
            <>
              {complete ? null : <p className="notice">{t('work:calendarIncomplete')}</p>}
              <table className="month">
                <caption className="seen-by-readers-only">{`${t('work:view.calendar')} ${month}`}</caption>
                <thead>
                  <tr>
                    {WEEKDAYS.map((day) => (
                      <th key={day} scope="col">
                        {weekday.format(new Date(day))}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {weeks.map((week) => (
                    <tr key={week.find((day) => day !== null)}>
                      {week.map((day, index) =>
                        day === null ? (
                          // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is known by its weekday alone.
                          <td key={index} className="month__none" />
                        ) : (
                          <DayCell key={day} day={day} entries={byDay.get(day) ?? []} />
                        ),
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          );
        }}
      </Answered>
    </>
  );
}
