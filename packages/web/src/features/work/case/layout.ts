import type { Both, CasePage } from '@quanlian/contract';

type Diagram = CasePage['diagram'];

/** A state with the place of its box, in pixels. */
export interface PlacedNode {
  readonly id: string;
  readonly title: Both;
  readonly kind: string;
  readonly visits: number;
  readonly current: boolean;
  readonly x: number;
  readonly y: number;
}

/** All steps from one state to another as one arrow. */
export interface PlacedArrow {
  readonly id: string;
  readonly titles: readonly Both[];
  /** When it was taken: places in the path, from 1. */
  readonly taken: readonly number[];
  /** The `d` of an SVG path. */
  readonly line: string;
  /** Where its number stands. */
  readonly mark: { readonly x: number; readonly y: number };
}

/** A diagram ready to draw. */
export interface PlacedDiagram {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly arrows: readonly PlacedArrow[];
}

export const NODE_WIDTH = 132;
export const NODE_HEIGHT = 44;
const GAP_X = 24;
const GAP_Y = 44;
const EDGE = 8;
/** Arrows that do not lead to the next row run in lanes beside the boxes: onward on the right, back on the left. */
const LANE = 14;

interface Between {
  readonly from: string;
  readonly to: string;
  readonly titles: Both[];
  readonly taken: number[];
}

function mergeEdges(edges: Diagram['edges']): Between[] {
  const merged = new Map<string, Between>();
  for (const { from, to, title, taken } of edges) {
    const key = `${from}>${to}`;
    const arrow = merged.get(key) ?? { from, to, titles: [], taken: [] };
    arrow.titles.push(title);
    arrow.taken.push(...taken);
    merged.set(key, arrow);
  }
  return [...merged.values()].map((arrow) => ({ ...arrow, taken: arrow.taken.toSorted((a, b) => a - b) }));
}

function rowsOf(nodes: Diagram['nodes']): Diagram['nodes'][] {
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  return layers.map((layer) => nodes.filter((node) => node.layer === layer));
}

interface Place {
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/** Straight on: from the foot of one box to the head of the one in the next row. */
function onward(from: Place, to: Place): Pick<PlacedArrow, 'line' | 'mark'> {
  const x1 = from.x + NODE_WIDTH / 2;
  const y1 = from.y + NODE_HEIGHT;
  const x2 = to.x + NODE_WIDTH / 2;
  const middle = (y1 + to.y) / 2;
  return {
    line: `M${x1},${y1} C${x1},${middle} ${x2},${middle} ${x2},${to.y - 2}`,
    mark: { x: (x1 + x2) / 2, y: middle },
  };
}

/** Across: to the neighbour on the right. */
function beside(from: Place, to: Place): Pick<PlacedArrow, 'line' | 'mark'> {
  const x = from.x + NODE_WIDTH;
  const y = from.y + NODE_HEIGHT / 2;
  return { line: `M${x},${y} L${to.x - 2},${y}`, mark: { x: (x + to.x) / 2, y } };
}

/** Round the side: out of the box into a lane, along it, and back in; `side` is 1 on the right and -1 on the left. */
function around(from: Place, to: Place, lane: number, side: 1 | -1): Pick<PlacedArrow, 'line' | 'mark'> {
  const out = side === 1 ? NODE_WIDTH : 0;
  // Arrows leave below the middle of a box and enter above it, so that both can be told apart.
  const y1 = from.y + NODE_HEIGHT / 2 + 7;
  const y2 = to.y + NODE_HEIGHT / 2 - 7;
  return {
    line: `M${from.x + out},${y1} L${lane},${y1} L${lane},${y2} L${to.x + out + 2 * side},${y2}`,
    mark: { x: lane, y: (y1 + y2) / 2 },
  };
}

/**
 * Places the states of a process in rows by their least number of steps from the beginning, and the steps as arrows
 * between them. Widths follow from the process alone, so the same process is always drawn the same.
 */
export function placeDiagram({ nodes, edges }: Diagram): PlacedDiagram {
  const rows = rowsOf(nodes);
  const rowOf = new Map(rows.flatMap((row, index) => row.map(({ id }) => [id, index] as const)));
  const arrows = mergeEdges(edges);
  const isNext = ({ from, to }: Between) => (rowOf.get(to) ?? 0) === (rowOf.get(from) ?? 0) + 1;
  const isBack = ({ from, to }: Between) => (rowOf.get(to) ?? 0) <= (rowOf.get(from) ?? 0);
  const rowWith = (id: string) => rows[rowOf.get(id) ?? 0] ?? [];
  const placeOf = (id: string) => rowWith(id).findIndex((node) => node.id === id);
  const isBeside = ({ from, to }: Between) => rowOf.get(from) === rowOf.get(to) && placeOf(to) === placeOf(from) + 1;
  // A box at the right end of a row with others is reached from the right, or the arrow would cross the others.
  const isAtRight = ({ from, to }: Between) =>
    from !== to && rowWith(to).length > 1 && placeOf(to) === rowWith(to).length - 1;
  const winding = arrows.filter((arrow) => !isNext(arrow) && !isBeside(arrow));
  const back = winding.filter((arrow) => isBack(arrow) && !isAtRight(arrow));
  const skipping = winding.filter((arrow) => !back.includes(arrow));
  const left = EDGE + back.length * LANE + (back.length > 0 ? LANE : 0);
  const inner = Math.max(...rows.map((row) => row.length), 1) * (NODE_WIDTH + GAP_X) - GAP_X;
  const right = left + inner;
  const places = new Map<string, Place>();
  rows.forEach((row, index) => {
    const width = row.length * (NODE_WIDTH + GAP_X) - GAP_X;
    row.forEach(({ id }, place) => {
      const x = left + (inner - width) / 2 + place * (NODE_WIDTH + GAP_X);
      places.set(id, { row: index, x, y: EDGE + index * (NODE_HEIGHT + GAP_Y) });
    });
  });
  const nowhere: Place = { row: 0, x: 0, y: 0 };
  const placed = arrows.map((arrow) => {
    const { from, to, titles, taken } = arrow;
    const start = places.get(from) ?? nowhere;
    const end = places.get(to) ?? nowhere;
    let drawn: Pick<PlacedArrow, 'line' | 'mark'>;
    if (isNext(arrow)) drawn = onward(start, end);
    else if (isBeside(arrow)) drawn = beside(start, end);
    else if (back.includes(arrow)) drawn = around(start, end, left - LANE * (back.indexOf(arrow) + 1), -1);
    else drawn = around(start, end, right + LANE * (skipping.indexOf(arrow) + 1), 1);
    return { id: `${from}>${to}`, titles, taken, ...drawn };
  });
  return {
    width: right + skipping.length * LANE + (skipping.length > 0 ? LANE : 0) + EDGE,
    height: rows.length * (NODE_HEIGHT + GAP_Y) - GAP_Y + 2 * EDGE,
    nodes: nodes.map(({ id, title, kind, visits, current }) => {
      const { x, y } = places.get(id) ?? nowhere;
      return { id, title, kind, visits, current, x, y };
    }),
    arrows: placed,
  };
}

/** Breaks a title into at most two lines that fit into a box; Han characters count double. */
export function linesOf(title: string, room = 19): string[] {
  const widthOf = (text: string) => [...text].reduce((sum, one) => sum + (/[\u2e80-\uffef]/.test(one) ? 2 : 1), 0);
  const cut = (text: string) => {
    let kept = '';
    for (const one of text) {
      if (widthOf(kept + one) > room - 1) return `${kept}…`;
      kept += one;
    }
    return kept;
  };
  if (widthOf(title) <= room) return [title];
  const words = /\s/.test(title) ? title.split(/(?<=\s)/) : [...title];
  let first = '';
  while (words.length > 0 && widthOf(first + (words[0] ?? '').trimEnd()) <= room) first += words.shift();
  if (first === '') return [cut(title)];
  return [first.trimEnd(), cut(words.join(''))];
}
