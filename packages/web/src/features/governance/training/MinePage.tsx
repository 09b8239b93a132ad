import type { Enrolment, TestResult } from '@quanlian/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Facts } from '../../work/parts/Facts.js';
import { Fold } from '../../work/parts/Fold.js';
import { Section } from '../../work/parts/Section.js';
import { useWords } from '../../work/parts/useWords.js';
import { Certificates } from './Certificates.js';
import { useBatch, useMyTraining, useTest } from './queries.js';
import { TrainingNav } from './TrainingNav.js';

function TestForm({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useLanguage();
  const words = useWords();
  const test = useTest(enrolment.batchId);
  const [result, setResult] = useState<TestResult>();
  return (
    <Answered query={test}>
      {({ questions, attempts }) => {
        const hand = async (data: FormData) => {
          const answers = questions.map((_, place) => data.getAll(`question ${place}`).map(Number));
          setResult(await sendApi<TestResult>('POST', `/training/enrolments/${enrolment.id}/test`, { answers }));
        };
        return (
          <>
            <p className="note">{t('governance:test.attempts', { attempts })}</p>
            <ActionForm label={t('governance:test.hand')} submit={hand} keep>
              {questions.map(({ text, options, kind, points }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: questions are known by their place alone.
                <fieldset key={place} className="checks question">
                  <legend>
                    {place + 1}. {words(text)} <span>({t('governance:test.points', { points })})</span>
                  </legend>
                  {options.map((option, choice) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: options are known by their place alone.
                    <label key={choice}>
                      <input
                        type={kind === 'multiple' ? 'checkbox' : 'radio'}
                        name={`question ${place}`}
                        value={choice}
                      />{' '}
                      {words(option)}
                    </label>
                  ))}
                </fieldset>
              ))}
            </ActionForm>
            {result === undefined ? null : (
              <p className={result.passed ? 'notice' : 'notice notice--wrong'} role="status">
                {result.passed ? t('governance:test.passed') : t('governance:test.failed')}{' '}
                {t('governance:test.result', {
                  points: result.points,
                  of: result.of,
                  percent: result.percent,
                  left: result.attemptsLeft,
                })}
              </p>
            )}
          </>
        );
      }}
    </Answered>
  );
}

function MyBatch({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useLanguage();
  const words = useWords();
  const batch = useBatch(enrolment.batchId);
  const { progress, attended, sessions, bestPercent, certificate } = enrolment;
  return (
    <Answered query={batch}>
      {({ id, code, title, mode, sessions: held }) => (
        <Section title={`${code} ${words(title)}`}>
          <p>
            <Link to="/governance/training/batches/$id" params={{ id }}>
              {t('governance:batch.open')}
            </Link>
          </p>
          <Facts
            facts={[
              [t('governance:progressName'), t(`governance:progress.${progress}`)],
              [t('governance:attended'), `${attended} / ${sessions}`],
              [t('governance:test.best'), bestPercent === null ? '–' : `${bestPercent} %`],
              [t('governance:certificate.number'), certificate ?? '–'],
            ]}
          />
          {mode === 'venue' || progress === 'withdrawn'
            ? null
            : held.map((session) => (
                <ActionForm
                  key={session.id}
                  quiet
                  label={t('governance:checkIn', { day: session.heldOn })}
                  submit={() => sendApi('POST', `/training/sessions/${session.id}/check-in`)}
                />
              ))}
          {progress === 'withdrawn' ? null : (
            <Fold label={t('governance:test.title')}>{() => <TestForm enrolment={enrolment} />}</Fold>
          )}
        </Section>
      )}
    </Answered>
  );
}

/** The batches one takes part in oneself, with test and certificates. */
export function MinePage() {
  const { t } = useLanguage();
  const mine = useMyTraining();
  usePageTitle(t('governance:training.mine'));
  return (
    <>
      <TrainingNav />
      <h1>{t('governance:training.mine')}</h1>
      <Answered query={mine}>
        {({ enrolments }) =>
          enrolments.length === 0 ? (
            <p className="quiet">{t('governance:noneMine')}</p>
          ) : (
            enrolments.map((enrolment) => <MyBatch key={enrolment.id} enrolment={enrolment} />)
          )
        }
      </Answered>
      <Section title={t('governance:certificate.many')}>
        <Certificates filter={{ mine: true }} mayRevoke={false} />
      </Section>
    </>
  );
}
