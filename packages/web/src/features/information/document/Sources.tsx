import type { Source } from '@quanlian/contract';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { withKeys } from '../../../app/withKeys.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

const HASH_SHOWN = 12;

/** The records this document was merged from. */
export function SourceSection({ sources }: { sources: readonly Source[] }) {
  const { t } = useLanguage();
  return (
    <section className="section" aria-labelledby="sources">
      <h2 id="sources">{t('document:section.sources')}</h2>
      <p className="note">{t('document:source.note')}</p>
      <ScrollFrame label={t('document:section.sources')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('document:source.format')}</th>
              <th scope="col">{t('document:source.file')}</th>
              <th scope="col">{t('document:source.offset')}</th>
              <th scope="col">{t('document:source.date')}</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {withKeys(sources, ({ format, file, offset }) => `${format}|${file}|${offset}`).map(
              ({ key, item: source }) => (
                <tr key={key}>
                  <td className="code">{source.format}</td>
                  <td className="code">{source.file}</td>
                  <td className="figures">{source.offset}</td>
                  <td className="figures">{source.sourceDate ?? t('common:unknown')}</td>
                  <td className="code" title={source.sha256}>
                    {source.sha256.slice(0, HASH_SHOWN)}…
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
