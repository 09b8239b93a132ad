import { useLanguage } from '../../../i18n/useLanguage.js';
import { GovernanceNav, LocalNav } from '../GovernanceNav.js';

/** The pages of the training. */
export function TrainingNav() {
  const { t } = useLanguage();
  return (
    <>
      <GovernanceNav />
      <LocalNav
        label={t('governance:training.title')}
        links={[
          { to: '/governance/training', title: t('governance:training.coverage'), exact: true },
          { to: '/governance/training/people', title: t('governance:training.people') },
          { to: '/governance/training/roster', title: t('governance:training.roster') },
          { to: '/governance/training/batches', title: t('governance:training.batches') },
          { to: '/governance/training/courses', title: t('governance:training.courses') },
          { to: '/governance/training/mine', title: t('governance:training.mine') },
          { to: '/certificates', title: t('governance:certificate.title') },
        ]}
      />
    </>
  );
}
