import { type BothLanguages, placesIn } from '../text.js';

/** What a kind of notice says; `{name}` is a place for a parameter. */
export interface NoticeText {
  readonly title: BothLanguages;
  readonly text: BothLanguages;
}

/** The texts of notices by their kind. Every part of the work adds its own when the server is put together. */
export interface NoticeTexts {
  add(kinds: Readonly<Record<string, NoticeText>>): void;
  of(kind: string): NoticeText;
  /** All kinds by name. */
  all(): (readonly [string, NoticeText])[];
}

/** Both languages have to ask for the same things, or one of them would say less. */
function checkText(kind: string, { title, text }: NoticeText): void {
  for (const { zh, en } of [title, text]) {
    if (placesIn(zh).sort().join() !== placesIn(en).sort().join())
      throw new Error(`the languages of the notice ${kind} ask for different parameters`);
  }
}

export function createNoticeTexts(): NoticeTexts {
  const known = new Map<string, NoticeText>();
  return {
    add(kinds) {
      for (const [kind, text] of Object.entries(kinds)) {
        if (known.has(kind)) throw new Error(`the notice ${kind} is defined twice`);
        checkText(kind, text);
        known.set(kind, text);
      }
    },
    of(kind) {
      const text = known.get(kind);
      if (!text) throw new Error(`there is no notice named ${kind}`);
      return text;
    },
    all: () => [...known].sort(([a], [b]) => a.localeCompare(b)),
  };
}
