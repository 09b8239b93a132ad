import type { LegalEvent, PatentDocument } from '@quanlian/contract';

/** A conveyance as sources of the United States record it. */
export interface Conveyance {
  readonly reelFrame: string | undefined;
  readonly conveyance: string;
  /** The day it was recorded; where the source has none, the day the last of those who gave signed. */
  readonly day: string | undefined;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const nameOf = (value: unknown): string[] => {
  const name = textOf(typeof value === 'object' && value !== null ? (value as { name?: unknown }).name : value);
  return name === undefined ? [] : [name];
};

const namesOf = (value: unknown): string[] => (Array.isArray(value) ? value.flatMap(nameOf) : []);

/** The conveyances that a document holds in `extra.assignments`, in the order of its sources. */
export function assignmentsOf({ extra }: Pick<PatentDocument, 'extra'>): Conveyance[] {
  const list = extra?.['assignments'];
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).flatMap((one): Conveyance[] => {
    if (typeof one !== 'object' || one === null) return [];
    const { reelFrame, conveyance, recorded, executed, from, to } = one as Record<string, unknown>;
    return [
      {
        reelFrame: textOf(reelFrame),
        conveyance: textOf(conveyance) ?? '',
        day: textOf(recorded) ?? textOf(executed),
        from: namesOf(from),
        to: namesOf(to),
      },
    ];
  });
}

export type ConveyanceKind = 'release' | 'security' | 'licence' | 'correction' | 'merger' | 'name' | 'transfer';

/** The first that fits: a release names the security it releases, a correction the conveyance it mends. */
const KINDS: readonly (readonly [ConveyanceKind, RegExp])[] = [
  ['release', /\breleas|\bterminat|\bdischarg/i],
  ['security', /security (agreement|interest)|\blien\b|mortgage|pledge|collateral/i],
  ['licence', /licen[cs]e/i],
  ['correction', /\baddress|correspond|government interest|confirmatory/i],
  ['merger', /\bmerger/i],
  ['name', /change of name|name change|conversion/i],
];

/** What the words of a conveyance say it is; a transfer of ownership when they say nothing else. */
export const conveyanceKind = (words: string): ConveyanceKind =>
  KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'transfer';

/** The code under which legal events of the United States tell of a recorded conveyance. */
const CODE = 'AS';

/**
 * Conveyances as events of the right, so that its legal life tells of them beside the steps of the office. One that
 * an event of the document tells already under its reel and frame is not told again.
 */
export function conveyanceEvents(document: Pick<PatentDocument, 'office' | 'extra' | 'events'>): LegalEvent[] {
  const told = new Set(
    (document.events ?? []).flatMap(({ code, text }) => (code.trim() === CODE ? framesIn(text ?? '') : [])),
  );
  return assignmentsOf(document).flatMap(({ reelFrame, conveyance, day, from, to }): LegalEvent[] => {
    if (reelFrame !== undefined && framesIn(`REEL/FRAME:${reelFrame}`).some((frame) => told.has(frame))) return [];
    const parties = `${from.join(', ')} → ${to.join(', ')}`;
    const place = reelFrame === undefined ? '' : ` (${reelFrame})`;
    const text = `${conveyance} ${parties}${place}`.trim();
    return [{ office: document.office, code: CODE, ...(day === undefined ? {} : { date: day }), text }];
  });
}

/** Reel and frame without leading zeros, as INPADOC writes them: `REEL/FRAME:004669/0905`. */
const framesIn = (text: string): string[] =>
  [...text.matchAll(/REEL\/FRAME:\s*0*(\d+)\/0*(\d+)/gi)].map(([, reel, frame]) => `${reel}/${frame}`);
