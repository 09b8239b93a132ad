import type { IndicatorValue, PlanPage } from '@quanlian/contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { courseOption } from '../../../charts/course.js';
import type { Palette } from '../../../charts/palette.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { useMay } from '../../identity/session.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { Colour } from './Colour.js';
import { Definitions } from './Definitions.js';
import { usePlan, useValues } from './queries.js';
import { ReportValue, SetBaseline, SetTarget } from './ValueForms.js';

type Indicator = PlanPage['indicators'][number];

interface CourseProps {
  indicator: Indicator;
  organization: string;
  values: readonly IndicatorValue[];
}

function Course({ indicator, organization, values }: CourseProps) {
  const { t, tag } = useLanguage();
  const told = useChartWords();
  const navigate = useNavigate();
  const counted = useMemo(() => values.filter(({ state }) => state !== 'returned' && state !== 'replaced'), [values]);
  const { targets } = indicator;
  const names = useMemo(
    () => ({ value: t('governance:standing.value'), target: t('governance:standing.target') }),
    [t],
  );
  const draw = useCallback(
    (palette: Palette) =>
      courseOption(
        counted.map(({ id, date, value, restated }) => ({ id, date, value: restated ?? value })),
        targets
          .filter((target) => target.organizationId === organization)
          .toSorted((a, b) => a.year - b.year)
          .map(({ year, value }) => ({ id: '', date: `${year}-12-31`, value })),
        names,
        { palette, format: (n) => formatNumber(n, tag) },
      ),
    [counted, targets, organization, names, tag],
  );
  const open = (id: string) => {
    if (id !== '') void navigate({ to: '/governance/values/$id', params: { id } });
  };
  return (
    <ChartRecords
      title={t('governance:indicator.course')}
      told={told(
        t('governance:indicator.course'),
        counted.flatMap(({ date, value, restated }) => {
          const amount = restated ?? value;
          return amount === null ? [] : [{ label: date, amount }];
        }),
      )}
      draw={draw}
      height={240}
      onPick={open}
      rows={values}
      keyOf={({ id }) => id}
      file={`indicator-${indicator.code}`}
      columns={[
        { name: 'date', title: t('governance:onDay'), show: ({ date }) => date, text: ({ date }) => date },
        {
          name: 'value',
          title: t('governance:standing.value'),
          amount: true,
          show: ({ id, value }) => (
            <Link to="/governance/values/$id" params={{ id }}>
              {value === null ? t('common:unknown') : formatNumber(value, tag)}
            </Link>
          ),
          text: ({ value }) => value ?? '',
        },
        {
          name: 'restated',
          title: t('governance:indicator.restated'),
          amount: true,
          show: ({ restated, restatedVersion }) =>
            restated === null
              ? '–'
              : `${formatNumber(restated, tag)} (${t('work:rule.versionOf', { version: restatedVersion ?? 0 })})`,
          text: ({ restated }) => restated ?? '',
        },
        {
          name: 'state',
          title: t('work:case.state'),
          show: ({ state }) => t(`governance:valueState.${state}`),
          text: ({ state }) => t(`governance:valueState.${state}`),
        },
        {
          name: 'colour',
          title: t('governance:colourName'),
          show: ({ colour }) => (colour === null ? '–' : <Colour colour={colour} />),
          text: ({ colour }) => (colour === null ? '' : t(`governance:colour.${colour}`)),
        },
        {
          name: 'sources',
          title: t('governance:lineage.title'),
          amount: true,
          show: ({ sources }) => formatNumber(sources, tag),
          text: ({ sources }) => sources,
        },
      ]}
    />
  );
}

/** Where a unit started and what it is to reach, year by year. */
function Aims({ indicator, organization, mayEdit }: Omit<CourseProps, 'values'> & { mayEdit: boolean }) {
  const { t, tag } = useLanguage();
  const baseline = indicator.baselines.find((one) => one.organizationId === organization);
  const targets = indicator.targets
    .filter((one) => one.organizationId === organization)
    .toSorted((a, b) => a.year - b.year);
  const shown = baseline === undefined ? '–' : `${formatNumber(baseline.value, tag)} (${baseline.date})`;
  return (
    <>
      <Facts facts={[[t('governance:standing.baseline'), shown]]} />
      <RecordTable
        caption={t('governance:value.targets')}
        rows={targets}
        keyOf={({ year }) => String(year)}
        nothing={t('governance:value.noTargets')}
        file={`targets-${indicator.code}`}
        columns={[
          { name: 'year', title: t('governance:plan.year'), show: ({ year }) => year, text: ({ year }) => year },
          {
            name: 'value',
            title: t('governance:standing.target'),
            amount: true,
            show: ({ value }) => formatNumber(value, tag),
            text: ({ value }) => value,
          },
        ]}
      />
      {mayEdit ? (
        <div className="row">
          <Fold label={t('governance:value.baseline')}>
            {(close) => <SetBaseline indicator={indicator.id} organization={organization} onDone={close} />}
          </Fold>
          <Fold label={t('governance:value.target')}>
            {(close) => <SetTarget indicator={indicator.id} organization={organization} onDone={close} />}
          </Fold>
        </div>
      ) : null}
    </>
  );
}

function IndicatorView({ page, indicator }: { page: PlanPage; indicator: Indicator }) {
  const { t } = useLanguage();
  const words = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const nameOf = useOrganizationName();
  const { organization: asked } = useSearch({ from: '/governance/plans/$id/indicators/$indicator' });
  const organization = asked ?? indicator.ownerId;
  const values = useValues(indicator.id, organization);
  const content = indicator.definition?.content;
  const title = `${indicator.code} ${content === undefined ? '' : words(content.title)}`;
  usePageTitle(title);
  const units = [...new Set([indicator.ownerId, ...page.units, ...indicator.targets.map((one) => one.organizationId)])];
  return (
    <>
      <h1>{title}</h1>
      <p>
        <Link to="/governance/plans/$id" params={{ id: page.plan.id }}>
          {words(page.plan.title)}
        </Link>
      </p>
      {content === undefined ? null : (
        <>
          <p className="prose">{words(content.text)}</p>
          <Facts
            facts={[
              [t('governance:indicator.owner'), nameOf(indicator.ownerId)],
              [t('governance:definition.unit'), words(content.unit)],
              [t('governance:definition.direction'), t(`governance:direction.${content.direction}`)],
              [t('governance:definition.source'), words(content.source)],
              [t('governance:definition.formula'), t(`governance:formula.${content.formula.kind}`)],
            ]}
          />
        </>
      )}
      <Section title={t('governance:indicator.course')}>
        <ChoiceField
          name="organization"
          label={t('identity:organization')}
          value={organization}
          onChange={(next) =>
            void navigate({
              to: '/governance/plans/$id/indicators/$indicator',
              params: { id: page.plan.id, indicator: indicator.id },
              search: { organization: next },
            })
          }
          choices={units.map((id) => ({ value: id, label: nameOf(id) }))}
        />
        <Answered query={values}>
          {({ values: rows }) => <Course indicator={indicator} organization={organization} values={rows} />}
        </Answered>
        {may('indicator.report') && content !== undefined ? (
          <Fold label={t('governance:value.report')}>
            {(close) => (
              <ReportValue
                indicator={indicator.id}
                organization={organization}
                stated={content.formula.kind === 'stated'}
                onDone={close}
              />
            )}
          </Fold>
        ) : null}
      </Section>
      <Section title={t('governance:value.aims')}>
        <Aims indicator={indicator} organization={organization} mayEdit={page.may.edit} />
      </Section>
      <Section title={t('governance:definition.title')}>
        <Definitions indicator={indicator} mayDefine={page.may.define} />
      </Section>
    </>
  );
}

/** One indicator: what it means, its course against its targets, what its values rest on. */
export function IndicatorPage() {
  const { t } = useLanguage();
  const { id, indicator: wanted } = useParams({ from: '/governance/plans/$id/indicators/$indicator' });
  return (
    <>
      <GovernanceNav />
      <Answered query={usePlan(id)}>
        {(page) => {
          const indicator = page.indicators.find((one) => one.id === wanted);
          return indicator === undefined ? (
            <p>{t('errors:plan.not_found')}</p>
          ) : (
            <IndicatorView key={wanted} page={page} indicator={indicator} />
          );
        }}
      </Answered>
    </>
  );
}
