import type { PatentDocument } from '@quanlian/contract';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import type { TablePreview } from './mapping.js';

const names = (parties: PatentDocument['applicants']): string => (parties ?? []).map(({ name }) => name).join('; ');

/** What a mapping makes of the first rows: documents, or why a row is none. */
export function TableResults({ results }: Pick<TablePreview, 'results'>) {
  const { t } = useLanguage();
  if (results.length === 0) return null;
  return (
    <div aria-live="polite">
      <ScrollFrame label={t('loads:table.results')}>
        <table>
          <caption>{t('loads:table.results')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('loads:table.row')}</th>
              <th scope="col">{t('loads:table.field.publication')}</th>
              <th scope="col">{t('loads:table.field.date')}</th>
              <th scope="col">{t('loads:table.field.title')}</th>
              <th scope="col">{t('loads:table.field.applicants')}</th>
              <th scope="col">{t('loads:table.classes')}</th>
            </tr>
          </thead>
          <tbody>
            {results.map(({ row, document, message }) =>
              document === undefined ? (
                <tr key={row} className="table-load__refused">
                  <td className="figures">{row}</td>
                  <td colSpan={5}>{message}</td>
                </tr>
              ) : (
                <tr key={row}>
                  <td className="figures">{row}</td>
                  <td>{document.id}</td>
                  <td>{document.date}</td>
                  <td>{Object.values(document.titles ?? {})[0]}</td>
                  <td>{names(document.applicants)}</td>
                  <td>{(document.classifications ?? []).map(({ symbol }) => symbol).join(', ')}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </ScrollFrame>
    </div>
  );
}
