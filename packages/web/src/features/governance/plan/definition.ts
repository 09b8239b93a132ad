import type { DefinitionContent, Formula } from '@quanlian/contract';
import { numberOrNone, textOf } from '../../work/parts/ActionForm.js';

const both = (data: FormData, name: string) => ({ zh: textOf(data, `${name} zh`), en: textOf(data, `${name} en`) });

function formulaOf(data: FormData, before: Formula | undefined): Formula {
  const kind = textOf(data, 'formula');
  if (kind === 'stated') return { kind };
  // Which records count is kept from the version before; the page changes how they are counted.
  const test = before === undefined || before.kind === 'stated' ? null : before.test;
  const shared = { test, factor: numberOrNone(data, 'factor') ?? 1, decimals: numberOrNone(data, 'decimals') ?? 0 };
  return kind === 'sum' ? { kind, fact: textOf(data, 'fact'), ...shared } : { kind: 'count', ...shared };
}

/** Reads a definition from the boxes of `DefinitionFields`. */
export function readDefinition(data: FormData, before?: DefinitionContent): DefinitionContent {
  return {
    title: both(data, 'title'),
    text: both(data, 'text'),
    unit: both(data, 'unit'),
    source: both(data, 'source'),
    direction: textOf(data, 'direction') === 'down' ? 'down' : 'up',
    aggregation: textOf(data, 'aggregation') === 'sum' ? 'sum' : 'none',
    formula: formulaOf(data, before?.formula),
  };
}
