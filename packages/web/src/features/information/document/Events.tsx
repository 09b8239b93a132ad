import type { LegalEvent, MappedEvent } from '@quanlian/contract';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useLegalLife } from './register.queries.js';

/** Newest first; what has no date comes last. */
const byDate = (a: LegalEvent, b: LegalEvent): number => (b.date ?? '').localeCompare(a.date ?? '');

const keyOf = ({ office, code }: Pick<LegalEvent, 'office' | 'code'>): string => `${office} ${code.trim()}`;

/** Where the loaded list of codes names and classes an event. */
function ListedNote({ listed }: { listed: NonNullable<MappedEvent['listed']> }) {
  const { t } = useLanguage();
  const { edition, title, original, class: letter, classTitle } = listed;
  return (
    <span className="note event__notes">
      {t('document:event.listed', { edition, title })}
      {original === undefined ? '' : ` (${original})`}
      {letter === undefined ? '' : ` · ${t('document:event.class', { letter, title: classTitle ?? '' })}`}
    </span>
  );
}

function EventItem({ event, listed }: { event: LegalEvent; listed: MappedEvent['listed'] }) {
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
        {listed === undefined ? null : <ListedNote listed={listed} />}
      </span>
    </li>
  );
}

/** What happened to the application and the right, as the sources tell it. */
export function EventSection({ id, events }: { id: string; events: readonly LegalEvent[] }) {
  const { t } = useLanguage();
  const life = useLegalLife(id).data;
  const listed = new Map((life?.timeline.events ?? []).map((event) => [keyOf(event), event.listed]));
  return (
    <section className="section" aria-labelledby="events">
      <h2 id="events">{t('document:section.events')}</h2>
      <p className="note">{t('document:event.note')}</p>
      {events.length === 0 ? <p className="quiet">{t('document:event.none')}</p> : null}
      <ol className="events plain-list">
        {events.toSorted(byDate).map((event, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sources repeat events, and the list never changes order.
          <EventItem key={i} event={event} listed={listed.get(keyOf(event))} />
        ))}
      </ol>
    </section>
  );
}
