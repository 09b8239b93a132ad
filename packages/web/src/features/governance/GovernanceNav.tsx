import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../i18n/useLanguage.js';
import '../work/parts/forms.css';

interface Props {
  label: string;
  links: readonly { readonly to: string; readonly title: string; readonly exact?: boolean }[];
}

/** Pages that belong together, beside each other. */
export function LocalNav({ label, links }: Props) {
  return (
    <nav className="local-nav" aria-label={label}>
      <ul>
        {links.map(({ to, title, exact }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The parts of the link "governance". */
export function GovernanceNav() {
  const { t } = useLanguage();
  return (
    <LocalNav
      label={t('common:chain.governance')}
      links={[
        { to: '/governance', title: t('governance:overview'), exact: true },
        { to: '/governance/plans', title: t('governance:plan.title') },
        { to: '/governance/training', title: t('governance:training.title') },
        { to: '/governance/research', title: t('governance:research.title') },
        { to: '/governance/inspection', title: t('governance:inspection.title') },
      ]}
    />
  );
}
