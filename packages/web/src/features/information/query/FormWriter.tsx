import { FIELDS, type Syntax } from '@quanlian/contract';
import { useRef, useState } from 'react';
import { fieldName } from '../../../app/names.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { type FormRow, JOINTS, type Joint, writeForm } from './form.js';

interface RowProps {
  row: FormRow;
  place: number;
  onChange: (row: FormRow) => void;
}

function Row({ row, place, onChange }: RowProps) {
  const { t } = useLanguage();
  return (
    <div className="row query-form__row">
      <select
        className="select"
        aria-label={t('query:form.joint', { place })}
        value={row.joint}
        onChange={(event) => onChange({ ...row, joint: event.target.value as Joint })}
      >
        {JOINTS.filter((joint) => place > 1 || joint !== 'or').map((joint) => (
          <option key={joint} value={joint}>
            {t(`query:form.${joint}`)}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={t('query:form.field', { place })}
        value={row.field}
        onChange={(event) => onChange({ ...row, field: event.target.value })}
      >
        {FIELDS.map(({ name }) => (
          <option key={name} value={name}>
            {fieldName(name, t)}
          </option>
        ))}
      </select>
      <input
        className="query-form__text"
        aria-label={t('query:form.text', { place })}
        value={row.text}
        onChange={(event) => onChange({ ...row, text: event.target.value })}
      />
    </div>
  );
}

const START: readonly Omit<FormRow, 'id'>[] = [
  { joint: 'and', field: 'title', text: '' },
  { joint: 'and', field: 'applicant', text: '' },
  { joint: 'and', field: 'class', text: '' },
  { joint: 'and', field: 'date', text: '' },
];

interface Props {
  syntax: Syntax;
  onWrite: (text: string) => void;
}

/** A form that writes the query in the language chosen. */
export function FormWriter({ syntax, onWrite }: Props) {
  const { t } = useLanguage();
  const nextId = useRef(START.length);
  const [rows, setRows] = useState<readonly FormRow[]>(() => START.map((row, id) => ({ ...row, id })));
  const [problem, setProblem] = useState<string>();

  const write = () => {
    const result = writeForm(rows, syntax);
    if ('row' in result) {
      const place = rows.findIndex(({ id }) => id === result.row.id) + 1;
      setProblem(t('query:form.wrong', { place, message: result.message }));
    } else if (result.lost.length > 0) setProblem(t('query:form.lost', { parts: result.lost.join(' · ') }));
    else onWrite(result.text);
  };
  return (
    <form
      className="query-form"
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      {rows.map((row, at) => (
        <Row
          key={row.id}
          row={row}
          place={at + 1}
          onChange={(next) => setRows(rows.map((one) => (one.id === row.id ? next : one)))}
        />
      ))}
      {problem === undefined ? null : (
        <p className="notice notice--wrong" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <button
          type="button"
          className="button button--small"
          onClick={() => setRows([...rows, { id: nextId.current++, joint: 'and', field: 'text', text: '' }])}
        >
          {t('query:form.add')}
        </button>
        <button type="submit" className="button button--small button--main">
          {t('query:form.write')}
        </button>
      </div>
    </form>
  );
}
