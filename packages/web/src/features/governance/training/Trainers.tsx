import type { Batch } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useMembers } from '../../identity/queries.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField } from '../../work/parts/fields.js';
import { useTrainers } from './queries.js';

function Assign({ batch, onDone }: { batch: Batch; onDone: () => void }) {
  const { t } = useLanguage();
  const members = useMembers(batch.organizationId).data?.members ?? [];
  const trainers = new Map(
    members.filter(({ role }) => role === 'trainer').map(({ personId, name }) => [personId, name]),
  );
  if (trainers.size === 0) return <p className="note">{t('governance:trainer.nobody')}</p>;
  const assign = (data: FormData) =>
    sendApi('POST', `/training/batches/${batch.id}/trainers`, { personId: textOf(data, 'person') });
  return (
    <ActionForm label={t('governance:trainer.assign')} submit={assign} onDone={onDone}>
      <ChoiceField
        name="person"
        label={t('governance:trainer.one')}
        required
        choices={[...trainers].map(([value, label]) => ({ value, label }))}
      />
    </ActionForm>
  );
}

/** Who runs a batch: they write down the attendance and issue the certificates of this batch and no other. */
export function Trainers({ batch }: { batch: Batch }) {
  const { t } = useLanguage();
  const trainers = useTrainers(batch.id);
  return (
    <>
      <Answered query={trainers}>
        {({ trainers: people }) =>
          people.length === 0 ? (
            <p className="quiet">{t('governance:trainer.none')}</p>
          ) : (
            <ul className="plain-list">
              {people.map(({ id, name }) => (
                <li key={id} className="row">
                  {name ?? id.slice(0, 8)}
                  <ActionForm
                    quiet
                    label={t('governance:trainer.unassign')}
                    submit={() => sendApi('DELETE', `/training/batches/${batch.id}/trainers/${id}`)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
      <Fold label={t('governance:trainer.assign')}>{(close) => <Assign batch={batch} onDone={close} />}</Fold>
    </>
  );
}
