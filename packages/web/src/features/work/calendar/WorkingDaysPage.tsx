import { useNavigate, useSearch } from '@tanstack/react-router';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { numberOrNone } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { TextField } from '../parts/fields.js';
import { RecordTable } from '../parts/RecordTable.js';
import { Section } from '../parts/Section.js';
import { useWords } from '../parts/useWords.js';
import { useWorkingDays, type WorkingDay } from '../queries.js';
import { CountDeadline } from './CountDeadline.js';
import { type MonthOfDays, monthsOf } from './year.js';
import './calendar.css';

/** The first Monday of 2024, for the names of the days of a week. */
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

function Month({ year, month, weeks }: MonthOfDays & { year: number }) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const title = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, 1),
  );
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'narrow', timeZone: 'UTC' });
  const long = new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' });
  const told = ({ kind, name, provisional }: WorkingDay) =>
    [
      t(`desk:day.${kind}`),
      ...(name === null ? [] : [words(name)]),
      ...(provisional ? [t('desk:day.provisional')] : []),
    ].join(' · ');
  return (
    <table className="month">
      <caption>{title}</caption>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, place) => A_MONDAY + place * DAY_MS).map((day) => (
            <th key={day} scope="col" aria-label={long.format(day)}>
              {weekday.format(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== undefined)?.date}>
            {week.map((day, place) =>
              day === undefined ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is known by its place alone.
                <td key={place} />
              ) : (
                <td
                  key={day.date}
                  className={`month__${day.kind}${day.provisional ? ' month__provisional' : ''}`}
                  title={told(day)}
                >
                  {Number(day.date.slice(8))}
                  {day.kind === 'working' && !day.provisional ? null : (
                    <span className="seen-by-readers-only"> {told(day)}</span>
                  )}
                  {day.kind === 'make-up' ? <span aria-hidden="true">{t('desk:day.mark')}</span> : null}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether the days are final, none of them is, or those around the turn of the year are not yet. */
function Standing({ year, days }: { year: number; days: readonly WorkingDay[] }) {
  const { t } = useLanguage();
  const open = days.filter(({ provisional }) => provisional);
  if (open.length === 0) return <p className="notice">{t('desk:calendar.announced', { year })}</p>;
  return (
    <p className="notice notice--demo" role="status">
      {open.length === days.length
        ? t('desk:calendar.provisional', { year })
        : t('desk:calendar.partly', { from: open[0]?.date ?? '', until: open.at(-1)?.date ?? '' })}
    </p>
  );
}

function Year({ year, days }: { year: number; days: readonly WorkingDay[] }) {
  const { t } = useLanguage();
  const words = useWords();
  const special = days.filter(({ kind }) => kind === 'holiday' || kind === 'make-up');
  return (
    <>
      <Standing year={year} days={days} />
      <p className="row note">
        {(['weekend', 'holiday', 'make-up'] as const).map((kind) => (
          <span key={kind}>
            <span className={`month__key month__${kind}`} aria-hidden="true" /> {t(`desk:day.${kind}`)}
          </span>
        ))}
        <span>
          <span className="month__key month__provisional" aria-hidden="true" /> {t('desk:day.provisional')}
        </span>
      </p>
      <div className="months">
        {monthsOf(days).map((month) => (
          <Month key={month.month} year={year} {...month} />
        ))}
      </div>
      <Section title={t('desk:calendar.special')}>
        <RecordTable
          caption={t('desk:calendar.special')}
          rows={special}
          keyOf={({ date }) => date}
          nothing={t('desk:calendar.noSpecial')}
          file={`working-days-${year}`}
          columns={[
            { name: 'date', title: t('governance:onDay'), show: ({ date }) => date, text: ({ date }) => date },
            {
              name: 'kind',
              title: t('identity:org.kind'),
              show: ({ kind }) => t(`desk:day.${kind}`),
              text: ({ kind }) => t(`desk:day.${kind}`),
            },
            {
              name: 'name',
              title: t('identity:name'),
              show: ({ name }) => (name === null ? '–' : words(name)),
              text: ({ name }) => (name === null ? '' : words(name)),
            },
          ]}
        />
      </Section>
    </>
  );
}

/** Working days, holidays and make-up days of a year; a year that is not announced yet says so. */
export function WorkingDaysPage() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { year = new Date().getFullYear() } = useSearch({ from: '/working-days' });
  const days = useWorkingDays(year);
  usePageTitle(t('desk:calendar.title'));
  return (
    <>
      <h1>{t('desk:calendar.title')}</h1>
      <p className="prose">{t('desk:calendar.lead')}</p>
      <form
        key={year}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = numberOrNone(new FormData(event.currentTarget), 'year');
          void navigate({ to: '/working-days', search: asked === undefined ? {} : { year: asked } });
        }}
      >
        <TextField name="year" type="number" min={1980} max={2100} label={t('governance:plan.year')} value={year} />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      <Section title={t('desk:deadline.title')}>
        <CountDeadline />
      </Section>
      <Section title={String(year)}>
        <Answered query={days}>{({ days: rows }) => <Year year={year} days={rows} />}</Answered>
      </Section>
    </>
  );
}
