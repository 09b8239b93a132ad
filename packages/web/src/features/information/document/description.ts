import type { DescriptionPart } from '@quanlian/contract';
import { withKeys } from '../../../app/withKeys.js';

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
  const name = ({ lang, number }: DescriptionPart) => (number === undefined ? `${lang}-part` : `${lang}-p-${number}`);
  withKeys(parts, name).forEach(({ key, item }, i) => {
    if (i % GROUP === 0) groups.push([]);
    groups.at(-1)?.push({ part: item, anchor: key });
  });
  return groups;
}
