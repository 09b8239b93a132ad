import { useState } from 'react';

function read<Value>(key: string, empty: Value): Value {
  try {
    const text = localStorage.getItem(key);
    return text === null ? empty : (JSON.parse(text) as Value);
  } catch {
    // Storage may be closed to pages, or hold something an older page left; the page works without it.
    return empty;
  }
}

/** A value that this browser keeps between visits. */
export function useStored<Value>(key: string, empty: Value): [Value, (next: Value) => void] {
  const [value, setValue] = useState<Value>(() => read(key, empty));
  const keep = (next: Value) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Full or closed: the value lives as long as the page.
    }
  };
  return [value, keep];
}
