import type { DefinitionContent } from '@quanlian/contract';
import { useState } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { ChoiceField, LongField } from '../../work/parts/fields.js';
import { useWords } from '../../work/parts/useWords.js';
import { useRules } from '../../work/queries.js';
import { writeCriteria } from './criteria.js';

type Test = Extract<DefinitionContent['formula'], { kind: 'count' }>['test'];

const kindOf = (test: Test): string => {
  if (test === null) return 'all';
  return 'rule' in test ? 'rule' : 'criteria';
};

/** Boxes for which records count; `definition.ts` reads them. */
export function TestFields({ test }: { test: Test }) {
  const { t } = useLanguage();
  const words = useWords();
  const [kind, setKind] = useState(kindOf(test));
  const rules = (useRules().data?.rules ?? []).filter(({ evaluator }) => evaluator === 'any-criterion');
  const written = test !== null && 'criteria' in test ? test : undefined;
  return (
    <>
      <ChoiceField
        name="test"
        label={t('governance:recordTest.which')}
        value={kind}
        onChange={setKind}
        choices={(['all', 'rule', 'criteria'] as const).map((value) => ({
          value,
          label: t(`governance:recordTest.${value}`),
        }))}
      />
      {kind === 'rule' ? (
        <ChoiceField
          name="rule"
          label={t('work:rule.one')}
          value={test !== null && 'rule' in test ? test.rule : undefined}
          required
          choices={rules.map(({ id, title }) => ({ value: id, label: words(title) }))}
        />
      ) : null}
      {kind === 'criteria' ? (
        <>
          <LongField
            name="requires"
            label={t('governance:recordTest.requires')}
            value={writeCriteria(written?.requires ?? [])}
          />
          <LongField
            name="criteria"
            label={t('governance:recordTest.criteriaLines')}
            note={t('governance:recordTest.note')}
            value={writeCriteria(written?.criteria ?? [])}
            rows={5}
            required
          />
        </>
      ) : null}
    </>
  );
}
