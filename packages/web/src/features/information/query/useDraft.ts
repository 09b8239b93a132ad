import type { Syntax } from '@quanlian/contract';
import { parseWithSets, readCombination, resolveSets, translateWhatCanBe } from '@quanlian/kernel';
import { useState } from 'react';
import { type HistoryEntry, neededSets } from './sets.js';
import { useStored } from './useStored.js';

export interface Draft {
  readonly text: string;
  readonly syntax: Syntax;
}

/** What a change of language left out, and how to have the query back as it was. */
export interface Loss {
  readonly lost: readonly string[];
  readonly before: Draft;
}

/** The query being written, in this browser's memory, and its translation when the language is changed. */
export function useDraft(history: readonly HistoryEntry[], first: Partial<Draft>) {
  const [stored, setDraft] = useStored<Draft>('quanlian.query.draft', { text: '', syntax: 'simple' });
  const [isFirst, setIsFirst] = useState(first.text !== undefined);
  const [loss, setLoss] = useState<Loss>();
  const draft = isFirst ? { text: first.text ?? '', syntax: first.syntax ?? 'simple' } : stored;
  const put = (next: Draft) => {
    setIsFirst(false);
    setDraft(next);
  };

  /** The draft in another language. A text that is no query yet, and one of sets alone, are the same in every one. */
  function translated(syntax: Syntax): Draft {
    const { ast } = parseWithSets(draft.text, draft.syntax, history);
    if (ast === null || draft.text.trim() === '' || readCombination(draft.text, history)) return { ...draft, syntax };
    // The two CQLs have no sets; the queries themselves are put in their place.
    const isCql = syntax === 'cql' || syntax === 'cql12';
    const whole = isCql && neededSets(draft.text, draft.syntax, history).length > 0 ? resolveSets(ast, history) : ast;
    const { text, lost } = translateWhatCanBe(whole, syntax);
    if (lost.length > 0) setLoss({ lost, before: draft });
    return { text, syntax };
  }

  return {
    draft,
    setText: (text: string) => put({ ...draft, text }),
    setDraft: (next: Draft) => {
      setLoss(undefined);
      put(next);
    },
    changeLanguage: (syntax: Syntax) => {
      setLoss(undefined);
      put(translated(syntax));
    },
    loss,
    undoLoss: () => {
      if (loss) put(loss.before);
      setLoss(undefined);
    },
  };
}
