import type { Coverage, CoverageCell } from '@quanlian/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatNumber, formatShare } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import type { Palette } from '../../../charts/palette.js';
import { SHARE_ROW, type Share, sharesOption } from '../../../charts/shares.js';
import { useChartWords } from '../../../charts/useChartWords.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizations } from '../../identity/queries.js';
import { textOrNone } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { ChartRecords } from '../../work/parts/ChartRecords.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { useTrainingNames } from './names.js';
import { useCoverage } from './queries.js';
import type { PeopleSearch } from './search.js';
import { TrainingNav } from './TrainingNav.js';

/** A chart with more bars than this is a table, not a picture. */
const DRAWN = 20;

function Total({ coverage }: { coverage: Coverage }) {
  const { t, tag } = useLanguage();
  const { roster, certified } = coverage.total;
  const people = (certifiedOnly?: 'true' | 'false'): PeopleSearch => ({
    on: coverage.on,
    ...(certifiedOnly === undefined ? {} : { certified: certifiedOnly }),
  });
  const facts = [
    ['roster', roster, people()],
    ['certified', certified, people('true')],
    ['missing', roster - certified, people('false')],
  ] as const;
  return (
    <dl className="totals">
      {facts.map(([name, value, search]) => (
        <div key={name}>
          <dt>{t(`governance:coverage.${name}`)}</dt>
          <dd className="figures">
            <Link to="/governance/training/people" search={search}>
              {formatNumber(value, tag)}
            </Link>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('governance:coverage.share')}</dt>
        <dd className="figures">{formatShare(certified, roster, tag)}</dd>
      </div>
    </dl>
  );
}

function useColumns(on: string) {
  const { t, tag } = useLanguage();
  const words = useWords();
  const { tierName } = useTrainingNames();
  const open = (cell: CoverageCell, certified?: 'true' | 'false'): PeopleSearch => ({
    on,
    organization: cell.organizationId,
    ...(cell.tier === null ? {} : { tier: cell.tier }),
    ...(certified === undefined ? {} : { certified }),
  });
  const tierOf = ({ tier }: CoverageCell) => (tier === null ? t('governance:coverage.allTiers') : tierName(tier));
  const figure = (cell: CoverageCell, value: number, certified?: 'true' | 'false') => (
    <Link to="/governance/training/people" search={open(cell, certified)}>
      {formatNumber(value, tag)}
    </Link>
  );
  return [
    {
      name: 'organization',
      title: t('identity:organization'),
      show: (cell: CoverageCell) => words(cell.organization),
      text: (cell: CoverageCell) => words(cell.organization),
    },
    { name: 'tier', title: t('governance:tierName'), show: tierOf, text: tierOf },
    {
      name: 'roster',
      title: t('governance:coverage.roster'),
      amount: true,
      show: (cell: CoverageCell) => figure(cell, cell.roster),
      text: (cell: CoverageCell) => cell.roster,
    },
    {
      name: 'certified',
      title: t('governance:coverage.certified'),
      amount: true,
      show: (cell: CoverageCell) => figure(cell, cell.certified, 'true'),
      text: (cell: CoverageCell) => cell.certified,
    },
    {
      name: 'missing',
      title: t('governance:coverage.missing'),
      amount: true,
      show: (cell: CoverageCell) => figure(cell, cell.roster - cell.certified, 'false'),
      text: (cell: CoverageCell) => cell.roster - cell.certified,
    },
    {
      name: 'share',
      title: t('governance:coverage.share'),
      amount: true,
      show: (cell: CoverageCell) => formatShare(cell.certified, cell.roster, tag),
      text: (cell: CoverageCell) => cell.share ?? '',
    },
  ];
}

function CoverageView({ coverage }: { coverage: Coverage }) {
  const { t, language, tag } = useLanguage();
  const told = useChartWords();
  const navigate = useNavigate();
  const columns = useColumns(coverage.on);
  const whole = useMemo(() => coverage.cells.filter(({ tier }) => tier === null), [coverage]);
  const byTier = coverage.cells.filter(({ tier }) => tier !== null);
  const shares = useMemo(
    () =>
      whole.slice(0, DRAWN).map(
        ({ organizationId, organization, certified, roster }): Share => ({
          value: organizationId,
          label: organization[language],
          part: certified,
          whole: roster,
        }),
      ),
    [whole, language],
  );
  const draw = useCallback(
    (palette: Palette) => sharesOption(shares, { palette, format: (n) => formatNumber(n, tag) }),
    [shares, tag],
  );
  const pick = (organization: string) =>
    void navigate({
      to: '/governance/training/people',
      search: { on: coverage.on, organization, certified: 'false' },
    });
  return (
    <>
      <Total coverage={coverage} />
      <Section title={t('governance:coverage.byOrganization')}>
        <ChartRecords
          title={t('governance:coverage.byOrganization')}
          told={told(
            t('governance:coverage.byOrganization'),
            shares.flatMap(({ label, part, whole }) => (whole === 0 ? [] : [{ label, amount: part / whole }])),
            (share) => formatShare(share, 1, tag),
          )}
          draw={draw}
          height={shares.length * SHARE_ROW}
          onPick={pick}
          columns={columns.filter(({ name }) => name !== 'tier')}
          rows={whole}
          keyOf={({ organizationId }) => organizationId}
          file="training-coverage"
        />
      </Section>
      <Section title={t('governance:coverage.byTier')}>
        <RecordTable
          caption={t('governance:coverage.byTier')}
          rows={byTier}
          keyOf={({ organizationId, tier }) => `${organizationId} ${tier}`}
          columns={columns}
          file="training-coverage-tiers"
        />
      </Section>
    </>
  );
}

/** How many of those who should be trained are, on any day, by organization and tier; every figure opens its people. */
export function CoveragePage() {
  const { t } = useLanguage();
  const words = useWords();
  const navigate = useNavigate();
  const { on, organization } = useSearch({ from: '/governance/training' });
  const coverage = useCoverage({ on, organizationId: organization });
  const organizations = useOrganizations().data?.organizations ?? [];
  usePageTitle(t('governance:training.coverage'));
  return (
    <>
      <TrainingNav />
      <h1>{t('governance:training.coverage')}</h1>
      <p className="prose">{t('governance:coverage.lead')}</p>
      <form
        key={`${on} ${organization}`}
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const day = textOrNone(data, 'on');
          const chosen = textOrNone(data, 'organization');
          void navigate({
            to: '/governance/training',
            search: {
              ...(day === undefined ? {} : { on: day }),
              ...(chosen === undefined ? {} : { organization: chosen }),
            },
          });
        }}
      >
        <TextField name="on" type="date" label={t('governance:onDay')} value={on ?? coverage.data?.on ?? ''} />
        <ChoiceField
          name="organization"
          label={t('identity:organization')}
          none={t('work:all')}
          value={organization}
          choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
        />
        <div className="row">
          <button type="submit" className="button">
            {t('work:apply')}
          </button>
        </div>
      </form>
      <Answered query={coverage}>{(data) => <CoverageView coverage={data} />}</Answered>
    </>
  );
}
