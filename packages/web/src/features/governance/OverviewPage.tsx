import { Link } from '@tanstack/react-router';
import { formatNumber, formatShare } from '../../app/format.js';
import { usePageTitle } from '../../app/usePageTitle.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { Answered } from '../work/parts/Answered.js';
import { Section } from '../work/parts/Section.js';
import { useCaseList } from '../work/queries.js';
import { GovernanceNav } from './GovernanceNav.js';
import { useCoverage } from './training/queries.js';

function TrainingFigures() {
  const { t, tag } = useLanguage();
  const coverage = useCoverage({});
  return (
    <Answered query={coverage}>
      {({ on, total: { roster, certified } }) => (
        <dl className="totals">
          <div>
            <dt>{t('governance:coverage.share')}</dt>
            <dd className="figures">
              <Link to="/governance/training">{formatShare(certified, roster, tag)}</Link>
            </dd>
          </div>
          <div>
            <dt>{t('governance:coverage.roster')}</dt>
            <dd className="figures">
              <Link to="/governance/training/people" search={{ on }}>
                {formatNumber(roster, tag)}
              </Link>
            </dd>
          </div>
          <div>
            <dt>{t('governance:coverage.missing')}</dt>
            <dd className="figures">
              <Link to="/governance/training/people" search={{ on, certified: 'false' }}>
                {formatNumber(roster - certified, tag)}
              </Link>
            </dd>
          </div>
        </dl>
      )}
    </Answered>
  );
}

function CaseFigures() {
  const { t, tag } = useLanguage();
  const open = useCaseList({ open: true, limit: 1 });
  const overdue = useCaseList({ overdue: true, limit: 1 });
  return (
    <dl className="totals">
      <div>
        <dt>{t('governance:casesOpen')}</dt>
        <dd className="figures">
          <Link to="/cases" search={{ open: 'true' }}>
            <Answered query={open}>{({ total }) => formatNumber(total, tag)}</Answered>
          </Link>
        </dd>
      </div>
      <div>
        <dt>{t('governance:casesOverdue')}</dt>
        <dd className="figures">
          <Link to="/cases" search={{ overdue: 'true' }}>
            <Answered query={overdue}>{({ total }) => formatNumber(total, tag)}</Answered>
          </Link>
        </dd>
      </div>
    </dl>
  );
}

/** Where governance stands; every figure opens into its records. */
export function OverviewPage() {
  const { t } = useLanguage();
  usePageTitle(t('common:chain.governance'));
  return (
    <>
      <GovernanceNav />
      <h1>{t('common:chain.governance')}</h1>
      <Section title={t('work:case.title')}>
        <CaseFigures />
      </Section>
      <Section title={t('governance:training.title')}>
        <TrainingFigures />
      </Section>
    </>
  );
}
