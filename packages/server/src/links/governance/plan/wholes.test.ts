import type { DefinitionContent, IndicatorStanding } from '@quanlian/contract';
import { expect, it } from 'vitest';
import { loadLaw } from '../../../work/cases/law.js';
import { wholesOf } from './wholes.js';

const words = { zh: '件', en: 'pieces' };
const indicator = (id: string, aggregation: DefinitionContent['aggregation']) => ({
  id,
  code: id,
  content: { title: words, unit: words, aggregation } as DefinitionContent,
});
const standing = (indicatorId: string, organizationId: string, value: number | null) =>
  ({ indicatorId, organizationId, value }) as IndicatorStanding;

const PATHS: Readonly<Record<string, readonly [number, number]>> = { 'a north': [0.1, 10], 'a south': [0.2, 20] };
const paths = (indicatorId: string, organizationId: string) => {
  const [from, to] = PATHS[`${indicatorId} ${organizationId}`] ?? [];
  return {
    baseline: from === undefined ? undefined : { date: '2025-12-31', value: from },
    target: to === undefined ? undefined : { date: '2026-12-31', value: to },
  };
};

it('adds up the units of an indicator that may be added up, and judges the sum once every unit has a value', async () => {
  const law = await loadLaw();
  const at = { paths, date: '2026-12-31', until: '2026-12-31' };
  const indicators = [indicator('a', 'sum'), indicator('b', 'none'), indicator('c', 'sum')];
  const full = wholesOf(
    law,
    indicators,
    [standing('a', 'north', 10.1), standing('a', 'south', 20.2), standing('b', 'north', 5), standing('b', 'south', 6)],
    at,
  );
  expect(full).toMatchObject([
    { indicatorId: 'a', units: 2, reported: 2, baseline: 0.3, target: 30, value: 30.3, colour: 'green' },
  ]);
  const partly = wholesOf(law, indicators, [standing('a', 'north', 10.1), standing('a', 'south', null)], at);
  expect(partly).toMatchObject([{ units: 2, reported: 1, value: 10.1, colour: 'grey' }]);
  const without = wholesOf(law, indicators, [standing('c', 'north', 1), standing('c', 'south', 2)], at);
  expect(without).toMatchObject([{ indicatorId: 'c', baseline: null, target: null, value: 3, colour: 'grey' }]);
});
