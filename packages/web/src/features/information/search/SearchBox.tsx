import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { FieldHelp } from './FieldHelp.js';

interface Props {
  /** What the box holds when it appears; give the component a key to fill it anew. */
  initial: string;
  onSearch: (query: string) => void;
  /** Called when the reader leaves the box downwards with the arrow key. */
  onDown?: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The slash key focuses the box from anywhere on the page. */
function useSlash(focus: () => void) {
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

export function SearchBox({ initial, onSearch, onDown }: Props) {
  const { t } = useLanguage();
  const [text, setText] = useState(initial);
  const [helpOpen, setHelpOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const helpButton = useRef<HTMLButtonElement>(null);
  const id = useId();
  useSlash(() => {
    input.current?.focus();
    input.current?.select();
  });

  const closeHelp = () => {
    setHelpOpen(false);
    helpButton.current?.focus();
  };
  const fill = (example: string) => {
    setText(example);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && event.target === input.current) {
      event.preventDefault();
      onDown?.();
    }
    if (event.key === 'Escape' && helpOpen) closeHelp();
  };

  return (
    <search className="search-box" onKeyDown={onKeyDown}>
      <form
        className="search-box__line"
        onSubmit={(event) => {
          event.preventDefault();
          setHelpOpen(false);
          onSearch(text.trim());
        }}
      >
        <label className="seen-by-readers-only" htmlFor={`${id}-q`}>
          {t('search:box.label')}
        </label>
        <input
          id={`${id}-q`}
          ref={input}
          name="q"
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('search:box.placeholder')}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          aria-keyshortcuts="/"
        />
        <button type="submit" className="button button--main">
          {t('search:box.submit')}
        </button>
        <button
          type="button"
          ref={helpButton}
          className="button"
          aria-expanded={helpOpen}
          aria-controls={`${id}-help`}
          onClick={() => setHelpOpen(!helpOpen)}
        >
          {t('search:box.help')}
        </button>
      </form>
      <div id={`${id}-help`} hidden={!helpOpen}>
        {helpOpen ? <FieldHelp onPick={fill} onClose={closeHelp} /> : null}
      </div>
    </search>
  );
}
