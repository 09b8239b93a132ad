import type { CasePage, Simulation } from '@quanlian/contract';
import { useState } from 'react';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ActionForm, textOf, textOrNone } from '../parts/ActionForm.js';
import { CheckField, ChoiceField, TextField } from '../parts/fields.js';
import { useWords } from '../parts/useWords.js';
import { CaseFields, readFields } from './CaseFields.js';
import { Clocks } from './Clocks.js';
import { useRefusalSentence } from './refusals.js';

const MOST_STEPS = 8;

interface StepProps {
  page: CasePage;
  index: number;
}

function StepFields({ page, index }: StepProps) {
  const { t } = useLanguage();
  const words = useWords();
  const [transition, setTransition] = useState('');
  const steps = new Map(page.diagram.edges.map((edge) => [edge.transition, edge.title]));
  const needed = page.actions.find(({ id }) => id === transition)?.needs.fields ?? [];
  return (
    <fieldset className="checks">
      <legend>{t('work:whatIf.step', { number: index + 1 })}</legend>
      <ChoiceField
        name={`${index} transition`}
        label={t('work:whatIf.do')}
        none="–"
        value={transition}
        onChange={setTransition}
        choices={[...steps].map(([value, title]) => ({ value, label: words(title) }))}
      />
      <TextField name={`${index} at`} type="date" label={t('work:whatIf.at')} required={transition !== ''} />
      <TextField name={`${index} reason`} label={t('identity:why')} />
      <CaseFields page={page} names={needed} prefix={`${index} `} required={false} />
    </fieldset>
  );
}

function Outcomes({ page, simulation }: { page: CasePage; simulation: Simulation }) {
  const { t } = useLanguage();
  const words = useWords();
  const sentenceOf = useRefusalSentence(page);
  return (
    <ol>
      {simulation.outcomes.map(({ ok, refusal, state, clocks }, index) => {
        const title = page.diagram.nodes.find(({ id }) => id === state)?.title;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: outcomes are known by their place alone.
          <li key={index} className="action">
            <p>
              <span className={ok ? 'tag tag--good' : 'tag tag--wrong'}>
                {ok ? t('work:whatIf.done') : t('work:whatIf.refused')}
              </span>{' '}
              {refusal === null ? null : sentenceOf(refusal)}{' '}
              {t('work:whatIf.state', { state: title === undefined ? state : words(title) })}
            </p>
            <Clocks clocks={clocks.filter(({ status }) => status === 'running' || status === 'expired')} />
          </li>
        );
      })}
    </ol>
  );
}

/** "What happens if": steps on days of one's choosing, and what would come of them. Nothing is stored. */
export function WhatIf({ page }: { page: CasePage }) {
  const { t } = useLanguage();
  const [count, setCount] = useState(1);
  const [simulation, setSimulation] = useState<Simulation>();
  const ask = async (data: FormData) => {
    const steps = Array.from({ length: count }, (_, index) => index).flatMap((index) => {
      const transition = textOf(data, `${index} transition`);
      if (transition === '') return [];
      const needed = page.actions.find(({ id }) => id === transition)?.needs.fields ?? [];
      return [
        {
          do: { transition },
          // Noon in China, so that the day is the one that was chosen.
          at: `${textOf(data, `${index} at`)}T12:00:00+08:00`,
          reason: textOrNone(data, `${index} reason`),
          byWhoeverMay: data.has('whoever'),
          fields: readFields(page, needed, data, `${index} `),
        },
      ];
    });
    if (steps.length > 0)
      setSimulation(await sendApi<Simulation>('POST', `/cases/${page.case.id}/simulate`, { steps }));
  };
  return (
    <>
      <p className="prose">{t('work:whatIf.text')}</p>
      <ActionForm label={t('work:whatIf.ask')} submit={ask} keep>
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are known by their place alone.
          <StepFields key={index} page={page} index={index} />
        ))}
        <CheckField name="whoever" label={t('work:whatIf.whoever')} />
        <button
          type="button"
          className="button button--small"
          disabled={count >= MOST_STEPS}
          onClick={() => setCount(count + 1)}
        >
          {t('work:whatIf.more')}
        </button>
      </ActionForm>
      {simulation === undefined ? null : <Outcomes page={page} simulation={simulation} />}
    </>
  );
}
