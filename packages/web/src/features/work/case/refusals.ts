import type { CasePage } from '@quanlian/contract';
import { useTranslation } from 'react-i18next';
import { useWords } from '../parts/useWords.js';

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly params: Record<string, unknown>;
}

/** What the names in a refusal are called in the case's own process. */
function titlesOf(page: CasePage) {
  return {
    transition: new Map(page.diagram.edges.map(({ transition, title }) => [transition, title])),
    state: new Map(page.diagram.nodes.map(({ id, title }) => [id, title])),
    field: new Map(page.fields.map(({ name, title }) => [name, title])),
    paper: new Map(page.paperKinds.map(({ kind, title }) => [kind, title])),
    deadline: new Map(page.clocks.map(({ deadline, title }) => [deadline, title])),
    task: new Map(page.tasks.map(({ id, title }) => [id, title])),
  };
}

/** Gives the sentence of a refusal in the reader's language; the server's own for codes the pages do not know. */
export function useRefusalSentence(page: CasePage): (refusal: Refusal) => string {
  const { i18n } = useTranslation();
  const words = useWords();
  const titles: Record<string, ReturnType<typeof titlesOf>['state']> = titlesOf(page);
  return ({ code, message, params }) => {
    const key = `refusals:${code}`;
    if (!i18n.exists(key)) return message;
    const named = Object.entries(params).map(([name, value]) => {
      const title = titles[name]?.get(String(value));
      return [name, title === undefined ? String(value) : words(title)];
    });
    return String(i18n.t(key as never, Object.fromEntries(named)));
  };
}
