import type { DefinitionContent } from '@quanlian/contract';
import { useState } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ChoiceField, LongField, TextField } from '../../work/parts/fields.js';
import { TestFields } from './TestFields.js';

const LINES = ['title', 'unit', 'source'] as const;

/** Boxes for what an indicator means; `definition.ts` reads them. */
export function DefinitionFields({ content }: { content?: DefinitionContent | undefined }) {
  const { t } = useLanguage();
  const before = content?.formula;
  const [kind, setKind] = useState<string>(before?.kind ?? 'stated');
  const computed = before === undefined || before.kind === 'stated' ? undefined : before;
  return (
    <>
      {LINES.flatMap((name) =>
        (['zh', 'en'] as const).map((language) => (
          <TextField
            key={`${name} ${language}`}
            name={`${name} ${language}`}
            label={`${t(`governance:definition.${name}`)} (${t(`governance:in.${language}`)})`}
            value={content?.[name][language] ?? ''}
            required
          />
        )),
      )}
      {(['zh', 'en'] as const).map((language) => (
        <LongField
          key={language}
          name={`text ${language}`}
          label={`${t('governance:definition.text')} (${t(`governance:in.${language}`)})`}
          value={content?.text[language] ?? ''}
          rows={2}
        />
      ))}
      <ChoiceField
        name="direction"
        label={t('governance:definition.direction')}
        value={content?.direction}
        choices={[
          { value: 'up', label: t('governance:direction.up') },
          { value: 'down', label: t('governance:direction.down') },
        ]}
      />
      <ChoiceField
        name="aggregation"
        label={t('governance:definition.aggregation')}
        value={content?.aggregation}
        choices={[
          { value: 'sum', label: t('governance:aggregation.sum') },
          { value: 'none', label: t('governance:aggregation.none') },
        ]}
      />
      <ChoiceField
        name="formula"
        label={t('governance:definition.formula')}
        value={kind}
        onChange={setKind}
        choices={(['stated', 'count', 'sum'] as const).map((value) => ({
          value,
          label: t(`governance:formula.${value}`),
        }))}
      />
      {kind === 'sum' ? (
        <TextField
          name="fact"
          label={t('governance:definition.fact')}
          value={computed?.kind === 'sum' ? computed.fact : ''}
          required
        />
      ) : null}
      {kind === 'stated' ? null : (
        <>
          <TextField
            name="factor"
            type="number"
            step="any"
            label={t('governance:definition.factor')}
            value={computed?.factor ?? 1}
          />
          <TextField
            name="decimals"
            type="number"
            min={0}
            max={6}
            label={t('governance:definition.decimals')}
            value={computed?.decimals ?? 0}
          />
          <TestFields test={computed?.test ?? null} />
        </>
      )}
    </>
  );
}
