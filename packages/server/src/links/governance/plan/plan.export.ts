import type { Both, PlanReport } from '@quanlian/contract';
import type { TableContent } from '@quanlian/formats/tables';
import type { Language } from '../../../work/text.js';
import { fillBlocks, type ReportData } from './report.blocks.js';

/** Tables of a plan's year that can be taken along. */
export const PLAN_TABLES = ['indicators', 'tasks', 'measures'] as const;
export type PlanTable = (typeof PLAN_TABLES)[number];

const QUERIES = {
  indicators: ['indicators'],
  tasks: ['tasks-closed', 'tasks-open', 'tasks-withdrawn'],
  measures: ['measures'],
} as const;

const NAMES: Readonly<Record<PlanTable, Both>> = {
  indicators: { zh: '指标', en: 'Indicators' },
  tasks: { zh: '任务', en: 'Tasks' },
  measures: { zh: '举措', en: 'Measures' },
};

/** A table of the year in one language, with the same rows that reports show. */
export function planTable(table: PlanTable, data: ReportData, language: Language): TableContent {
  const blocks = fillBlocks(
    QUERIES[table].map((query) => ({ kind: 'query', query })),
    data,
  );
  const tables = blocks.filter(
    (block): block is Extract<PlanReport['blocks'][number], { kind: 'table' }> => block.kind === 'table',
  );
  return {
    sheet: NAMES[table][language],
    headings: (tables[0]?.columns ?? []).map((words) => words[language]),
    rows: tables.flatMap(({ rows }) => rows.map(({ cells }) => cells.map((words) => words[language]))),
  };
}
