const FATES = ['findings', 'adopted', 'rejected', 'open'] as const;
/** A figure of the research's yield: all findings, or those with one fate. */
export type ResearchFate = (typeof FATES)[number];

/** Keeps what an address says about findings of research; what it cannot mean is left out. */
export function tidyResearch(raw: Record<string, unknown>): { fate?: ResearchFate } {
  const fate = FATES.find((one) => one === raw['fate']);
  return fate === undefined ? {} : { fate };
}
