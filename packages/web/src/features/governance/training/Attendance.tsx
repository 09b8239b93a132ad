import type { Batch, Enrolment } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Fold } from '../../work/parts/Fold.js';
import { ChoiceField } from '../../work/parts/fields.js';

interface MarksProps {
  sessionId: string;
  enrolments: readonly Enrolment[];
  onDone: () => void;
}

function Marks({ sessionId, enrolments, onDone }: MarksProps) {
  const { t } = useLanguage();
  const choices = (['present', 'absent', 'excused'] as const).map((state) => ({
    value: state,
    label: t(`governance:mark.${state}`),
  }));
  const record = (data: FormData) =>
    sendApi('POST', `/training/sessions/${sessionId}/attendance`, {
      marks: enrolments
        .map(({ id }) => ({ enrolmentId: id, state: textOf(data, id) }))
        .filter(({ state }) => state !== ''),
    });
  return (
    <ActionForm label={t('governance:markAll')} submit={record} onDone={onDone}>
      {enrolments.map(({ id, learner }) => (
        <ChoiceField key={id} name={id} label={`${learner.code} ${learner.name}`} none="–" choices={choices} />
      ))}
    </ActionForm>
  );
}

interface Props {
  batch: Batch;
  enrolments: readonly Enrolment[];
  mayMark: boolean;
}

/** The sessions of a batch, and who was there. */
export function Attendance({ batch, enrolments, mayMark }: Props) {
  const { t } = useLanguage();
  const there = enrolments.filter(({ progress }) => progress !== 'withdrawn');
  return (
    <ul className="plain-list">
      {batch.sessions.map(({ id, heldOn, title, minutes }) => (
        <li key={id} className="session">
          <time dateTime={heldOn}>{heldOn}</time> {title}{' '}
          <span className="note">{t('governance:minutes', { count: minutes, minutes })}</span>
          {mayMark && there.length > 0 ? (
            <Fold label={t('governance:attendance')}>
              {(close) => <Marks sessionId={id} enrolments={there} onDone={close} />}
            </Fold>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
