import { useEffect } from 'react';

/** Marks that turn the direction of text: beside a tab's title nothing keeps them in. */
const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Names the page in the browser's tab and history. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? '全链 Quanlian' : `${title.replace(TURNS, '')} · 全链 Quanlian`;
  }, [title]);
}
