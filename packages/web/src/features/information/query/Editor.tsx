import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { type EditorContext, editorExtensions } from './editor.js';

interface Props {
  value: string;
  onChange: (text: string) => void;
  /** A new value makes the editor ready for another language. */
  context: EditorContext;
}

/**
 * The editor of queries. It stands behind a shadow border: there its style sheets are adopted, which the policy of the
 * pages allows, while style elements in the page are not.
 */
export function Editor({ value, onChange, context }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const settings = useRef(new Compartment());
  const latest = useRef({ onChange, value, context });
  latest.current = { onChange, value, context };
  // Texts told to the page and not come back yet: a value that is one of them is no change from outside, and setting
  // it would undo what was typed since.
  const told = useRef<string[]>([]);
  const fromOutside = useRef(false);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const { value: doc, context: first } = latest.current;
    const editor = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc,
        extensions: [
          settings.current.of(editorExtensions(first)),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged || fromOutside.current) return;
            const text = update.state.doc.toString();
            told.current.push(text);
            latest.current.onChange(text);
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: settings.current.reconfigure(editorExtensions(context)) });
  }, [context]);

  useEffect(() => {
    const editor = view.current;
    const known = told.current.lastIndexOf(value);
    told.current.splice(0, known + 1);
    if (known >= 0 || editor === undefined || editor.state.doc.toString() === value) return;
    fromOutside.current = true;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    fromOutside.current = false;
  }, [value]);

  return <div ref={host} className="query-editor" />;
}
