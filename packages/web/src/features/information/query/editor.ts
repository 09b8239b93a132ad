import { autocompletion, type Completion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type Diagnostic, linter, lintKeymap } from '@codemirror/lint';
import { type Extension, Prec, type Range } from '@codemirror/state';
import {
  type Command,
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import type { QueryError, Suggestion, Syntax } from '@quanlian/contract';
import { fieldBefore, fieldsOf, type MarkKind, markQuery, operatorsOf } from '@quanlian/kernel';

/** What the editor needs of the page around it. */
export interface EditorContext {
  readonly syntax: Syntax;
  readonly label: string;
  readonly faultsIn: (text: string) => readonly QueryError[];
  readonly sentenceOf: (fault: QueryError) => string;
  readonly fieldName: (name: string) => string;
  readonly suggest: (text: string, field: string, signal: AbortSignal) => Promise<readonly Suggestion[]>;
  readonly countText: (count: number) => string;
  /** Called with the text as it stands in the editor. */
  readonly onRun: (text: string) => void;
}

/** Longer texts are not coloured while they are typed. */
const LONGEST_COLOURED = 20_000;

const MARKS: Readonly<Record<MarkKind, Decoration | undefined>> = {
  word: undefined,
  phrase: Decoration.mark({ class: 'q-phrase' }),
  field: Decoration.mark({ class: 'q-field' }),
  operator: Decoration.mark({ class: 'q-operator' }),
  sign: Decoration.mark({ class: 'q-sign' }),
  bracket: Decoration.mark({ class: 'q-bracket' }),
  set: Decoration.mark({ class: 'q-set' }),
};

function decorationsOf(view: EditorView, syntax: Syntax): DecorationSet {
  const text = view.state.doc.toString();
  if (text.length > LONGEST_COLOURED) return Decoration.none;
  const ranges = markQuery(text, syntax).flatMap(({ from, to, kind }): Range<Decoration>[] => {
    const mark = MARKS[kind];
    return mark ? [mark.range(from, to)] : [];
  });
  return Decoration.set(ranges);
}

const colours = (syntax: Syntax): Extension =>
  ViewPlugin.define(
    (view) => ({
      decorations: decorationsOf(view, syntax),
      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = decorationsOf(update.view, syntax);
      },
    }),
    { decorations: (plugin) => plugin.decorations },
  );

const faults = ({ faultsIn, sentenceOf }: EditorContext): Extension =>
  linter(
    (view) =>
      faultsIn(view.state.doc.toString()).map((fault): Diagnostic => {
        const end = view.state.doc.length;
        const from = Math.min(fault.from, end);
        return { from, to: Math.min(Math.max(fault.to, from), end), severity: 'error', message: sentenceOf(fault) };
      }),
    { delay: 300 },
  );

/** What is offered of the language itself: its fields and operators that begin with what is typed, or are named so. */
function ownWords({ syntax, fieldName }: EditorContext, typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const fits = (text: string): boolean => text.toLowerCase().startsWith(wanted);
  const fields = fieldsOf(syntax)
    .map(({ field, text }): Completion => ({ label: text, detail: fieldName(field.name), type: 'property', boost: 2 }))
    .filter(({ label, detail = '' }) => fits(label) || fits(detail));
  const operators = operatorsOf(syntax)
    .filter(fits)
    .map((label): Completion => ({ label, type: 'keyword', boost: 1 }));
  return [...fields, ...operators];
}

const SUGGESTED = /^(?:text|title|abstract|claims|description|applicant|inventor|class|ipc|cpc)$/u;
const SHORTEST = 2;

async function corpusWords(
  context: CompletionContext,
  editor: EditorContext,
  typed: string,
  field: string,
): Promise<Completion[]> {
  if (typed.length < SHORTEST || !SUGGESTED.test(field)) return [];
  const controller = new AbortController();
  context.addEventListener('abort', () => controller.abort());
  try {
    const found = await editor.suggest(typed, field, controller.signal);
    return found.map(({ text, count, kind }): Completion => {
      const label = kind === 'class' ? text.replace(/\s/gu, '') : /\s/u.test(text) ? `"${text}"` : text;
      return { label, detail: editor.countText(count), type: 'text' };
    });
  } catch {
    // Suggestions are a help; without them the language's own words are still offered.
    return [];
  }
}

const completion = (editor: EditorContext): Extension =>
  autocompletion({
    // Icons carry no meaning here: names, words and operators tell themselves apart.
    icons: false,
    // Enter stays a new line until a reader goes into the list.
    selectOnOpen: false,
    override: [
      async (context) => {
        const before = context.state.doc.sliceString(0, context.pos);
        const typed = /[\p{L}\p{N}@][\p{L}\p{N}._/-]*$/u.exec(before)?.[0] ?? '';
        if (typed === '' && !context.explicit) return null;
        const from = context.pos - typed.length;
        const field = fieldBefore(before.slice(0, from), editor.syntax);
        const own = field ? [] : ownWords(editor, typed);
        const words = await corpusWords(context, editor, typed, field?.name ?? 'text');
        const options = [...own, ...words];
        return options.length === 0 ? null : { from, options, filter: false };
      },
    ],
  });

const theme = EditorView.theme({
  '&': {
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
  },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '2px' },
  '.cm-content': {
    fontFamily: 'var(--font-code)',
    fontSize: '0.95rem',
    minHeight: '6.5rem',
    caretColor: 'var(--ink)',
    padding: '0.5rem',
  },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-scroller': { maxHeight: '24rem', overflow: 'auto' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: 'var(--act-ground)' },
  '.q-field': { color: 'var(--act)' },
  '.q-operator': { color: 'var(--seal)', fontWeight: '600' },
  '.q-sign, .q-bracket': { color: 'var(--ink-quiet)' },
  '.q-phrase': { color: 'var(--good)' },
  '.q-set': { color: 'var(--notice)', fontWeight: '600' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line-strong)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--act)', color: 'var(--on-act)' },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: 'var(--on-act)' },
  '.cm-completionDetail': { color: 'var(--ink-quiet)', fontStyle: 'normal' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--wrong)' },
});

/** Everything the editor does in one language of queries. */
export function editorExtensions(editor: EditorContext): Extension {
  const run: Command = ({ state }) => {
    editor.onRun(state.doc.toString());
    return true;
  };
  return [
    history(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': editor.label, spellcheck: 'false', autocapitalize: 'off' }),
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
    keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
    colours(editor.syntax),
    faults(editor),
    completion(editor),
    theme,
  ];
}
