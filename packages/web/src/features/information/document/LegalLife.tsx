import type { LegalAnswer, MappedEvent, StatusReason } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { PublicationLinks } from './PublicationLinks.js';
import { useLegalLife } from './register.queries.js';
import { placeOf, stretches } from './spans.js';
import './register.css';

function Picture({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { spans, termEnds } = answer.timeline;
  const today = placeOf(answer.on, spans, answer.on, termEnds);
  return (
    <div className="life" aria-hidden="true">
      {stretches(spans, answer.on, termEnds).map(({ status, from, left, width }) => (
        <span
          key={from}
          className={`life__span life__span--${status}`}
          style={{ left: `${left}%`, width: `${width}%` }}
          title={`${t(`register:status.${status}`)} ${from}`}
        />
      ))}
      {today === undefined ? null : <span className="life__today" style={{ left: `${today}%` }} />}
    </div>
  );
}

function Reason({ reason, events }: { reason: StatusReason; events: readonly MappedEvent[] }) {
  const { t } = useLanguage();
  const event = reason.event === undefined ? undefined : events[reason.event];
  if (event) {
    const st27 = [reason.key, reason.detail].filter(Boolean).join(' ');
    return (
      <span>
        <span className="code">
          {event.office} {event.code}
        </span>{' '}
        {event.text ?? event.listed?.title}{' '}
        <span className="note">
          {st27 === '' ? t('register:category', { letter: reason.category ?? '–' }) : `ST.27 ${st27}`}
          {event.mappedBy === 'source'
            ? ''
            : event.mappedBy === 'list'
              ? ` · ${t('register:byList', { edition: event.listed?.edition ?? '' })}`
              : ` · ${t('register:certainty', { certainty: t(`register:sure.${event.certainty ?? 'low'}` as 'register:sure.low') })}`}
        </span>
      </span>
    );
  }
  if (reason.kind === 'publication' && reason.document !== undefined) {
    return (
      <Link className="code" to="/publications/$id" params={{ id: reason.document }}>
        {t('register:reason.publication', { id: reason.document })}
      </Link>
    );
  }
  if (reason.kind === 'term' && reason.rule) {
    return <span>{t('register:reason.term', { rule: reason.rule.id, version: reason.rule.version })}</span>;
  }
  return (
    <span>{reason.kind === 'age' ? t('register:reason.age', { date: reason.date }) : t('register:reason.filing')}</span>
  );
}

function Spans({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { spans, events } = answer.timeline;
  return (
    <div className="table-frame">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('register:from')}</th>
            <th scope="col">{t('register:until')}</th>
            <th scope="col">{t('register:statusName')}</th>
            <th scope="col">{t('register:why')}</th>
          </tr>
        </thead>
        <tbody>
          {spans.map(({ status, from, to, reasons }) => (
            <tr key={from}>
              <td className="figures">{from}</td>
              <td className="figures">{to ?? '–'}</td>
              <td>
                <span className={`life__dot life__span--${status}`} /> {t(`register:status.${status}`)}
              </td>
              <td>
                {reasons.map((reason, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: reasons stand in a fixed order.
                  <div key={i}>
                    <Reason reason={reason} events={events} />
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Life({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { status, on, timeline, twins } = answer;
  const unmapped = timeline.events.filter(({ category }) => category === null).length;
  return (
    <>
      <p>
        <strong>{t(`register:status.${status?.status ?? 'unknown'}`)}</strong>{' '}
        <span className="note">
          {status === null ? t('register:on', { date: on }) : t('register:since', { date: on, from: status.from })}
        </span>
      </p>
      {timeline.spans.length === 0 ? (
        <p className="quiet">{t('register:nothing')}</p>
      ) : (
        <>
          <Picture answer={answer} />
          <Spans answer={answer} />
        </>
      )}
      <p className="note">
        {timeline.termEnds === null ? t('register:noTerm') : t('register:termEnds', { date: timeline.termEnds })}{' '}
        {timeline.knownUntil === null ? '' : t('register:knownUntil', { date: timeline.knownUntil })}{' '}
        {unmapped === 0 ? '' : t('register:unmapped', { events: unmapped })}
      </p>
      {twins.length === 0 ? null : (
        <div className="row note">
          {t('register:twins')} <PublicationLinks ids={twins} />
        </div>
      )}
    </>
  );
}

/** Where the application or right stands, since when, and why. */
export function LegalSection({ id }: { id: string }) {
  const { t } = useLanguage();
  const { data, error, refetch } = useLegalLife(id);
  return (
    <section className="section" aria-labelledby="legal">
      <h2 id="legal">{t('document:section.legal')}</h2>
      <p className="note">{t('register:legalNote')}</p>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : <Life answer={data} />}
    </section>
  );
}
