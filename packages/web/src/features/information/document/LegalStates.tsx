import type { LegalAnswer, StateLife } from '@quanlian/contract';
import { officeName } from '../../../app/names.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Reason } from './LegalReason.js';

function StateRow({ life, answer }: { life: StateLife; answer: LegalAnswer }) {
  const { t, tag } = useLanguage();
  const held = life.spans.findLast(({ from }) => from <= answer.on);
  return (
    <tr>
      <td>
        <span className="code">{life.state}</span> {officeName(life.state, t, tag)}
      </td>
      <td>
        <span className={`life__dot life__span--${held?.status ?? 'unknown'}`} />{' '}
        {t(`register:status.${held?.status ?? 'unknown'}`)}
      </td>
      <td className="figures">{held?.from}</td>
      <td>
        {held?.reasons.slice(-2).map((reason, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: reasons stand in a fixed order.
          <div key={i}>
            <Reason reason={reason} answer={answer} />
          </div>
        ))}
        {held?.status === 'in-force' && !life.validated ? (
          <div className="note">{t('register:states.unconfirmed')}</div>
        ) : null}
        {life.unitary ? <div className="note">{t('register:states.unitary')}</div> : null}
      </td>
    </tr>
  );
}

/** A regional right in each state on the day asked for. */
export function LegalStates({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { states } = answer.timeline;
  if (states.length === 0) return null;
  const inForce = answer.inForceIn ?? [];
  return (
    <details className="life__more" open>
      <summary>
        {t('register:states.inForce', { states: inForce.length, all: states.length })}{' '}
        <span className="code">{inForce.join(' ')}</span>
      </summary>
      <ScrollFrame label={t('register:states.state')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('register:states.state')}</th>
              <th scope="col">{t('register:statusName')}</th>
              <th scope="col">{t('register:from')}</th>
              <th scope="col">{t('register:why')}</th>
            </tr>
          </thead>
          <tbody>
            {states.map((life) => (
              <StateRow key={life.state} life={life} answer={answer} />
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </details>
  );
}

/** The fees that keep a right alive, window by window. */
export function LegalFees({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { fees } = answer.timeline;
  if (fees.length === 0) return null;
  return (
    <details className="life__more">
      <summary>{t('register:fees.title')}</summary>
      <ScrollFrame label={t('register:fees.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('register:fees.year')}</th>
              <th scope="col">{t('register:fees.opens')}</th>
              <th scope="col">{t('register:fees.due')}</th>
              <th scope="col">{t('register:fees.grace')}</th>
              <th scope="col">{t('register:fees.paid')}</th>
            </tr>
          </thead>
          <tbody>
            {fees.map(({ year, opens, due, graceEnds, paid }) => (
              <tr key={year}>
                <td className="figures">{year}</td>
                <td className="figures">{opens}</td>
                <td className="figures">{due}</td>
                <td className="figures">{graceEnds}</td>
                <td className="figures">{paid ?? t('register:fees.notTold')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </details>
  );
}
