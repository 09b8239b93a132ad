import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/useLanguage.js';
import type { catalogue } from '../../i18n/zh/catalogue.js';
import { ApiError, OFFLINE } from '../api/client.js';

type Sentences = typeof catalogue.errors;
/** The codes that the pages have a sentence for. */
type ToldCode = { [Group in keyof Sentences]: `${Group}.${keyof Sentences[Group] & string}` }[keyof Sentences];

const isTold = (code: string, translations: i18n): code is ToldCode => translations.exists(`errors:${code}`);

/** Gives the sentence for a code in the reader's language; codes without one of their own get a general one. */
export function useErrorSentence(): (code: string) => string {
  const { t } = useLanguage();
  const { i18n } = useTranslation();
  return (code) => (isTold(code, i18n) ? t(`errors:${code}`) : t('errors:page.unexpected'));
}

interface Props {
  error: unknown;
  /** Tries again; without it there is no button. */
  retry?: (() => void) | undefined;
}

/** What went wrong: a sentence, what the server said in its own words, the stable code, and a way to try again. */
export function ErrorNotice({ error, retry }: Props) {
  const { t } = useLanguage();
  const sentenceOf = useErrorSentence();
  const code = error instanceof ApiError ? error.code : 'page.unexpected';
  const isOurs = code === 'page.unexpected' || code === OFFLINE;
  const detail = error instanceof Error ? error.message : String(error);
  return (
    <div className="notice notice--wrong" role="alert">
      <p>
        <strong>{sentenceOf(code)}</strong>
      </p>
      {isOurs ? null : (
        <p className="note" lang="en">
          {detail}
        </p>
      )}
      <p className="row">
        <span className="note code">{code}</span>
        {retry === undefined ? null : (
          <button type="button" className="button button--small" onClick={retry}>
            {t('common:retry')}
          </button>
        )}
      </p>
    </div>
  );
}
