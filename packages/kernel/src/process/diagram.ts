import type { Words } from '../rules/certainty.js';
import type { PathStep } from './case.js';
import type { ProcessDefinition, StateDefinition } from './definition.js';
import { distancesFrom, successors } from './graph.js';

/** A state to draw. */
export interface DiagramNode {
  readonly id: string;
  readonly title: Words;
  readonly kind: StateDefinition['kind'];
  /** Least number of steps from the beginning: the column to draw it in. */
  readonly layer: number;
  readonly visits: number;
  readonly current: boolean;
}

/** An arrow to draw. A transition from several states has one arrow for each. */
export interface DiagramEdge {
  readonly id: string;
  readonly transition: string;
  readonly title: Words;
  readonly from: string;
  readonly to: string;
  /** When it was taken: places in the path, from 1; empty when it never was. */
  readonly taken: readonly number[];
}

/** A process as nodes and arrows. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/** What to draw of a process, with the path a case took. Without a path nothing is visited. */
export function diagram(definition: ProcessDefinition, path?: readonly PathStep[]): Diagram {
  const initial = definition.states.filter((state) => state.kind === 'initial').map((state) => state.id);
  const layers = distancesFrom(successors(definition), initial);
  const visited = path === undefined ? [] : [...initial, ...path.map((step) => step.to)];
  const current = visited.at(-1);
  return {
    nodes: definition.states.map(({ id, title, kind }) => ({
      id,
      title,
      kind,
      layer: layers.get(id) ?? 0,
      visits: visited.filter((state) => state === id).length,
      current: id === current,
    })),
    edges: definition.transitions.flatMap(({ id, title, from, to }) =>
      from.map((source) => ({
        id: `${id}:${source}`,
        transition: id,
        title,
        from: source,
        to,
        taken: (path ?? []).flatMap((step, index) =>
          step.transition === id && step.from === source ? [index + 1] : [],
        ),
      })),
    ),
  };
}
