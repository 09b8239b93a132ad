import type { PlanPage } from '@quanlian/contract';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { useOrganizations } from '../../identity/queries.js';
import { ActionForm, textOf, textOrNone } from '../../work/parts/ActionForm.js';
import { ChoiceField, TextField } from '../../work/parts/fields.js';
import { useWords } from '../../work/parts/useWords.js';
import { DefinitionFields } from './DefinitionFields.js';
import { readDefinition } from './definition.js';

interface Props {
  page: PlanPage;
  onDone: () => void;
}

/** Adds an objective, on top or under another. */
export function NewObjective({ page, onDone }: Props) {
  const { t } = useLanguage();
  const words = useWords();
  const add = (data: FormData) =>
    sendApi('POST', `/plans/${page.plan.id}/objectives`, {
      parentId: textOrNone(data, 'parent'),
      title: { zh: textOf(data, 'zh'), en: textOf(data, 'en') },
    });
  return (
    <ActionForm label={t('governance:plan.addObjective')} submit={add} onDone={onDone}>
      <ChoiceField
        name="parent"
        label={t('governance:plan.under')}
        none="–"
        choices={page.objectives.map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      <TextField name="zh" label={t('identity:org.zh')} required />
      <TextField name="en" label={t('identity:org.en')} required />
    </ActionForm>
  );
}

/** Adds an indicator with its first definition. */
export function NewIndicator({ page, onDone }: Props) {
  const { t } = useLanguage();
  const words = useWords();
  const organizations = useOrganizations().data?.organizations ?? [];
  const add = (data: FormData) =>
    sendApi('POST', `/plans/${page.plan.id}/indicators`, {
      objectiveId: textOf(data, 'objective'),
      code: textOf(data, 'code'),
      ownerId: textOf(data, 'owner'),
      definition: readDefinition(data),
    });
  return (
    <ActionForm label={t('governance:plan.addIndicator')} submit={add} onDone={onDone}>
      <ChoiceField
        name="objective"
        label={t('governance:plan.objective')}
        choices={page.objectives.map(({ id, title }) => ({ value: id, label: words(title) }))}
      />
      <TextField name="code" label={t('identity:org.code')} required />
      <ChoiceField
        name="owner"
        label={t('governance:indicator.owner')}
        choices={organizations.map(({ id, name }) => ({ value: id, label: words(name) }))}
      />
      <DefinitionFields />
    </ActionForm>
  );
}
