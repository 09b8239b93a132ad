import type { Suggestion } from '@quanlian/contract';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useLanguage } from '../../../i18n/useLanguage.js';
import { FieldHelp } from './FieldHelp.js';
import { optionId, SuggestionList } from './SuggestionList.js';
import { completed } from './typed.js';
import { useSuggestions } from './useSuggestions.js';

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

/** The suggestions under the box: whether they show, which is active, and the keys that move among them. */
function useSuggestionKeys(text: string, setText: (text: string) => void) {
  const [isOn, setOn] = useState(false);
  const [active, setActive] = useState(-1);
  const suggested = useSuggestions(text, isOn);
  const found = suggested?.found ?? [];
  const close = () => {
    setOn(false);
    setActive(-1);
  };
  const pick = (suggestion: Suggestion) => {
    if (suggested) setText(completed(text, suggested.typed, suggestion.kind, suggestion.text));
    close();
  };
  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    const chosen = found[active];
    if (found.length === 0) return false;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1));
    else if (event.key === 'ArrowUp' && active >= 0) setActive(active - 1);
    else if (event.key === 'Enter' && chosen !== undefined) pick(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const onType = (typed: string) => {
    setText(typed);
    setOn(true);
    setActive(-1);
  };
  return { found, active, close, pick, onKey, onType };
}

export function SearchBox({ initial, onSearch, onDown }: Props) {
  const { t } = useLanguage();
  const [text, setText] = useState(initial);
  const suggestions = useSuggestionKeys(text, setText);
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
    if (event.target === input.current && suggestions.onKey(event)) return;
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
          suggestions.close();
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
          onChange={(event) => suggestions.onType(event.target.value)}
          onBlur={suggestions.close}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={suggestions.found.length > 0}
          aria-controls={`${id}-suggestions`}
          aria-activedescendant={suggestions.active < 0 ? undefined : optionId(`${id}-suggestions`, suggestions.active)}
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
      {suggestions.found.length === 0 ? null : (
        <SuggestionList
          id={`${id}-suggestions`}
          found={suggestions.found}
          active={suggestions.active}
          onPick={suggestions.pick}
        />
      )}
      <div id={`${id}-help`} hidden={!helpOpen}>
        {helpOpen ? <FieldHelp onPick={fill} onClose={closeHelp} /> : null}
      </div>
    </search>
  );
}
