import type { Organization } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Answered } from '../../work/parts/Answered.js';
import { useTold, useWords } from '../../work/parts/useWords.js';
import { useOrganizations } from '../queries.js';
import '../../work/parts/forms.css';

/** Organizations by the one they stand under; those whose parent is out of reach stand on top. */
function childrenOf(organizations: readonly Organization[]): Map<string | null, Organization[]> {
  const known = new Set(organizations.map(({ id }) => id));
  const children = new Map<string | null, Organization[]>();
  for (const one of organizations) {
    const parent = one.parentId !== null && known.has(one.parentId) ? one.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), one]);
  }
  return children;
}

interface BranchProps {
  below: Map<string | null, Organization[]>;
  parent: string | null;
}

function Branch({ below, parent }: BranchProps) {
  const { t } = useLanguage();
  const words = useWords();
  const told = useTold();
  return (
    <ul className="tree">
      {(below.get(parent) ?? []).map(({ id, name, kind, closedAt, demo }) => (
        <li key={id}>
          <Link to="/organizations/$id" params={{ id }}>
            {words(name)}
          </Link>{' '}
          <span className="note">{told(`identity:kind.${kind}`, kind)}</span>{' '}
          {closedAt === null ? null : <span className="tag">{t('identity:org.closed')}</span>}{' '}
          {demo ? <span className="tag tag--demo">{t('common:demo')}</span> : null}
          {below.has(id) ? <Branch below={below} parent={id} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** The organizations within reach, as the tree they form. */
export function OrganizationsPage() {
  const { t } = useLanguage();
  const organizations = useOrganizations();
  usePageTitle(t('identity:org.title'));
  return (
    <>
      <h1>{t('identity:org.title')}</h1>
      <p className="prose">{t('identity:org.lead')}</p>
      <Answered query={organizations}>
        {(data) => <Branch below={childrenOf(data.organizations)} parent={null} />}
      </Answered>
    </>
  );
}
