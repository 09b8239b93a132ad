import type { CasePage } from '@quanlian/contract';
import { useId } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { textOf } from '../parts/ActionForm.js';
import { CheckField, ChoiceField, LongField, TextField } from '../parts/fields.js';
import { useWords } from '../parts/useWords.js';

type Field = CasePage['fields'][number];

function Input({ field, prefix, required }: { field: Field; prefix: string; required: boolean }) {
  const words = useWords();
  const { name, title, type, options, value } = field;
  const label = words(title);
  const named = { name: `${prefix}${name}`, label };
  if (type === 'boolean') return <CheckField {...named} checked={value === true} />;
  const text = value === null ? '' : String(value);
  if (type === 'choice')
    return (
      <ChoiceField
        {...named}
        none="–"
        required={required}
        value={text}
        choices={(options ?? []).map((option) => ({ value: option, label: option }))}
      />
    );
  if (type === 'text') return <LongField {...named} required={required} value={text} rows={2} />;
  return (
    <TextField
      {...named}
      required={required}
      value={text}
      type={type === 'date' ? 'date' : 'number'}
      {...(type === 'number' ? { step: 'any' as const } : {})}
    />
  );
}

interface Props {
  page: CasePage;
  /** The fields asked for, by name. */
  names: readonly string[];
  /** Keeps the boxes of several forms apart. */
  prefix?: string;
  required?: boolean;
}

/** Boxes for fields of a case, each of the kind its field has. */
export function CaseFields({ page, names, prefix = '', required = true }: Props) {
  return page.fields
    .filter(({ name }) => names.includes(name))
    .map((field) => <Input key={field.name} field={field} prefix={prefix} required={required} />);
}

/** What was filled into the boxes of `CaseFields`; empty ones are left out. */
export function readFields(page: CasePage, names: readonly string[], data: FormData, prefix = '') {
  const fields: Record<string, string | number | boolean> = {};
  for (const { name, type } of page.fields) {
    if (!names.includes(name)) continue;
    const text = textOf(data, `${prefix}${name}`);
    if (type === 'boolean') fields[name] = data.has(`${prefix}${name}`);
    else if (text !== '') fields[name] = type === 'number' ? Number(text) : text;
  }
  return fields;
}

interface FileProps {
  name: string;
  label: string;
  required?: boolean;
}

/** A box to choose a file with. */
export function FileField({ name, label, required }: FileProps) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{t('work:paper.of', { kind: label })}</label>
      <input id={id} name={name} type="file" required={required} />
    </p>
  );
}
