import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useLanguage } from '../../i18n/useLanguage.js';
import { ErrorNotice } from './ErrorNotice.js';

/** Stands in for a page that failed while it was drawn; header and navigation stay. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useLanguage();
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <>
      <h1>{t('common:pageFailed')}</h1>
      <ErrorNotice error={error} retry={retry} />
    </>
  );
}
