import { expect } from 'vitest';
import type { PlaceName } from '../../work/work.fixture.js';
import type { Kind, Walk, Walker } from './walk.fixture.js';
import { EXPECTED, reachedBy } from './walk.table.fixture.js';

type Ids = readonly { readonly id: string }[];
export const idsOf = (list: Ids): string[] => list.map(({ id }) => id);

/** What the tests of the walk ask, and what they expect by the table. */
export function openSteps(walk: Walk) {
  function expected({ role, place, actor }: Walker, kind: Kind, letters = EXPECTED[role]?.[kind] ?? ''): string[] {
    return walk.things[kind]
      .filter((thing) => reachedBy(letters, place, thing, actor.userId ?? ''))
      .map(({ label }) => label)
      .sort();
  }

  /** The adopted plan is read besides by whoever reads plans of a unit that takes part or reports for it: all do here. */
  function expectedPlans(walker: Walker): string[] {
    const { plan = '', report = '' } = EXPECTED[walker.role] ?? {};
    const found = expected(walker, 'plan');
    const takesPart = /[SH]/.test(plan + report) && !found.includes('the adopted plan');
    return [...found, ...(takesPart ? ['the adopted plan'] : [])].sort();
  }

  const labels = (kind: Kind, ids: readonly string[]): string[] =>
    ids.map((id) => walk.things[kind].find((thing) => thing.id === id)?.label ?? `unknown ${kind} ${id}`).sort();

  const ask = (key: string | undefined, url: string) =>
    walk.server.app.inject({
      method: 'GET',
      url: `/api/v1${url}`,
      headers: { host: '127.0.0.1', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    });

  async function get<Answer>({ key, role, place }: Walker, url: string): Promise<Answer> {
    const answer = await ask(key, url);
    expect(answer.statusCode, `${role} of ${place}: ${url}: ${answer.body}`).toBe(200);
    return answer.json() as Answer;
  }

  async function statusOf({ key }: Walker, url: string): Promise<number> {
    return (await ask(key, url)).statusCode;
  }

  /** A table without its heading and without empty lines. */
  async function exported({ key }: Walker, url: string): Promise<string[] | number> {
    const { statusCode, body } = await ask(key, url);
    if (statusCode !== 200) return statusCode;
    return body
      .replace(/^\uFEFF/, '')
      .split('\r\n')
      .slice(1)
      .filter((line) => line !== '')
      .sort();
  }

  const at = (place: PlaceName): string => walk.test.city.organizations[place];
  const everybody = async (look: (walker: Walker, who: string) => Promise<void>): Promise<void> => {
    for (const walker of walk.walkers) await look(walker, `${walker.role} of ${walker.place}`);
  };
  return { expected, expectedPlans, labels, ask, get, statusOf, exported, at, everybody };
}
