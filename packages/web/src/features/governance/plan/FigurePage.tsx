import type { FigureRecords } from '@quanlian/contract';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { formatNumber } from '../../../app/format.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { Answered } from '../../work/parts/Answered.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { GovernanceNav } from '../GovernanceNav.js';
import { useDashboard, useFigure, usePlan } from './queries.js';

type PlanRecord = FigureRecords['records'][number];

/** A link to whatever a figure counted. */
export function RecordLink({ plan, record }: { plan: string; record: Omit<PlanRecord, 'organizationId'> }) {
  const { kind, id, label } = record;
  if (kind === 'task')
    return (
      <Link to="/cases/$id" params={{ id }}>
        {label}
      </Link>
    );
  if (kind === 'indicator')
    return (
      <Link to="/governance/plans/$id/indicators/$indicator" params={{ id: plan, indicator: id }}>
        {label}
      </Link>
    );
  if (kind === 'value')
    return (
      <Link to="/governance/values/$id" params={{ id }}>
        {label}
      </Link>
    );
  return (
    <Link to="/governance/plans/$id" params={{ id: plan }}>
      {label}
    </Link>
  );
}

/** The records a figure counts: as many as the figure says. */
export function FigurePage() {
  const { t, tag } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  const { id, key } = useParams({ from: '/governance/plans/$id/figures/$key' });
  const { year } = useSearch({ from: '/governance/plans/$id/figures/$key' });
  const records = useFigure(id, key, year);
  const figure = useDashboard(id, year).data?.figures.find((one) => one.key === key);
  const title = figure === undefined ? key : words(figure.title);
  const measures = usePlan(id).data?.measures ?? [];
  const labelOf = ({ kind, id: record, label }: PlanRecord) => {
    const named = kind === 'measure' ? measures.find((one) => one.id === record)?.title : undefined;
    return named === undefined ? label : words(named);
  };
  usePageTitle(title);
  return (
    <>
      <GovernanceNav />
      <h1>{title}</h1>
      <p>
        <Link to="/governance/plans/$id/dashboard" params={{ id }} search={year === undefined ? {} : { year }}>
          {t('governance:dashboard.title')}
        </Link>
      </p>
      <Answered query={records}>
        {({ records: rows }) => (
          <>
            <p className="figures">{t('governance:recordCount', { shown: formatNumber(rows.length, tag) })}</p>
            <RecordTable
              caption={title}
              rows={rows}
              keyOf={({ kind, id: record, organizationId }) => `${kind} ${record} ${organizationId}`}
              file={`figure-${key}`}
              columns={[
                {
                  name: 'label',
                  title: t('governance:record'),
                  show: (record) => <RecordLink plan={id} record={{ ...record, label: labelOf(record) }} />,
                  text: labelOf,
                },
                {
                  name: 'organization',
                  title: t('identity:organization'),
                  show: ({ organizationId }) => nameOf(organizationId),
                  text: ({ organizationId }) => nameOf(organizationId),
                },
              ]}
            />
          </>
        )}
      </Answered>
    </>
  );
}
