import type { LegalEvent } from '@quanlian/contract';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** Newest first; what has no date comes last. */
const byDate = (a: LegalEvent, b: LegalEvent): number => (b.date ?? '').localeCompare(a.date ?? '');

function EventItem({ event }: { event: LegalEvent }) {
  const { t } = useLanguage();
  return (
    <li className="event">
      <span className="event__date figures">{event.date ?? t('common:dateUnknown')}</span>
      <span className="event__what">
        <span className="code">
          {event.office} {event.code}
        </span>{' '}
        {event.text}
        <span className="note event__notes">
          {event.effective === undefined ? null : `${t('document:event.effective', { date: event.effective })} `}
          {typeof event.st27 === 'string' ? `ST.27 ${event.st27}` : t('document:event.unmapped')}
        </span>
      </span>
    </li>
  );
}

/** What happened to the application and the right, as the sources tell it. */
export function EventSection({ events }: { events: readonly LegalEvent[] }) {
  const { t } = useLanguage();
  return (
    <section className="section" aria-labelledby="events">
      <h2 id="events">{t('document:section.events')}</h2>
      <p className="note">{t('document:event.note')}</p>
      {events.length === 0 ? <p className="quiet">{t('document:event.none')}</p> : null}
      <ol className="events plain-list">
        {events.toSorted(byDate).map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sources repeat events, and the list never changes order.
          <EventItem key={i} event={event} />
        ))}
      </ol>
    </section>
  );
}
