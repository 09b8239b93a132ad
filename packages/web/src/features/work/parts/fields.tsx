import { type ReactNode, useId } from 'react';

interface FieldProps {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'number' | 'date' | 'search' | 'datetime-local' | 'url';
  required?: boolean;
  value?: string | number;
  note?: string;
  autoComplete?: string;
  min?: number | string;
  max?: number | string;
  step?: number | 'any';
  inputMode?: 'numeric';
}

function Note({ id, text }: { id: string; text: string | undefined }) {
  return text === undefined ? null : (
    <span id={id} className="note field__note">
      {text}
    </span>
  );
}

/** A box to write in, under its label. */
export function TextField({ name, label, type = 'text', value, note, ...rest }: FieldProps) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        defaultValue={value}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        {...rest}
      />
      <Note id={`${id}-note`} text={note} />
    </p>
  );
}

interface LongProps {
  name: string;
  label: string;
  required?: boolean;
  value?: string;
  note?: string;
  rows?: number;
}

/** A box for several lines. */
export function LongField({ name, label, value, note, rows = 3, ...rest }: LongProps) {
  const id = useId();
  return (
    <p className="field field--long">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={rows}
        defaultValue={value}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        {...rest}
      />
      <Note id={`${id}-note`} text={note} />
    </p>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceProps {
  name: string;
  label: string;
  choices: readonly Choice[];
  value?: string | undefined;
  required?: boolean;
  /** Words for choosing none; without them one is always chosen. */
  none?: string;
  onChange?: (value: string) => void;
}

/** One of several values. */
export function ChoiceField({ name, label, choices, value, required, none, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <select
        // Choices that come later than the page would otherwise not find the value that was meant.
        key={choices.map((choice) => choice.value).join(' ')}
        id={id}
        name={name}
        required={required}
        {...(onChange === undefined
          ? { defaultValue: value }
          : { value: value ?? '', onChange: (event) => onChange(event.currentTarget.value) })}
      >
        {none === undefined ? null : <option value="">{none}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </p>
  );
}

interface ChecksProps {
  name: string;
  legend: string;
  choices: readonly { value: string; label: ReactNode }[];
  checked?: readonly string[];
}

/** Any number of several values. */
export function ChecksField({ name, legend, choices, checked = [] }: ChecksProps) {
  return (
    <fieldset className="checks">
      <legend>{legend}</legend>
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input type="checkbox" name={name} value={value} defaultChecked={checked.includes(value)} /> {label}
        </label>
      ))}
    </fieldset>
  );
}

interface CheckProps {
  name: string;
  label: string;
  checked?: boolean;
  /** It has to be set before anything is sent. */
  required?: boolean;
}

/** Yes or no. */
export function CheckField({ name, label, checked, required }: CheckProps) {
  return (
    <p className="field field--check">
      <label>
        <input type="checkbox" name={name} defaultChecked={checked} required={required} /> {label}
      </label>
    </p>
  );
}
