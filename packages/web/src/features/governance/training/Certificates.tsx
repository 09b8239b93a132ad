import { Link } from '@tanstack/react-router';
import type { Params } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useWords } from '../../work/parts/useWords.js';
import { useCertificates } from './queries.js';

/** Certificates within reach, each leading to the page on which anybody can check it. */
export function Certificates({ filter, mayRevoke }: { filter: Params; mayRevoke: boolean }) {
  const { t } = useLanguage();
  const words = useWords();
  const certificates = useCertificates(filter);
  const revoke = (id: string, data: FormData) =>
    sendApi('POST', `/training/certificates/${id}/revoke`, { reason: textOf(data, 'reason') });
  return (
    <Answered query={certificates}>
      {({ certificates: rows }) => (
        <RecordTable
          caption={t('governance:certificate.many')}
          rows={rows}
          keyOf={({ id }) => id}
          file="certificates"
          columns={[
            {
              name: 'number',
              title: t('governance:certificate.number'),
              show: ({ number, code }) => (
                <Link to="/certificates/$code" params={{ code }}>
                  {number}
                </Link>
              ),
              text: ({ number }) => number,
            },
            {
              name: 'name',
              title: t('identity:name'),
              show: ({ name }) => name ?? '–',
              text: ({ name }) => name ?? '',
            },
            {
              name: 'course',
              title: t('governance:course.one'),
              show: ({ curriculum }) => words(curriculum),
              text: ({ curriculum }) => words(curriculum),
            },
            {
              name: 'issued',
              title: t('governance:certificate.issuedOn'),
              show: ({ issuedOn }) => issuedOn,
              text: ({ issuedOn }) => issuedOn,
            },
            {
              name: 'until',
              title: t('governance:certificate.until'),
              show: ({ validUntil }) => validUntil ?? '–',
              text: ({ validUntil }) => validUntil ?? '',
            },
            {
              name: 'revoked',
              title: t('governance:certificate.revokedOn'),
              show: ({ id, revokedOn }) => {
                if (revokedOn !== null) return revokedOn;
                if (!mayRevoke) return '–';
                return (
                  <Fold label={t('identity:revoke')}>
                    {(close) => (
                      <ActionForm quiet label={t('identity:revoke')} submit={(data) => revoke(id, data)} onDone={close}>
                        <TextField name="reason" label={t('identity:why')} required />
                      </ActionForm>
                    )}
                  </Fold>
                );
              },
              text: ({ revokedOn }) => revokedOn ?? '',
            },
          ]}
        />
      )}
    </Answered>
  );
}
