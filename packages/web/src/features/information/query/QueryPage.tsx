import type { QueryError, SavedQuery } from '@quanlian/contract';
import { parseWithSets } from '@quanlian/kernel';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { formatNumber } from '../../../app/format.js';
import { fieldName } from '../../../app/names.js';
import { Waiting } from '../../../app/states/Waiting.js';
import { usePageTitle } from '../../../app/usePageTitle.js';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { Fold } from '../../work/parts/Fold.js';
import { FaultList, faultSentence } from '../search/QueryFaults.js';
import { ClauseCounts } from './ClauseCounts.js';
import type { EditorContext } from './editor.js';
import { FormWriter } from './FormWriter.js';
import { Found } from './Found.js';
import { Hints } from './Hints.js';
import { HistoryPanel } from './HistoryPanel.js';
import { LanguageChoice } from './LanguageChoice.js';
import { fetchSuggestions, hitsOptions, useExplanation } from './queries.js';
import { ReplayPanel } from './ReplayPanel.js';
import { SavedPanel } from './SavedPanel.js';
import { type Asked, type HistoryEntry, neededSets, withEntry, withSets } from './sets.js';
import { useDebounced } from './useDebounced.js';
import { useDraft } from './useDraft.js';
import { useStored } from './useStored.js';
import '../search/search.css';
import './query.css';

const Editor = lazy(async () => ({ default: (await import('./Editor.js')).Editor }));
const route = getRouteApi('/query');

const TYPING_PAUSE_MS = 400;

/** The text as a question, or the faults that keep it from being one. */
function readDraft(text: string, syntax: Asked['syntax'], history: readonly HistoryEntry[]) {
  const { ast, errors } = parseWithSets(text, syntax, history);
  const asked: Asked | undefined = ast === null ? undefined : { text, syntax, sets: neededSets(text, syntax, history) };
  return { asked, errors };
}

/** Write, understand, run, combine, keep and repeat queries in any of the languages. */
export function QueryPage() {
  const { t, tag } = useLanguage();
  const queries = useQueryClient();
  const { q, syntax: given } = route.useSearch();
  const [history, setHistory] = useStored<HistoryEntry[]>('quanlian.query.history', []);
  const { draft, setText, setDraft, changeLanguage, loss, undoLoss } = useDraft(history, {
    ...(q === undefined ? {} : { text: q }),
    ...(given === undefined ? {} : { syntax: given }),
  });
  const [shown, setShown] = useState<{ asked: Asked; page: number }>();
  usePageTitle(t('query:title'));

  const settled = useDebounced(draft, TYPING_PAUSE_MS);
  const { asked: settledAsk, errors } = useMemo(
    () => readDraft(settled.text, settled.syntax, history),
    [settled, history],
  );
  const explanation = useExplanation(settled.text.trim() === '' ? undefined : settledAsk);

  async function run(text: string): Promise<void> {
    const { asked } = readDraft(text, draft.syntax, history);
    if (asked === undefined) return;
    const answer = await queries.fetchQuery(hitsOptions(asked, 1)).catch(() => undefined);
    if (answer) setHistory(withEntry(history, asked, answer.total, new Date().toISOString()));
    // A refusal is shown where the hits would be.
    setShown({ asked, page: 1 });
  }

  const latestRun = useRef(run);
  latestRun.current = run;
  const { syntax } = draft;
  const context = useMemo(
    (): EditorContext => ({
      syntax,
      label: t('query:editor'),
      faultsIn: (text): readonly QueryError[] =>
        text.trim() === '' ? [] : parseWithSets(text, syntax, history).errors,
      sentenceOf: (fault) => faultSentence(fault, t),
      fieldName: (name) => fieldName(name, t),
      suggest: async (text, field, signal) => (await fetchSuggestions(text, field, signal)).suggestions,
      countText: (count) => formatNumber(count, tag),
      onRun: (text) => void latestRun.current(text),
    }),
    [syntax, t, tag, history],
  );

  const open = ({ text, syntax: language, sets }: SavedQuery) => {
    setHistory(withSets(history, sets, new Date().toISOString()));
    setDraft({ text, syntax: language });
  };
  const typed = draft.text.trim() !== '';

  return (
    <div className="query-page">
      <h1>{t('query:title')}</h1>
      <LanguageChoice syntax={syntax} onChange={changeLanguage} loss={loss} onUndo={undoLoss} />
      <Suspense fallback={<Waiting />}>
        <Editor value={draft.text} onChange={setText} context={context} />
      </Suspense>
      <div className="row query-page__run">
        <button type="button" className="button button--main" disabled={!typed} onClick={() => void run(draft.text)}>
          {t('query:run')}
        </button>
        <span className="note">{t('query:keys')}</span>
      </div>
      {typed && errors.length > 0 ? <FaultList faults={errors} /> : null}
      <div className="row query-page__tools">
        <Fold label={t('query:form.title')}>
          {(close) => (
            <FormWriter
              syntax={syntax}
              onWrite={(text) => {
                setDraft({ text, syntax });
                close();
              }}
            />
          )}
        </Fold>
        <Fold label={t('query:replay.title')}>{() => <ReplayPanel />}</Fold>
      </div>
      {typed && errors.length === 0 ? (
        <ClauseCounts explanation={explanation.data} error={explanation.error} busy={explanation.isFetching} />
      ) : null}
      {typed && errors.length === 0 && explanation.data && !explanation.isPlaceholderData ? (
        <Hints
          explanation={explanation.data}
          onReplace={(from, to) => setText(draft.text.replaceAll(from, to))}
          text={draft.text}
        />
      ) : null}
      {shown ? <Found asked={shown.asked} page={shown.page} onPage={(page) => setShown({ ...shown, page })} /> : null}
      <HistoryPanel
        history={history}
        onPick={({ text, syntax: language }) => setDraft({ text, syntax: language })}
        onCombine={(text) => setDraft({ text, syntax })}
        onClear={() => setHistory([])}
      />
      <SavedPanel draft={draft} sets={neededSets(draft.text, syntax, history)} onOpen={open} />
    </div>
  );
}
