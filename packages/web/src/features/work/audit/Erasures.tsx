import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber, formatTime } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMembers, useOrganizationName, useOrganizations } from '../../identity/queries.js';
import { ActionForm, textOf } from '../parts/ActionForm.js';
import { Answered } from '../parts/Answered.js';
import { Fold } from '../parts/Fold.js';
import { CheckField, ChoiceField, LongField } from '../parts/fields.js';
import { RecordTable } from '../parts/RecordTable.js';
import { useWords } from '../parts/useWords.js';
import { useErasures } from '../queries.js';

/** What an erasure took: values of the log, and rows by table. */
interface Erased {
  readonly erased: number;
  readonly tables: Readonly<Record<string, number>>;
}

function Erase({ onErased }: { onErased: (what: Erased) => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const organizations = useOrganizations().data?.organizations ?? [];
  const [chosen, setChosen] = useState<string>();
  const organization = chosen ?? organizations[0]?.id ?? '';
  const members = useMembers(organization).data?.members ?? [];
  const people = new Map(members.map(({ personId, name, email }) => [personId, `${name} (${email})`]));
  const erase = async (data: FormData) => {
    onErased(
      await sendApi<Erased>('POST', '/audit/erasures', { personId: textOf(data, 'person'), why: textOf(data, 'why') }),
    );
  };
  return (
    <ActionForm label={t('desk:erasure.erase')} submit={erase}>
      <ChoiceField
        name="organization"
        label={t('identity:organization')}
        value={organization}
        onChange={setChosen}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <ChoiceField
        name="person"
        label={t('desk:erasure.person')}
        required
        choices={[...people].map(([value, label]) => ({ value, label }))}
      />
      <LongField name="why" label={t('identity:why')} rows={2} required />
      <CheckField name="sure" label={t('desk:erasure.sure')} required />
    </ActionForm>
  );
}

/** Erasing a person's values from the log, and the records that say so for good. */
export function Erasures() {
  const { t, tag } = useLanguage();
  const nameOf = useOrganizationName();
  const erasures = useErasures();
  const [erased, setErased] = useState<Erased>();
  return (
    <>
      <p className="prose">{t('desk:erasure.text')}</p>
      {erased === undefined ? null : (
        <p className="notice" role="status">
          {t('desk:erasure.done', { count: erased.erased, shown: formatNumber(erased.erased, tag) })}{' '}
          {t('desk:erasure.rows', {
            rows: Object.entries(erased.tables)
              .map(([table, rows]) => `${table} ${formatNumber(rows, tag)}`)
              .join(t('common:listSeparator')),
          })}
        </p>
      )}
      <Fold label={t('desk:erasure.begin')}>
        {(close) => (
          <Erase
            onErased={(what) => {
              setErased(what);
              close();
            }}
          />
        )}
      </Fold>
      <Answered query={erasures}>
        {({ erasures: rows }) => (
          <RecordTable
            caption={t('desk:erasure.records')}
            rows={rows}
            keyOf={({ organizationId, sequence, at }) => `${organizationId} ${sequence} ${at}`}
            nothing={t('desk:erasure.none')}
            file="erasures"
            columns={[
              {
                name: 'at',
                title: t('work:audit.at'),
                show: ({ at }) => formatTime(at, tag),
                text: ({ at }) => at,
              },
              {
                name: 'by',
                title: t('work:audit.who'),
                show: ({ by }) => by ?? t('work:program'),
                text: ({ by }) => by ?? '',
              },
              {
                name: 'person',
                title: t('desk:erasure.person'),
                show: ({ personId }) => <code>{personId.slice(0, 8)}</code>,
                text: ({ personId }) => personId,
              },
              {
                name: 'entry',
                title: t('desk:erasure.entry'),
                show: ({ organizationId, sequence }) =>
                  `${nameOf(organizationId)} · ${t('work:audit.number', { number: sequence })}`,
                text: ({ organizationId, sequence }) => `${organizationId} ${sequence}`,
              },
              {
                name: 'fields',
                title: t('desk:erasure.fields'),
                show: ({ fields }) => <code>{fields.join(' ')}</code>,
                text: ({ fields }) => fields.join(' '),
              },
              { name: 'why', title: t('identity:why'), show: ({ why }) => why ?? '', text: ({ why }) => why ?? '' },
            ]}
          />
        )}
      </Answered>
    </>
  );
}
