import type { Both, FilledReportBlock, NewReport, ReportBlock } from '@quanlian/contract';
import { QuanlianError } from '@quanlian/contract';
import { fill, placesIn } from '../../../work/text.js';
import { allFigures, figureOf, isFigureKey, type PlanYear } from './figures.js';
import type { TaskRecord } from './tasks.repo.js';

const heading = (zh: string, en: string): ReportBlock => ({ kind: 'heading', text: { zh, en } });
const query = (name: Extract<ReportBlock, { kind: 'query' }>['query']): ReportBlock => ({ kind: 'query', query: name });

/** What a report begins with; people change it. */
export const DEFAULT_BLOCKS: Readonly<Record<NewReport['kind'], readonly ReportBlock[]>> = {
  summary: [
    heading('总体情况', 'Overview'),
    {
      kind: 'text',
      text: {
        zh: '截至 {date}，{year} 年共有指标 {indicatorsTotal} 项，其中正常 {indicatorsGreen} 项、预警 {indicatorsAmber} 项、滞后 {indicatorsRed} 项、无数据 {indicatorsGrey} 项；任务 {tasksTotal} 项，已办结 {tasksClosed} 项（按期 {tasksClosedInTime} 项），逾期未办结 {tasksOverdue} 项。',
        en: 'On {date} the plan for {year} has {indicatorsTotal} indicators: {indicatorsGreen} on their way, {indicatorsAmber} behind, {indicatorsRed} far behind, {indicatorsGrey} without a value. Of {tasksTotal} tasks {tasksClosed} are closed ({tasksClosedInTime} in time) and {tasksOverdue} are overdue.',
      },
    },
    heading('指标完成情况', 'Indicators'),
    query('indicators'),
    heading('已办结任务', 'Tasks closed'),
    query('tasks-closed'),
    heading('未办结任务', 'Tasks open'),
    query('tasks-open'),
    heading('举措', 'Measures'),
    query('measures'),
  ],
  'next-year': [
    heading('目标', 'Targets'),
    {
      kind: 'text',
      text: {
        zh: '下表按 {date} 的数据列出各单位 {nextYear} 年目标及所需增量；结转任务 {tasksOpen} 项。',
        en: 'The table gives each unit’s target for {nextYear} and what is still needed, by the data of {date}. {tasksOpen} tasks are carried over.',
      },
    },
    query('next-targets'),
    heading('结转任务', 'Tasks carried over'),
    query('tasks-open'),
    heading('继续实施的举措', 'Measures that go on'),
    query('measures'),
  ],
};

/** What texts may name besides figures. */
const OTHER_PLACES = ['year', 'nextYear', 'date'];

/** Throws `plan.refused` when a block names a figure that does not exist. */
export function checkBlocks(blocks: readonly ReportBlock[]): void {
  const known = (name: string) => isFigureKey(name) || OTHER_PLACES.includes(name);
  for (const block of blocks) {
    const names =
      block.kind === 'figures'
        ? block.keys
        : block.kind === 'text'
          ? [...placesIn(block.text.zh), ...placesIn(block.text.en)]
          : [];
    const unknown = names.find((name) => !known(name));
    if (unknown) throw new QuanlianError('plan.refused', `There is no figure "${unknown}".`, { path: 'blocks' });
  }
}

/** What tables need besides the figures. */
export interface ReportData {
  readonly data: PlanYear;
  /** Names of organizations in both languages. */
  readonly names: ReadonlyMap<string, Both>;
  readonly states: ReadonlyMap<string, Both>;
  /** Next year's target by indicator and unit. */
  readonly nextTargets: ReadonlyMap<string, number>;
}

type Table = Extract<FilledReportBlock, { kind: 'table' }>;

const both = (text: string): Both => ({ zh: text, en: text });
const DASH = both('—');
const number = (value: number | null): Both => (value === null ? { zh: '未知', en: 'unknown' } : both(String(value)));
const COLOURS: Readonly<Record<string, Both>> = {
  green: { zh: '正常', en: 'on its way' },
  amber: { zh: '预警', en: 'behind' },
  red: { zh: '滞后', en: 'far behind' },
  grey: { zh: '无数据', en: 'no value' },
};
const MEASURES: Readonly<Record<string, Both>> = {
  planned: { zh: '未开始', en: 'planned' },
  running: { zh: '进行中', en: 'running' },
  done: { zh: '已完成', en: 'done' },
  dropped: { zh: '已取消', en: 'dropped' },
};
const column = (zh: string, en: string): Both => ({ zh, en });
const UNIT = column('单位', 'Unit');

function indicatorTable({ data, names }: ReportData): Table {
  return {
    kind: 'table',
    query: 'indicators',
    columns: [
      column('指标', 'Indicator'),
      UNIT,
      column('基期', 'Baseline'),
      column('目标', 'Target'),
      column('完成', 'Value'),
      column('状态', 'Standing'),
    ],
    rows: data.standings.map((standing) => ({
      ref: { kind: 'indicator', id: standing.indicatorId },
      cells: [
        { zh: `${standing.code} ${standing.title.zh}`, en: `${standing.code} ${standing.title.en}` },
        names.get(standing.organizationId) ?? DASH,
        number(standing.baseline),
        number(standing.target),
        number(standing.value),
        COLOURS[standing.colour] ?? DASH,
      ],
    })),
  };
}

function taskTable(name: string, { data, names, states }: ReportData, which: (task: TaskRecord) => boolean): Table {
  return {
    kind: 'table',
    query: name,
    columns: [
      column('任务', 'Task'),
      UNIT,
      column('期限', 'Due on'),
      column('状态', 'State'),
      column('办结日', 'Closed on'),
    ],
    rows: data.tasks.filter(which).map((task) => ({
      ref: { kind: 'case', id: task.id },
      cells: [
        both(task.title),
        names.get(task.organizationId) ?? DASH,
        both(task.dueOn),
        states.get(task.state) ?? both(task.state),
        task.closedOn === null ? DASH : both(task.closedOn),
      ],
    })),
  };
}

function measureTable({ data, names }: ReportData): Table {
  return {
    kind: 'table',
    query: 'measures',
    columns: [column('举措', 'Measure'), UNIT, column('起', 'From'), column('止', 'To'), column('状态', 'State')],
    rows: data.measures.map((measure) => ({
      ref: { kind: 'measure', id: measure.id },
      cells: [
        measure.title,
        names.get(measure.organizationId) ?? DASH,
        both(measure.fromDate),
        both(measure.toDate),
        MEASURES[measure.state] ?? DASH,
      ],
    })),
  };
}

/** What is still needed is the way from the value to next year's target, in the direction of the indicator. */
function nextTable({ data, names, nextTargets }: ReportData): Table {
  return {
    kind: 'table',
    query: 'next-targets',
    columns: [
      column('指标', 'Indicator'),
      UNIT,
      column('完成', 'Value'),
      column('明年目标', 'Next year’s target'),
      column('所需变化', 'Change needed'),
    ],
    rows: data.standings.map((standing) => {
      const next = nextTargets.get(`${standing.indicatorId} ${standing.organizationId}`) ?? null;
      const change = next === null || standing.value === null ? null : Number((next - standing.value).toPrecision(12));
      return {
        ref: { kind: 'indicator', id: standing.indicatorId },
        cells: [
          { zh: `${standing.code} ${standing.title.zh}`, en: `${standing.code} ${standing.title.en}` },
          names.get(standing.organizationId) ?? DASH,
          number(standing.value),
          number(next),
          number(change),
        ],
      };
    }),
  };
}

type Query = Extract<ReportBlock, { kind: 'query' }>['query'];

const TASKS_OF: Readonly<Record<Extract<Query, `tasks-${string}`>, (task: TaskRecord) => boolean>> = {
  'tasks-closed': ({ state }) => state === 'closed',
  'tasks-open': ({ state }) => state !== 'closed' && state !== 'withdrawn',
  'tasks-withdrawn': ({ state }) => state === 'withdrawn',
};

function fillQuery(name: Query, data: ReportData): Table {
  if (name === 'indicators') return indicatorTable(data);
  if (name === 'measures') return measureTable(data);
  if (name === 'next-targets') return nextTable(data);
  return taskTable(name, data, TASKS_OF[name]);
}

/** The blocks with what their queries give now. */
export function fillBlocks(blocks: readonly ReportBlock[], report: ReportData): FilledReportBlock[] {
  const { data } = report;
  const values = {
    ...Object.fromEntries(allFigures(data).map(({ key, value }) => [key, value])),
    year: data.year,
    nextYear: data.year + 1,
    date: data.date,
  };
  return blocks.map((block): FilledReportBlock => {
    if (block.kind === 'heading') return block;
    if (block.kind === 'text')
      return { kind: 'text', text: { zh: fill(block.text.zh, values), en: fill(block.text.en, values) } };
    if (block.kind === 'query') return fillQuery(block.query, report);
    return { kind: 'figures', figures: block.keys.filter(isFigureKey).map((key) => figureOf(key, data)) };
  });
}
