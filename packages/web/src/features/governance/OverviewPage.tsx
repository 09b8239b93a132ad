import { Link } from '@tanstack/react-router';
import { formatNumber, formatShare } from '../../app/format.js';
import { usePageTitle } from '../../app/usePageTitle.js';
import { useLanguage } from '../../i18n/useLanguage.js';
import { Answered } from '../work/parts/Answered.js';
import { Section } from '../work/parts/Section.js';
import { useWords } from '../work/parts/useWords.js';
import { useCaseList } from '../work/queries.js';
import { GovernanceNav } from './GovernanceNav.js';
import { useInspectionOverview } from './inspection/queries.js';
import { useDashboard, usePlans } from './plan/queries.js';
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

function PlanFigures() {
  const { t, tag } = useLanguage();
  const words = useWords();
  const plans = usePlans();
  return (
    <Answered query={plans}>
      {({ plans: rows }) => {
        const inForce = rows.filter(({ state }) => state === 'adopted');
        return inForce.length === 0 ? (
          <p className="quiet">{t('governance:plan.noneInForce')}</p>
        ) : (
          <ul>
            {inForce.map(({ id, title, fromYear, toYear }) => (
              <li key={id}>
                <Link to="/governance/plans/$id/dashboard" params={{ id }}>
                  {words(title)}
                </Link>{' '}
                <span className="note">
                  {fromYear}–{toYear}
                </span>{' '}
                <Late id={id} tag={tag} />
              </li>
            ))}
          </ul>
        );
      }}
    </Answered>
  );
}

const SHOWN_FIGURES = ['indicatorsRed', 'tasksOverdue', 'tasksClosed'] as const;

/** The figures of a plan that ask for something to be done, each with its records. */
function Late({ id, tag }: { id: string; tag: string }) {
  const words = useWords();
  const dashboard = useDashboard(id, undefined).data;
  const figures = (dashboard?.figures ?? []).filter(({ key }) => SHOWN_FIGURES.some((one) => one === key));
  return (
    <span className="row">
      {figures.map(({ key, title, value }) => (
        <Link
          key={key}
          to="/governance/plans/$id/figures/$key"
          params={{ id, key }}
          search={dashboard === undefined ? {} : { year: dashboard.year }}
        >
          {words(title)} {formatNumber(value, tag)}
        </Link>
      ))}
    </span>
  );
}

function InspectionFigures() {
  const { t, tag } = useLanguage();
  const overview = useInspectionOverview({});
  return (
    <Answered query={overview}>
      {({ on, findings }) => (
        <dl className="totals">
          {(['open', 'overdue'] as const).map((standing) => (
            <div key={standing}>
              <dt>{t(`governance:finding.${standing}`)}</dt>
              <dd className="figures">
                <Link to="/governance/inspection/findings" search={{ standing, on }}>
                  {formatNumber(findings[standing], tag)}
                </Link>
              </dd>
            </div>
          ))}
          <div>
            <dt>{t('governance:finding.closedShare')}</dt>
            <dd className="figures">
              <Link to="/governance/inspection">{formatShare(findings.closed, findings.found, tag)}</Link>
            </dd>
          </div>
        </dl>
      )}
    </Answered>
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
      <Section title={t('governance:plan.title')}>
        <PlanFigures />
      </Section>
      <Section title={t('governance:training.title')}>
        <TrainingFigures />
      </Section>
      <Section title={t('governance:inspection.title')}>
        <InspectionFigures />
      </Section>
    </>
  );
}
