import type { Finding } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { paperUrl } from '../../work/case/papers.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';

/** Findings with their proof and the order each led to. */
export function FindingTable({ findings }: { findings: readonly Finding[] }) {
  const { t } = useLanguage();
  const words = useWords();
  const nameOf = useOrganizationName();
  return (
    <RecordTable
      caption={t('governance:finding.title')}
      rows={findings}
      keyOf={({ id }) => id}
      file="findings"
      columns={[
        {
          name: 'item',
          title: t('governance:finding.item'),
          show: ({ inspectionId, checklist, item, text, clause }) => (
            <>
              <Link to="/governance/inspection/inspections/$id" params={{ id: inspectionId }}>
                {checklist} {item}
              </Link>{' '}
              {words(text)} {clause === null ? null : <span className="note">{clause}</span>}
            </>
          ),
          text: ({ checklist, item, text }) => `${checklist} ${item} ${words(text)}`,
        },
        {
          name: 'organization',
          title: t('identity:organization'),
          show: ({ organizationId }) => nameOf(organizationId),
          text: ({ organizationId }) => nameOf(organizationId),
        },
        {
          name: 'severity',
          title: t('governance:finding.severity'),
          show: ({ severity }) => (
            <span className={severity === 'minor' ? 'tag' : 'tag tag--wrong'}>
              {t(`governance:severity.${severity}`)}
            </span>
          ),
          text: ({ severity }) => t(`governance:severity.${severity}`),
        },
        {
          name: 'description',
          title: t('governance:finding.one'),
          show: ({ description, papers, repeats }) => (
            <>
              {description}{' '}
              {papers.map((paper, place) => (
                <a key={paper} href={paperUrl(paper, true)} target="_blank" rel="noreferrer">
                  {t('governance:finding.proof', { number: place + 1 })}{' '}
                </a>
              ))}
              {repeats === null ? null : <span className="tag tag--notice">{t('governance:finding.again')}</span>}
            </>
          ),
          text: ({ description }) => description,
        },
        {
          name: 'found',
          title: t('governance:finding.foundOn'),
          show: ({ foundOn }) => foundOn,
          text: ({ foundOn }) => foundOn,
        },
        {
          name: 'state',
          title: t('work:case.state'),
          show: ({ state, orderId }) =>
            orderId === null ? (
              t(`governance:findingState.${state}`)
            ) : (
              <Link to="/cases/$id" params={{ id: orderId }}>
                {t(`governance:findingState.${state}`)}
              </Link>
            ),
          text: ({ state }) => t(`governance:findingState.${state}`),
        },
        { name: 'due', title: t('work:due'), show: ({ dueOn }) => dueOn ?? '–', text: ({ dueOn }) => dueOn ?? '' },
        {
          name: 'closed',
          title: t('governance:finding.closedOn'),
          show: ({ closedOn }) => closedOn ?? '–',
          text: ({ closedOn }) => closedOn ?? '',
        },
      ]}
    />
  );
}
