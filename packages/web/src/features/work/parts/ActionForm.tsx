import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef } from 'react';
import { ErrorNotice } from '../../../app/states/ErrorNotice.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import './forms.css';

interface Props {
  /** The words on the button. */
  label: string;
  /** Sends what was filled in; what it throws is shown. */
  submit: (data: FormData) => Promise<unknown>;
  /** Called after the change was made. */
  onDone?: () => void;
  /** Leaves what was filled in after the change was made. */
  keep?: boolean;
  /** Says that it was done; without it the page itself shows the change. */
  doneText?: string;
  quiet?: boolean;
  disabled?: boolean;
  children?: ReactNode;
}

/** A form that makes one change: it waits, says what was wrong, and has every page read again what may have changed. */
export function ActionForm({ label, submit, onDone, keep, doneText, quiet, disabled, children }: Props) {
  const { t } = useLanguage();
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: submit,
    onSuccess: () => {
      if (!keep) form.current?.reset();
      onDone?.();
      // What a change touches is the server's knowledge; only the corpus stays as it is.
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'corpus' });
    },
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!change.isPending) change.mutate(new FormData(event.currentTarget));
  };
  return (
    <form ref={form} className="form" onSubmit={send}>
      {children}
      <div className="row">
        <button
          type="submit"
          className={quiet ? 'button button--small' : 'button button--main'}
          disabled={disabled || change.isPending}
        >
          {label}
        </button>
        <span role="status" className="note">
          {change.isPending ? t('common:waiting') : null}
          {change.isSuccess && doneText !== undefined ? doneText : null}
        </span>
      </div>
      {change.error === null ? null : <ErrorNotice error={change.error} />}
    </form>
  );
}

/** The text of a field, without blanks around it. */
export const textOf = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();

/** The text of a field, or nothing when it was left empty. */
export const textOrNone = (data: FormData, name: string): string | undefined => textOf(data, name) || undefined;

/** The number of a field, or nothing when it was left empty. */
export function numberOrNone(data: FormData, name: string): number | undefined {
  const text = textOf(data, name);
  return text === '' ? undefined : Number(text);
}
