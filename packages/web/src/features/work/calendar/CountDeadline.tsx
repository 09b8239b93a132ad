import { useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../parts/ActionForm.js';
import { Facts } from '../parts/Facts.js';
import { ChoiceField, TextField } from '../parts/fields.js';

interface Counted {
  due: string | null;
  nominal: string | null;
  provisional: boolean;
}

const UNITS = ['days', 'working-days', 'months', 'years'] as const;

/** Counts a period from a day the way every deadline here is counted. */
export function CountDeadline() {
  const { t } = useLanguage();
  const [counted, setCounted] = useState<Counted>();
  const count = async (data: FormData) =>
    setCounted(
      await callApi<Counted>(
        apiUrl('/calendar/deadline', {
          start: textOf(data, 'start'),
          amount: textOf(data, 'amount'),
          unit: textOf(data, 'unit'),
        }),
      ),
    );
  return (
    <>
      <ActionForm label={t('desk:deadline.count')} submit={count} keep>
        <TextField name="start" type="date" label={t('desk:deadline.start')} required />
        <TextField name="amount" type="number" min={1} max={10_000} label={t('desk:deadline.amount')} required />
        <ChoiceField
          name="unit"
          label={t('desk:deadline.unit')}
          choices={UNITS.map((unit) => ({ value: unit, label: t(`desk:unit.${unit}`) }))}
        />
      </ActionForm>
      {counted === undefined ? null : (
        <div role="status">
          <Facts
            facts={[
              [t('work:due'), counted.due ?? '–'],
              [t('desk:deadline.nominal'), counted.nominal ?? '–'],
            ]}
          />
          {counted.provisional ? <p className="tag tag--notice">{t('work:provisional')}</p> : null}
        </div>
      )}
    </>
  );
}
