import type { LegalAnswer } from '@quanlian/contract';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { withKeys } from '../../../app/withKeys.js';
import { FigureFiles } from '../../../charts/FigureFiles.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** Who owned the right from when on, as a table and a file; raw names, as the sources write them. */
export function LegalHolders({ answer }: { answer: LegalAnswer }) {
  const { t } = useLanguage();
  const { holders, id } = answer;
  if (holders.length === 0) return null;
  const head = (['from', 'names', 'by'] as const).map((name) => t(`register:holders.${name}`));
  const rows = holders.map(({ names, from, by }) => [
    from ?? t('register:holders.begin'),
    names.join('; '),
    t(`register:holders.${by}`),
  ]);
  return (
    <details>
      <summary>{t('register:holders.title')}</summary>
      <ScrollFrame label={t('register:holders.title')}>
        <table>
          <caption className="seen-by-readers-only">{t('register:holders.title')}</caption>
          <thead>
            <tr>
              {head.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {withKeys(rows, (row) => row.join('|')).map(({ key, item: [from, names, by] }) => (
              <tr key={key}>
                <td className="figures">{from}</td>
                <td>{names}</td>
                <td>{by}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      <p className="row">
        <FigureFiles title={t('register:holders.title')} file={`owners-${id}`} lines={() => [head, ...rows]} />
      </p>
    </details>
  );
}
