import type { PlanDashboard } from '@quanlian/contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { apiUrl } from '../../../app/api/client.js';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import type { Palette } from '../../../charts/palette.js';
import { stacksOption } from '../../../charts/stacks.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { numberOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import { TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { Colour } from './Colour.js';
import { useDashboard } from './queries.js';

const COLOURS = ['green', 'amber', 'red', 'grey'] as const;
/** Places in the palette of areas that come nearest to the colours' names; the legend names them besides. */
const PLACES = { green: 1, amber: 2, red: 4, grey: 7 } as const;
const MARKS = { green: 2, amber: 3, red: 5, grey: 8 } as const;

interface ViewProps {
  id: string;
  dashboard: PlanDashboard;
}

function Figures({ id, dashboard }: ViewProps) {
  const { tag } = useLanguage();
  const words = useWords();
  return (
    <dl className="totals">
      {dashboard.figures.map(({ key, title, value }) => (
        <div key={key}>
          <dt>{words(title)}</dt>
          <dd className="figures">
            <Link to="/governance/plans/$id/figures/$key" params={{ id, key }} search={{ year: dashboard.year }}>
              {formatNumber(value, tag)}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Units({ id, dashboard }: ViewProps) {
  const { t, tag } = useLanguage();
  const told = useChartWords();
  const navigate = useNavigate();
  const nameOf = useOrganizationName();
  const { units } = dashboard;
  const draw = useCallback(
    (palette: Palette) =>
      stacksOption(
        units.map(({ organizationId }) => ({ value: organizationId, label: nameOf(organizationId) })),
        COLOURS.map((colour) => ({
          name: t(`governance:colour.${colour}`),
          amounts: units.map((unit) => unit[colour]),
          colour: palette.areas[PLACES[colour]] ?? palette.amount,
        })),
        { palette, format: (n) => formatNumber(n, tag) },
      ),
    [units, nameOf, t, tag],
  );
  const amount = (name: keyof (typeof units)[number] & string, title: string) => ({
    name,
    title,
    amount: true,
    show: (unit: (typeof units)[number]) => formatNumber(Number(unit[name]), tag),
    text: (unit: (typeof units)[number]) => unit[name],
  });
  return (
    <ChartRecords
      title={t('governance:dashboard.units')}
      told={told(
        t('governance:dashboard.units'),
        units.flatMap((unit) =>
          COLOURS.map((colour) => ({
            label: `${nameOf(unit.organizationId)} ${t(`governance:colour.${colour}`)}`,
            amount: unit[colour],
          })),
        ),
      )}
      draw={draw}
      height={220}
      onPick={(organization) => void navigate({ to: '/cases', search: { organization } })}
      legend={COLOURS.map((colour) => ({
        name: t(`governance:colour.${colour}`),
        mark: `legend-mark--${MARKS[colour]}`,
      }))}
      rows={units}
      keyOf={({ organizationId }) => organizationId}
      file={`plan-units-${id.slice(0, 8)}`}
      columns={[
        {
          name: 'organization',
          title: t('identity:organization'),
          show: ({ organizationId }) => (
            <Link to="/cases" search={{ organization: organizationId }}>
              {nameOf(organizationId)}
            </Link>
          ),
          text: ({ organizationId }) => nameOf(organizationId),
        },
        ...COLOURS.map((colour) => amount(colour, t(`governance:colour.${colour}`))),
        amount('tasksOpen', t('governance:dashboard.tasksOpen')),
        amount('tasksOverdue', t('governance:dashboard.tasksOverdue')),
        amount('tasksClosed', t('governance:dashboard.tasksClosed')),
      ]}
    />
  );
}

function Standings({ id, dashboard }: ViewProps) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  const shown = (value: number | null) => (value === null ? '–' : formatNumber(value, tag));
  const figure = (name: 'baseline' | 'expected' | 'target') => ({
    name,
    title: t(`governance:standing.${name}`),
    amount: true,
    show: (one: PlanDashboard['standings'][number]) => shown(one[name]),
    text: (one: PlanDashboard['standings'][number]) => one[name] ?? '',
  });
  return (
    <RecordTable
      caption={t('governance:dashboard.standings')}
      rows={dashboard.standings}
      keyOf={({ indicatorId, organizationId }) => `${indicatorId} ${organizationId}`}
      file="plan-indicators"
      columns={[
        {
          name: 'indicator',
          title: t('governance:indicator.one'),
          show: ({ indicatorId, organizationId, code, title }) => (
            <Link
              to="/governance/plans/$id/indicators/$indicator"
              params={{ id, indicator: indicatorId }}
              search={{ organization: organizationId }}
            >
              {code} {words(title)}
            </Link>
          ),
          text: ({ code, title }) => `${code} ${words(title)}`,
        },
        {
          name: 'unit',
          title: t('identity:organization'),
          show: ({ organizationId }) => nameOf(organizationId),
          text: ({ organizationId }) => nameOf(organizationId),
        },
        {
          name: 'colour',
          title: t('work:case.state'),
          show: ({ colour }) => <Colour colour={colour} />,
          text: ({ colour }) => t(`governance:colour.${colour}`),
        },
        {
          name: 'value',
          title: t('governance:standing.value'),
          amount: true,
          show: ({ value, valueId, unit, olderDefinition }) =>
            valueId === null ? (
              '–'
            ) : (
              <>
                <Link to="/governance/values/$id" params={{ id: valueId }}>
                  {shown(value)} {words(unit)}
                </Link>
                {olderDefinition ? ` (${t('governance:standing.older')})` : ''}
              </>
            ),
          text: ({ value }) => value ?? '',
        },
        figure('expected'),
        figure('target'),
        figure('baseline'),
        {
          name: 'rule',
          title: t('work:rule.one'),
          show: ({ rule }) =>
            rule === null ? (
              '–'
            ) : (
              <Link to="/rules/$id" params={{ id: rule.ruleId }}>
                {t('work:rule.versionOf', { version: rule.version })}
              </Link>
            ),
        },
      ]}
    />
  );
}

function Exports({ id, dashboard }: ViewProps) {
  const { t, language } = useLanguage();
  return (
    <ul>
      {(['indicators', 'tasks', 'measures'] as const).map((table) => (
        <li key={table}>
          {t(`governance:exportTable.${table}`)}{' '}
          {(['xlsx', 'csv'] as const).map((format) => (
            <span key={format}>
              <a href={apiUrl(`/plans/${id}/export`, { year: dashboard.year, table, format, language })} download>
                {format.toUpperCase()}
              </a>{' '}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** The figures of a plan in a year; each opens into the records it counts. */
export function DashboardPage() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { id } = useParams({ from: '/governance/plans/$id/dashboard' });
  const { year } = useSearch({ from: '/governance/plans/$id/dashboard' });
  const dashboard = useDashboard(id, year);
  usePageTitle(t('governance:dashboard.title'));
  return (
    <>
      <GovernanceNav />
      <h1>{t('governance:dashboard.title')}</h1>
      <p>
        <Link to="/governance/plans/$id" params={{ id }}>
          {t('governance:plan.back')}
        </Link>
      </p>
      <form
        key={year}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = numberOrNone(new FormData(event.currentTarget), 'year');
          void navigate({
            to: '/governance/plans/$id/dashboard',
            params: { id },
            search: asked === undefined ? {} : { year: asked },
          });
        }}
      >
        <TextField
          name="year"
          type="number"
          min={1980}
          max={2100}
          label={t('governance:plan.year')}
          value={year ?? dashboard.data?.year ?? ''}
        />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      <Answered query={dashboard}>
        {(data) => (
          <>
            <p className="note">{t('governance:dashboard.of', { year: data.year, day: data.date })}</p>
            <Figures id={id} dashboard={data} />
            <Section title={t('governance:dashboard.standings')}>
              <Standings id={id} dashboard={data} />
            </Section>
            <Section title={t('governance:dashboard.units')}>
              <Units id={id} dashboard={data} />
            </Section>
            <Section title={t('governance:dashboard.exports')}>
              <Exports id={id} dashboard={data} />
            </Section>
          </>
        )}
      </Answered>
    </>
  );
}
