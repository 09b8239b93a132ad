import type { DefinitionEffect, IndicatorDefinition, PlanPage } from '@quanlian/contract';
import { useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { formatNumber } from '../../../app/format.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizationName } from '../../identity/queries.js';
import { ActionForm, textOf } from '../../work/parts/ActionForm.js';
import { Answered } from '../../work/parts/Answered.js';
import { Fold } from '../../work/parts/Fold.js';
import { LongField, TextField } from '../../work/parts/fields.js';
import { RecordTable } from '../../work/parts/RecordTable.js';
import { useTold, useWords } from '../../work/parts/useWords.js';
import { DefinitionFields } from './DefinitionFields.js';
import { readDefinition } from './definition.js';
import { useDefinitions } from './queries.js';

type Indicator = PlanPage['indicators'][number];

/** What a change of definition does to every past value. */
function EffectTable({ effect }: { effect: DefinitionEffect }) {
  const { t, tag } = useLanguage();
  const told = useTold();
  const nameOf = useOrganizationName();
  const shown = (value: number | null) => (value === null ? '–' : formatNumber(value, tag));
  const colour = (name: string | null) => (name === null ? '–' : told(`governance:colour.${name}`, name));
  return (
    <>
      <p role="status">
        {t('governance:effect.counts', {
          total: formatNumber(effect.total, tag),
          changed: formatNumber(effect.changed, tag),
          not: formatNumber(effect.total - effect.computable, tag),
        })}
      </p>
      <RecordTable
        caption={t('governance:effect.title')}
        rows={effect.values}
        keyOf={({ valueId }) => valueId}
        file="definition-effect"
        columns={[
          {
            name: 'organization',
            title: t('identity:organization'),
            show: ({ organizationId }) => nameOf(organizationId),
            text: ({ organizationId }) => nameOf(organizationId),
          },
          { name: 'date', title: t('governance:onDay'), show: ({ date }) => date, text: ({ date }) => date },
          {
            name: 'before',
            title: t('governance:effect.before'),
            amount: true,
            show: ({ before }) => shown(before),
            text: ({ before }) => before ?? '',
          },
          {
            name: 'after',
            title: t('governance:effect.after'),
            amount: true,
            show: ({ after, computable }) => (computable ? shown(after) : t('governance:effect.notComputable')),
            text: ({ after }) => after ?? '',
          },
          {
            name: 'colour',
            title: t('governance:colourName'),
            show: ({ colourBefore, colourAfter }) => `${colour(colourBefore)} → ${colour(colourAfter)}`,
            text: ({ colourBefore, colourAfter }) => `${colour(colourBefore)} → ${colour(colourAfter)}`,
          },
        ]}
      />
    </>
  );
}

/** A proposal is decided only after its effect was seen: adopting names what was seen. */
function Decide({ indicator, version }: { indicator: string; version: number }) {
  const { t } = useLanguage();
  const [effect, setEffect] = useState<DefinitionEffect>();
  const path = `/indicators/${indicator}/definitions/${version}`;
  return (
    <>
      <ActionForm
        quiet
        label={t('governance:effect.show')}
        submit={async () => setEffect(await callApi<DefinitionEffect>(apiUrl(`${path}/effect`)))}
      />
      {effect === undefined ? null : (
        <>
          <EffectTable effect={effect} />
          <ActionForm
            label={t('governance:definition.adopt')}
            submit={() => sendApi('POST', `${path}/adopt`, { total: effect.total, changed: effect.changed })}
          />
        </>
      )}
      <ActionForm quiet label={t('governance:definition.reject')} submit={() => sendApi('POST', `${path}/reject`)} />
    </>
  );
}

function DefinitionView({ indicator, definition }: { indicator: Indicator; definition: IndicatorDefinition }) {
  const { t } = useLanguage();
  const words = useWords();
  const { version, state, content, effectiveFrom, why, effect } = definition;
  return (
    <li className="action">
      <p>
        <strong>{t('work:rule.versionOf', { version })}</strong>{' '}
        <span className="tag">{t(`governance:definitionState.${state}`)}</span> {words(content.title)} ·{' '}
        {t('governance:definition.from', { day: effectiveFrom })}
      </p>
      {why === null ? null : <p className="note">{why}</p>}
      {state === 'proposed' ? <Decide indicator={indicator.id} version={version} /> : null}
      {effect === null ? null : (
        <Fold label={t('governance:effect.title')}>{() => <EffectTable effect={effect} />}</Fold>
      )}
    </li>
  );
}

function Propose({ indicator, onDone }: { indicator: Indicator; onDone: () => void }) {
  const { t } = useLanguage();
  const before = indicator.definition?.content;
  const propose = (data: FormData) =>
    sendApi('POST', `/indicators/${indicator.id}/definitions`, {
      content: readDefinition(data),
      effectiveFrom: textOf(data, 'effectiveFrom'),
      why: textOf(data, 'why'),
    });
  return (
    <ActionForm label={t('governance:definition.propose')} submit={propose} onDone={onDone}>
      <DefinitionFields content={before} />
      <TextField name="effectiveFrom" type="date" label={t('governance:definition.effective')} required />
      <LongField name="why" label={t('identity:why')} required />
    </ActionForm>
  );
}

/** The versions of what an indicator means; a change shows what it does to past values before it is adopted. */
export function Definitions({ indicator, mayDefine }: { indicator: Indicator; mayDefine: boolean }) {
  const { t } = useLanguage();
  const definitions = useDefinitions(indicator.id);
  return (
    <>
      <Answered query={definitions}>
        {({ definitions: rows }) => (
          <ul className="plain-list">
            {rows.map((definition) => (
              <DefinitionView key={definition.version} indicator={indicator} definition={definition} />
            ))}
          </ul>
        )}
      </Answered>
      {mayDefine && indicator.proposal === null ? (
        <Fold label={t('governance:definition.propose')}>
          {(close) => <Propose indicator={indicator} onDone={close} />}
        </Fold>
      ) : null}
    </>
  );
}
