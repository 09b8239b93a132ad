import { FIELDS } from '@quanlian/contract';
import { fieldName } from '../../../app/names.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { EXAMPLES, RULES } from './examples.js';

interface Props {
  /** Puts a query into the box without running it. */
  onPick: (query: string) => void;
  onClose: () => void;
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** How a query is written: rules with examples that fill the box, and the fields under all their names. */
export function FieldHelp({ onPick, onClose }: Props) {
  const { t, language } = useLanguage();
  return (
    <section className="help" aria-label={t('search:box.help')}>
      <div className="row row--apart">
        <h2>{t('search:help.rules')}</h2>
        <button type="button" className="button button--small" onClick={onClose}>
          {t('common:close')}
        </button>
      </div>
      <p className="note">{t('search:help.intro')}</p>
      <ul className="help__rules plain-list">
        {RULES.map((rule) => (
          <li key={rule}>
            <button type="button" className="text-button code" onClick={() => onPick(EXAMPLES[language][rule])}>
              {EXAMPLES[language][rule]}
            </button>
            <span>{t(`search:help.rule.${rule}`)}</span>
          </li>
        ))}
      </ul>
      <h2>{t('search:help.fields')}</h2>
      <ScrollFrame label={t('search:help.fields')} className="table-frame help__fields">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('search:help.meaning')}</th>
              <th scope="col">{t('search:help.latin')}</th>
              <th scope="col">{t('search:help.chinese')}</th>
            </tr>
          </thead>
          <tbody>
            {FIELDS.map(({ name, aliases }) => (
              <tr key={name}>
                <td>{fieldName(name, t)}</td>
                <td className="code">{[name, ...aliases.filter((alias) => !isHan(alias))].join(', ')}</td>
                <td>{aliases.filter(isHan).join('、')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </section>
  );
}
