import { useState } from 'react';
import { formatNumber, formatTime } from '../../../app/format.js';
import { ScrollFrame } from '../../../app/ScrollFrame.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { combined, type HistoryEntry } from './sets.js';

interface Props {
  history: readonly HistoryEntry[];
  onPick: (entry: HistoryEntry) => void;
  onCombine: (text: string) => void;
  onClear: () => void;
}

function EntryRow({
  entry,
  chosen,
  onChoose,
  onPick,
}: {
  entry: HistoryEntry;
  chosen: boolean;
  onChoose: () => void;
  onPick: () => void;
}) {
  const { t, tag } = useLanguage();
  return (
    <tr>
      <td>
        <label className="row">
          <input type="checkbox" checked={chosen} onChange={onChoose} /> <strong>{entry.name}</strong>
        </label>
      </td>
      <td>
        <button type="button" className="text-button code" onClick={onPick}>
          {entry.text}
        </button>
      </td>
      <td className="note">{t(`query:language.${entry.syntax}`)}</td>
      <td className="amount">{formatNumber(entry.total, tag)}</td>
      <td className="note">{formatTime(entry.at, tag)}</td>
    </tr>
  );
}

const OPERATORS = ['AND', 'OR', 'NOT'] as const;

/** The queries of this browser as sets, to look at, to take up again and to combine. */
export function HistoryPanel({ history, onPick, onCombine, onClear }: Props) {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const there = chosen.filter((name) => history.some((entry) => entry.name === name));
  const toggle = (name: string) =>
    setChosen(there.includes(name) ? there.filter((one) => one !== name) : [...there, name]);
  return (
    <section className="section" aria-label={t('query:history.title')}>
      <h2>{t('query:history.title')}</h2>
      {history.length === 0 ? (
        <p className="quiet">{t('query:history.empty')}</p>
      ) : (
        <>
          <div className="row">
            <span className="note">{t('query:history.combine')}</span>
            {OPERATORS.map((operator) => (
              <button
                key={operator}
                type="button"
                className="button button--small"
                disabled={there.length < 2}
                onClick={() => onCombine(combined(there, operator))}
              >
                {operator}
              </button>
            ))}
            <button type="button" className="text-button" onClick={onClear}>
              {t('query:history.clear')}
            </button>
          </div>
          <ScrollFrame label={t('query:history.set')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('query:history.set')}</th>
                  <th scope="col">{t('query:history.query')}</th>
                  <th scope="col">{t('query:language.label')}</th>
                  <th scope="col" className="amount">
                    {t('query:counts.hits')}
                  </th>
                  <th scope="col">{t('query:history.at')}</th>
                </tr>
              </thead>
              <tbody>
                {history.toReversed().map((entry) => (
                  <EntryRow
                    key={entry.name}
                    entry={entry}
                    chosen={there.includes(entry.name)}
                    onChoose={() => toggle(entry.name)}
                    onPick={() => onPick(entry)}
                  />
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        </>
      )}
    </section>
  );
}
