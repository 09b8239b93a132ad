import { Link } from '@tanstack/react-router';
import { useLanguage } from '../../i18n/useLanguage.js';
import { usePageTitle } from '../usePageTitle.js';

export function NotFound() {
  const { t } = useLanguage();
  usePageTitle(t('common:notFound.title'));
  return (
    <>
      <h1>{t('common:notFound.title')}</h1>
      <p>{t('common:notFound.text')}</p>
      <p>
        <Link to="/">{t('common:notFound.start')}</Link>
      </p>
    </>
  );
}
