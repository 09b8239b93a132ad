import type { AuditEntry } from '@quanlian/contract';
import { useState } from 'react';
import { formatNumber, formatTime } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { textOrNone } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { Facts } from '../parts/Facts.js';
import { ChoiceField, TextField } from '../parts/fields.js';
import { RecordTable } from '../parts/RecordTable.js';
import { Section } from '../parts/Section.js';
import { Turning } from '../parts/Turning.js';
import { useWords } from '../parts/useWords.js';
import { useAuditCheck, useAuditEntries } from '../queries.js';
import { Erasures } from './Erasures.js';

const SIZE = 50;

function Verification() {
  const { t, tag } = useLanguage();
  const [asked, setAsked] = useState(false);
  const check = useAuditCheck(asked);
  const again = () => (asked ? void check.refetch() : setAsked(true));
  return (
    <>
      <p className="prose">{t('work:audit.checkText')}</p>
      <button type="button" className="button" disabled={check.isFetching} onClick={again}>
        {t('work:audit.check')}
      </button>
      {asked ? (
        <Answered query={check}>
          {({ ok, chains, entries, erased, sealedDays, lastSeal, problems }) => (
            <>
              <p className={ok ? 'notice' : 'notice notice--wrong'} role="status">
                <strong>{ok ? t('work:audit.whole') : t('work:audit.broken')}</strong>
              </p>
              <Facts
                facts={[
                  [t('work:audit.chains'), formatNumber(chains, tag)],
                  [t('work:audit.entries'), formatNumber(entries, tag)],
                  [t('work:audit.erased'), formatNumber(erased, tag)],
                  [t('work:audit.sealedDays'), formatNumber(sealedDays, tag)],
                  [
                    t('work:audit.lastSeal'),
                    lastSeal === null ? (
                      '–'
                    ) : (
                      <span key="seal" className="hash">{`${lastSeal.day} ${lastSeal.root}`}</span>
                    ),
                  ],
                ]}
              />
              {problems.length === 0 ? null : (
                <RecordTable
                  caption={t('work:audit.problems')}
                  rows={problems.map((problem, index) => ({ ...problem, index }))}
                  keyOf={({ index }) => String(index)}
                  file="audit-problems"
                  columns={[
                    {
                      name: 'code',
                      title: t('identity:org.code'),
                      show: ({ code }) => <code>{code}</code>,
                      text: ({ code }) => code,
                    },
                    {
                      name: 'message',
                      title: t('work:audit.problems'),
                      show: ({ message }) => <span lang="en">{message}</span>,
                      text: ({ message }) => message,
                    },
                    {
                      name: 'sequence',
                      title: t('work:audit.sequence'),
                      amount: true,
                      show: ({ sequence }) => sequence ?? '–',
                      text: ({ sequence }) => sequence ?? '',
                    },
                  ]}
                />
              )}
            </>
          )}
        </Answered>
      ) : null}
    </>
  );
}

const written = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value));

function Entries({ rows }: { rows: readonly AuditEntry[] }) {
  const { t, tag } = useLanguage();
  const nameOf = useOrganizationName();
  return (
    <RecordTable
      caption={t('work:audit.title')}
      rows={rows}
      keyOf={({ organizationId, sequence }) => `${organizationId} ${sequence}`}
      file="audit"
      columns={[
        {
          name: 'at',
          title: t('work:audit.at'),
          show: ({ at }) => formatTime(at, tag),
          text: ({ at }) => at,
        },
        {
          name: 'actor',
          title: t('work:audit.who'),
          show: ({ actor }) => actor.name ?? t('work:program'),
          text: ({ actor }) => actor.name ?? actor.kind,
        },
        {
          name: 'action',
          title: t('work:audit.what'),
          show: (one) => <code>{one.action}</code>,
          text: (one) => one.action,
        },
        {
          name: 'organization',
          title: t('identity:organization'),
          show: ({ organizationId }) => nameOf(organizationId),
          text: ({ organizationId }) => nameOf(organizationId),
        },
        {
          name: 'change',
          title: t('work:audit.change'),
          show: ({ before, after, hash, sequence }) => (
            <details>
              <summary>{t('work:audit.number', { number: sequence })}</summary>
              <p>
                {t('work:audit.before')} <code>{written(before) || '–'}</code>
              </p>
              <p>
                {t('work:audit.after')} <code>{written(after) || '–'}</code>
              </p>
              <p className="hash">{hash}</p>
            </details>
          ),
          text: ({ before, after }) => `${written(before)} → ${written(after)}`,
        },
        { name: 'why', title: t('identity:why'), show: ({ why }) => why ?? '', text: ({ why }) => why ?? '' },
      ]}
    />
  );
}

function Log() {
  const { t } = useLanguage();
  const words = useWords();
  const organizations = useOrganizations().data?.organizations ?? [];
  const [filter, setFilter] = useState<Record<string, string | undefined>>({});
  const [offset, setOffset] = useState(0);
  const entries = useAuditEntries({ ...filter, limit: SIZE, offset });
  return (
    <Section title={t('work:audit.log')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          setFilter({ organizationId: textOrNone(data, 'organization'), action: textOrNone(data, 'action') });
          setOffset(0);
        }}
      >
        <ChoiceField
          name="organization"
          label={t('identity:organization')}
          none={t('work:all')}
          choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
        />
        <TextField name="action" label={t('work:audit.what')} />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      <Answered query={entries}>
        {({ total, entries: rows }) => (
          <>
            <Turning total={total} offset={offset} size={SIZE} onTurn={setOffset} />
            <Entries rows={rows} />
          </>
        )}
      </Answered>
    </Section>
  );
}

/** Who did what, when and why, and whether the log is as it was written. */
export function AuditPage() {
  const { t } = useLanguage();
  const may = useMay();
  usePageTitle(t('work:audit.title'));
  return (
    <>
      <h1>{t('work:audit.title')}</h1>
      {may('audit.verify') ? (
        <Section title={t('work:audit.verification')}>
          <Verification />
        </Section>
      ) : null}
      {may('personal-data.erase') ? (
        <Section title={t('desk:erasure.title')}>
          <Erasures />
        </Section>
      ) : null}
      {may('audit.read') ? <Log /> : null}
    </>
  );
}
