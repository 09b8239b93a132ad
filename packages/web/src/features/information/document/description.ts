import type { DescriptionPart } from '@quanlian/contract';

/** A heading or paragraph with the anchor that leads to it. */
export interface AnchoredPart {
  part: DescriptionPart;
  anchor: string;
}

/** Parts are laid out in groups of this size; a group off the screen costs nothing to lay out. */
const GROUP = 40;

/** Gives each part an anchor: paragraphs by their printed number, headings by their place. */
export function anchoredGroups(parts: readonly DescriptionPart[]): AnchoredPart[][] {
  const groups: AnchoredPart[][] = [];
  parts.forEach((part, i) => {
    const name = part.number === undefined ? `part-${i + 1}` : `p-${part.number}`;
    const anchored = { part, anchor: `${part.lang}-${name}` };
    if (i % GROUP === 0) groups.push([]);
    groups.at(-1)?.push(anchored);
  });
  return groups;
}
