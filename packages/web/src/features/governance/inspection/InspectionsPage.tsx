import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { Answered } from '../../work/parts/Answered.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { Turning } from '../../work/parts/Turning.js';
import { useTold } from '../../work/parts/useWords.js';
import { InspectionNav } from './InspectionNav.js';
import { useInspections } from './queries.js';

const SIZE = 50;

/** Inspections within reach, newest first. */
export function InspectionsPage() {
  const { t } = useLanguage();
  const told = useTold();
  const nameOf = useOrganizationName();
  const [offset, setOffset] = useState(0);
  const inspections = useInspections({ limit: SIZE, offset });
  usePageTitle(t('governance:inspection.many'));
  return (
    <>
      <InspectionNav />
      <h1>{t('governance:inspection.many')}</h1>
      <Answered query={inspections}>
        {({ total, inspections: rows }) => (
          <>
            <Turning total={total} offset={offset} size={SIZE} onTurn={setOffset} />
            <RecordTable
              caption={t('governance:inspection.many')}
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                {
                  name: 'organization',
                  title: t('governance:inspection.of'),
                  show: ({ id, organizationId }) => (
                    <Link to="/governance/inspection/inspections/$id" params={{ id }}>
                      {nameOf(organizationId)}
                    </Link>
                  ),
                },
                { name: 'opened', title: t('work:case.opened'), show: ({ openedOn }) => openedOn },
                {
                  name: 'performed',
                  title: t('governance:inspection.performedOn'),
                  show: ({ performedOn }) => performedOn ?? '–',
                },
                {
                  name: 'state',
                  title: t('work:case.state'),
                  show: ({ state }) => told(`governance:inspectionState.${state}`, state),
                },
                {
                  name: 'case',
                  title: t('work:case.one'),
                  show: ({ id }) => (
                    <Link to="/cases/$id" params={{ id }}>
                      {t('governance:inspection.case')}
                    </Link>
                  ),
                },
              ]}
            />
          </>
        )}
      </Answered>
    </>
  );
}
