import type { ProcessDefinition } from './definition.js';

/** The states each state leads to directly. Names that do not exist are left out. */
export function successors(definition: ProcessDefinition): ReadonlyMap<string, ReadonlySet<string>> {
  const next = new Map(definition.states.map(({ id }) => [id, new Set<string>()]));
  for (const { from, to } of definition.transitions) {
    for (const state of from) if (next.has(to)) next.get(state)?.add(to);
  }
  return next;
}

/**
 * Everything that can be reached from the states given, these included, with the least number of steps. States that
 * the map does not hold are not entered.
 */
export function distancesFrom(
  next: ReadonlyMap<string, ReadonlySet<string>>,
  from: readonly string[],
): ReadonlyMap<string, number> {
  const distance = new Map(from.filter((state) => next.has(state)).map((state) => [state, 0]));
  const queue = [...distance.keys()];
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    for (const following of next.get(state) ?? []) {
      if (distance.has(following) || !next.has(following)) continue;
      distance.set(following, (distance.get(state) ?? 0) + 1);
      queue.push(following);
    }
  }
  return distance;
}

/** The graph with every arrow turned round. */
export function reversed(next: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const back = new Map([...next.keys()].map((state) => [state, new Set<string>()]));
  for (const [state, following] of next) for (const target of following) back.get(target)?.add(state);
  return back;
}
