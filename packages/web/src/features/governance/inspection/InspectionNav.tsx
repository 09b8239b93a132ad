import { useLanguage } from '../../../i18n/useLanguage.js';
import { GovernanceNav, LocalNav } from '../GovernanceNav.js';

/** The pages of inspections. */
export function InspectionNav() {
  const { t } = useLanguage();
  return (
    <>
      <GovernanceNav />
      <LocalNav
        label={t('governance:inspection.title')}
        links={[
          { to: '/governance/inspection', title: t('governance:overview'), exact: true },
          { to: '/governance/inspection/findings', title: t('governance:finding.title') },
          { to: '/governance/inspection/inspections', title: t('governance:inspection.many') },
          { to: '/governance/inspection/plans', title: t('governance:inspection.plans') },
        ]}
      />
    </>
  );
}
