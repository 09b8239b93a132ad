import type { LegalAnswer, StatusSpan } from '@quanlian/contract';
import { useId, useState } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { FigureFiles, type Lines } from '../../../charts/FigureFiles.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type Column, RecordTable } from '../../work/parts/RecordTable.js';
import { LegalHolders } from './LegalHolders.js';
import { Reason } from './LegalReason.js';
import { LegalFees, LegalStates } from './LegalStates.js';
import { PublicationLinks } from './PublicationLinks.js';
import { useLegalLife } from './register.queries.js';
import { lifeSvg, placeOf, stretches } from './spans.js';
import './register.css';

/** Colours of the file, which knows no theme; on the page the style sheet has them. */
const FILE_COLOURS: Readonly<Record<StatusSpan['status'], string>> = {
  pending: '#8fb3c2',
  'in-force': '#1f6f78',
  lapsed: '#a0a9b3',
  withdrawn: '#a0a9b3',
  ended: '#a0a9b3',
  expired: '#6b7683',
  refused: '#b3402f',
  revoked: '#b3402f',
  unknown: '#dde2e6',
};

function Picture({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { spans } = answer.timeline;
  const today = placeOf(answer.on, spans);
  const told = spans.map(({ status, from }) => `${from} ${t(`register:status.${status}`)}`).join('; ');
  return (
    <div className="life" role="img" aria-label={t('register:picture', { spans: told })}>
      {stretches(spans, answer.on).map(({ status, from, left, width, ahead }) => (
        <span
          key={`${from} ${ahead}`}
          className={`life__span life__span--${status}${ahead ? ' life__span--ahead' : ''}`}
          style={{ left: `${left}%`, width: `${width}%` }}
          title={`${t(`register:status.${status}`)} ${from}`}
        />
      ))}
      {today === undefined ? null : <span className="life__today" style={{ left: `min(${today}%, 100% - 2px)` }} />}
    </div>
  );
}

/** The picture and its table as files. */
function SaveLife({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { timeline, id, on } = answer;
  const name = (status: StatusSpan['status']): string => t(`register:status.${status}`);
  const lines = (): Lines => {
    const head = [
      t('register:states.state'),
      t('register:from'),
      t('register:until'),
      t('register:statusName'),
      t('register:why'),
    ];
    const rows = (state: string, spans: readonly StatusSpan[]) =>
      spans.map(({ from, to, status, reasons }) => {
        const why = reasons.map(({ kind, event, law }) => {
          const code = event === undefined ? kind : `${timeline.events[event]?.office} ${timeline.events[event]?.code}`;
          return [code, law].filter(Boolean).join(', ');
        });
        return [state, from, to ?? '', name(status), why.join('; ')];
      });
    return [head, ...rows('', timeline.spans), ...timeline.states.flatMap(({ state, spans }) => rows(state, spans))];
  };
  const svg = () => lifeSvg(timeline.spans, on, { title: `${id} ${on}`, name }, (status) => FILE_COLOURS[status]);
  return (
    <span className="row note">
      {t('register:save')}
      <FigureFiles title={t('register:chain')} file={`legal-${id}`} lines={lines} svg={svg} />
    </span>
  );
}

/** The chain of spans, each with what it rests on. */
function Spans({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const columns: Column<StatusSpan>[] = [
    { name: 'from', title: t('register:from'), show: ({ from }) => <span className="figures">{from}</span> },
    { name: 'until', title: t('register:until'), show: ({ to }) => <span className="figures">{to ?? '–'}</span> },
    {
      name: 'status',
      title: t('register:statusName'),
      show: ({ status }) => (
        <>
          <span className={`life__dot life__span--${status}`} /> {t(`register:status.${status}`)}
        </>
      ),
    },
    {
      name: 'why',
      title: t('register:why'),
      show: ({ reasons }) =>
        reasons.map((reason, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: reasons stand in a fixed order.
          <div key={i}>
            <Reason reason={reason} answer={answer} />
          </div>
        )),
    },
  ];
  return (
    <RecordTable
      caption={t('register:chain')}
      columns={columns}
      rows={answer.timeline.spans}
      keyOf={({ from }) => from}
      cards
    />
  );
}

type Disclaimer = NonNullable<NonNullable<LegalAnswer['term']>['disclaimer']>;

const disclaimerWords = ({ state, ends }: Disclaimer): Disclaimer['state'] | 'dated' =>
  ends === null ? state : 'dated';

/** The end of the term, by which version of which rule, and what it leaves open. */
function Term({ answer }: { answer: LegalAnswer }) {
  const { t, tag } = useLanguage();
  const lang = tag.startsWith('zh') ? 'zh' : 'en';
  const { term, timeline, laws } = answer;
  const unmapped = timeline.events.filter(({ category }) => category === null).length;
  const law = term?.law ? (laws[term.law]?.[lang] ?? term.law) : undefined;
  return (
    <p className="note">
      {term === null
        ? t('register:noTerm')
        : t('register:termBy', {
            date: term.ends,
            rule: `${term.title[lang]} (${term.rule.id})`,
            version: term.rule.version,
            law: law === undefined ? '' : ` · ${law}`,
          })}{' '}
      {term !== null && term.adjustmentDays > 0 ? t('register:adjusted', { days: term.adjustmentDays }) : ''}{' '}
      {term?.disclaimer ? t(`register:disclaimer.${disclaimerWords(term.disclaimer)}`) : ''}{' '}
      {term?.extended ? t('register:extended') : ''} {term?.note?.[lang] ?? ''}{' '}
      {timeline.knownUntil === null ? '' : t('register:knownUntil', { date: timeline.knownUntil })}{' '}
      {unmapped === 0 ? '' : t('register:unmapped', { events: unmapped })}
    </p>
  );
}

function Life({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { status, on, timeline, twins } = answer;
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
          <SaveLife answer={answer} />
        </>
      )}
      <LegalStates answer={answer} />
      <LegalFees answer={answer} />
      <LegalHolders answer={answer} />
      <Term answer={answer} />
      {twins.length === 0 ? null : (
        <div className="row note">
          {t('register:twins')} <PublicationLinks ids={twins} />
        </div>
      )}
    </>
  );
}

const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/;

/** Where the application or right stands, since when, and why; on any day. */
export function LegalSection({ id }: { id: string }) {
  const { t } = useLanguage();
  const [on, setOn] = useState('');
  const field = useId();
  const { data, error, refetch } = useLegalLife(id, WHOLE_DAY.test(on) ? on : undefined);
  return (
    <section className="section" aria-labelledby="legal">
      <h2 id="legal">{t('document:section.legal')}</h2>
      <p className="note">{t('register:legalNote')}</p>
      <p className="row">
        <label htmlFor={field}>{t('register:askedOn')}</label>
        <input
          id={field}
          type="date"
          className="field"
          value={on === '' ? (data?.on ?? '') : on}
          onChange={({ target }) => setOn(target.value)}
        />
      </p>
      {error === null ? null : <ErrorNotice error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting /> : null}
      {data === undefined ? null : <Life answer={data} />}
    </section>
  );
}
