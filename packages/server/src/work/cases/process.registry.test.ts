import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseProcess } from './case-process.js';
import { type Law, loadLaw } from './law.js';
import { createProcessRegistry } from './process.registry.js';
import { RACE_PROCESS, SAMPLE_PROCESS } from './sample.testkit.js';

let law: Law;
beforeAll(async () => {
  law = await loadLaw();
});

const broken = (change: Partial<CaseProcess['definition']>): CaseProcess => ({
  ...RACE_PROCESS,
  definition: { ...RACE_PROCESS.definition, ...change },
});
const start = (...processes: CaseProcess[]) => createProcessRegistry({ processes, rules: law.rules });

describe('the start', () => {
  it('takes sound processes and finds versions', () => {
    const newer = broken({ version: 2 });
    const registry = start(RACE_PROCESS, SAMPLE_PROCESS, newer);
    expect(registry.newest('test-race')).toBe(newer);
    expect(registry.of('test-race', 1)).toBe(RACE_PROCESS);
    expect(() => registry.of('test-race', 9)).toThrow('version 9');
    expect(() => registry.newest('nothing')).toThrow('There is no process "nothing"');
  });

  const { states, transitions } = RACE_PROCESS.definition;
  const island = { id: 'island', kind: 'active', title: { zh: '孤', en: 'Island' } } as const;
  it.each([
    [
      'unknown state',
      broken({ transitions: [transitions[0]!, { ...transitions[1]!, from: ['lap', 'nowhere'] }] }),
      'nowhere',
    ],
    ['unreachable state', broken({ states: [...states, island] }), 'No way leads'],
    [
      'dead end',
      broken({
        states: [...states, island],
        transitions: [...transitions, { ...transitions[1]!, id: 'off', to: 'island' }],
      }),
      'no step leads out',
    ],
    [
      'unknown permission',
      broken({ transitions: [{ ...transitions[0]!, who: { permission: 'fly' } }, transitions[1]!] }),
      'fly',
    ],
    ['unknown guard', { ...SAMPLE_PROCESS, guards: {} }, 'not-blocked'],
    ['the same version twice', RACE_PROCESS, 'given twice'],
  ])('refuses %s with a sentence', (_, process, part) => {
    const extra = process === RACE_PROCESS ? [RACE_PROCESS] : [];
    expect(() => start(process, ...extra)).toThrow(expect.objectContaining({ code: 'process.invalid' }));
    expect(() => start(process, ...extra)).toThrow(part);
  });
});
