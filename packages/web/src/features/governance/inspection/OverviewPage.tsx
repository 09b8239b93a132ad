import type { InspectionOverview } from '@quanlian/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { formatNumber, formatShare } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import type { Palette } from '../../../charts/palette.js';
import { stacksOption } from '../../../charts/stacks.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import { TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { InspectionNav } from './InspectionNav.js';
import { AGE_BANDS, SEVERITIES } from './lists.js';
import { useInspectionOverview } from './queries.js';

const MARKS = ['legend-mark--1', 'legend-mark--2', 'legend-mark--3'] as const;

function Totals({ overview: { on, findings } }: { overview: InspectionOverview }) {
  const { t, tag } = useLanguage();
  const titles = {
    found: t('governance:finding.found'),
    closed: t('governance:finding.closed'),
    open: t('governance:finding.open'),
    overdue: t('governance:finding.overdue'),
  };
  return (
    <dl className="totals">
      {(['found', 'closed', 'open', 'overdue'] as const).map((standing) => (
        <div key={standing}>
          <dt>{titles[standing]}</dt>
          <dd className="figures">
            <Link to="/governance/inspection/findings" search={{ standing, on }}>
              {formatNumber(findings[standing], tag)}
            </Link>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('governance:finding.closedShare')}</dt>
        <dd className="figures">{formatShare(findings.closed, findings.found, tag)}</dd>
      </div>
    </dl>
  );
}

function Ageing({ overview }: { overview: InspectionOverview }) {
  const { t, tag } = useLanguage();
  const told = useChartWords();
  const navigate = useNavigate();
  const { ageing, on } = overview;
  const draw = useCallback(
    (palette: Palette) =>
      stacksOption(
        AGE_BANDS.map((band) => ({ value: band, label: band })),
        SEVERITIES.map((severity) => ({
          name: t(`governance:severity.${severity}`),
          amounts: AGE_BANDS.map(
            (band) => ageing.find((cell) => cell.band === band && cell.severity === severity)?.open ?? 0,
          ),
        })),
        { palette, format: (n) => formatNumber(n, tag) },
      ),
    [ageing, t, tag],
  );
  return (
    <ChartRecords
      title={t('governance:finding.ageing')}
      told={told(
        t('governance:finding.ageing'),
        ageing.map(({ band, severity, open }) => ({
          label: `${band} ${t(`governance:severity.${severity}`)}`,
          amount: open,
        })),
      )}
      draw={draw}
      height={220}
      onPick={(band) => {
        const age = AGE_BANDS.find((one) => one === band);
        if (age !== undefined) void navigate({ to: '/governance/inspection/findings', search: { age, on } });
      }}
      legend={SEVERITIES.map((severity, place) => ({
        name: t(`governance:severity.${severity}`),
        mark: MARKS[place] ?? MARKS[0],
      }))}
      rows={ageing}
      keyOf={({ band, severity }) => `${band} ${severity}`}
      file="findings-ageing"
      columns={[
        { name: 'band', title: t('governance:finding.days'), show: ({ band }) => band, text: ({ band }) => band },
        {
          name: 'severity',
          title: t('governance:finding.severity'),
          show: ({ severity }) => t(`governance:severity.${severity}`),
          text: ({ severity }) => t(`governance:severity.${severity}`),
        },
        {
          name: 'open',
          title: t('governance:finding.open'),
          amount: true,
          show: ({ open, band, severity }) => (
            <Link to="/governance/inspection/findings" search={{ age: band, severity, on }}>
              {formatNumber(open, tag)}
            </Link>
          ),
          text: ({ open }) => open,
        },
      ]}
    />
  );
}

function Recurrence({ overview: { recurrence } }: { overview: InspectionOverview }) {
  const { t, tag } = useLanguage();
  const nameOf = useOrganizationName();
  return (
    <RecordTable
      caption={t('governance:finding.recurrence')}
      rows={recurrence.items}
      keyOf={({ organizationId, checklist, item }) => `${organizationId} ${checklist} ${item}`}
      file="findings-recurrence"
      columns={[
        {
          name: 'organization',
          title: t('identity:organization'),
          show: ({ organizationId }) => nameOf(organizationId),
          text: ({ organizationId }) => nameOf(organizationId),
        },
        {
          name: 'item',
          title: t('governance:finding.item'),
          show: ({ checklist, item, organizationId }) => (
            <Link to="/governance/inspection/findings" search={{ item, organization: organizationId }}>
              {checklist} {item}
            </Link>
          ),
          text: ({ checklist, item }) => `${checklist} ${item}`,
        },
        {
          name: 'times',
          title: t('governance:finding.times'),
          amount: true,
          show: ({ times }) => formatNumber(times, tag),
          text: ({ times }) => times,
        },
        { name: 'first', title: t('governance:finding.first'), show: ({ first }) => first, text: ({ first }) => first },
        { name: 'last', title: t('governance:finding.last'), show: ({ last }) => last, text: ({ last }) => last },
      ]}
    />
  );
}

/** Findings open and closed, how long they have been open, and what comes again. */
export function InspectionOverviewPage() {
  const { t, tag } = useLanguage();
  const [on, setOn] = useState('');
  const overview = useInspectionOverview({ on: on || undefined });
  usePageTitle(t('governance:inspection.title'));
  return (
    <>
      <InspectionNav />
      <h1>{t('governance:inspection.title')}</h1>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          setOn(textOf(new FormData(event.currentTarget), 'on'));
        }}
      >
        <TextField name="on" type="date" label={t('governance:onDay')} value={on} />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      <Answered query={overview}>
        {(data) => (
          <>
            <p className="note">{data.on}</p>
            <Totals overview={data} />
            <Section title={t('governance:finding.ageing')}>
              <Ageing overview={data} />
            </Section>
            <Section title={t('governance:finding.recurrence')}>
              <p>
                <Link to="/governance/inspection/findings" search={{ standing: 'repeated', on: data.on }}>
                  {t('governance:finding.repeats', {
                    count: data.recurrence.repeats,
                    repeats: formatNumber(data.recurrence.repeats, tag),
                    share: formatShare(data.recurrence.repeats, data.findings.found, tag),
                  })}
                </Link>
              </p>
              <Recurrence overview={data} />
            </Section>
          </>
        )}
      </Answered>
    </>
  );
}
