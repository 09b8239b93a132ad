import type { DefinitionContent, Formula } from '@quanlian/contract';
import { numberOrNone, textOf } from '../../work/parts/ActionForm.js';
import { readCriteria } from './criteria.js';

type Test = Extract<Formula, { kind: 'count' }>['test'];

const both = (data: FormData, name: string) => ({ zh: textOf(data, `${name} zh`), en: textOf(data, `${name} en`) });

/** Which records count: all, those a rule says yes to, or those that meet the criteria. */
function testOf(data: FormData): Test {
  const kind = textOf(data, 'test');
  if (kind === 'rule') return { rule: textOf(data, 'rule') };
  if (kind !== 'criteria') return null;
  return { requires: readCriteria(textOf(data, 'requires')), criteria: readCriteria(textOf(data, 'criteria')) };
}

function formulaOf(data: FormData): Formula {
  const kind = textOf(data, 'formula');
  if (kind === 'stated') return { kind };
  const shared = {
    test: testOf(data),
    factor: numberOrNone(data, 'factor') ?? 1,
    decimals: numberOrNone(data, 'decimals') ?? 0,
  };
  return kind === 'sum' ? { kind, fact: textOf(data, 'fact'), ...shared } : { kind: 'count', ...shared };
}

/** Reads a definition from the boxes of `DefinitionFields`. */
export function readDefinition(data: FormData): DefinitionContent {
  return {
    title: both(data, 'title'),
    text: both(data, 'text'),
    unit: both(data, 'unit'),
    source: both(data, 'source'),
    direction: textOf(data, 'direction') === 'down' ? 'down' : 'up',
    aggregation: textOf(data, 'aggregation') === 'sum' ? 'sum' : 'none',
    formula: formulaOf(data),
  };
}
