import type {
  Both,
  FigureRecords,
  IndicatorStanding,
  IndicatorWhole,
  PlanDashboard,
  PlanFigure,
  PlanMeasure,
} from '@quanlian/contract';
import type { TaskRecord } from './tasks.repo.js';

/** Everything the figures of a plan's year are counted from. */
export interface PlanYear {
  readonly year: number;
  readonly date: string;
  readonly standings: readonly IndicatorStanding[];
  readonly wholes: readonly IndicatorWhole[];
  readonly tasks: readonly TaskRecord[];
  readonly measures: readonly PlanMeasure[];
  /** Values that wait for their review. */
  readonly waiting: readonly { readonly id: string; readonly organizationId: string; readonly label: string }[];
}

type Entry = FigureRecords['records'][number];

interface FigureDefinition {
  readonly title: Both;
  records(year: PlanYear): Entry[];
}

const standingEntry = ({ indicatorId, organizationId, code }: IndicatorStanding): Entry => ({
  kind: 'indicator',
  id: indicatorId,
  label: code,
  organizationId,
});
const taskEntry = ({ id, title, organizationId }: TaskRecord): Entry => ({
  kind: 'task',
  id,
  label: title,
  organizationId,
});
const measureEntry = ({ id, title, organizationId }: PlanMeasure): Entry => ({
  kind: 'measure',
  id,
  label: title.zh,
  organizationId,
});

const indicators = (zh: string, en: string, colour?: IndicatorStanding['colour']): FigureDefinition => ({
  title: { zh, en },
  records: ({ standings }) =>
    standings.filter((standing) => colour === undefined || standing.colour === colour).map(standingEntry),
});
const tasks = (zh: string, en: string, which: (task: TaskRecord, date: string) => boolean): FigureDefinition => ({
  title: { zh, en },
  records: ({ tasks: all, date }) => all.filter((task) => which(task, date)).map(taskEntry),
});
const measures = (zh: string, en: string, which: (measure: PlanMeasure) => boolean): FigureDefinition => ({
  title: { zh, en },
  records: ({ measures: all }) => all.filter(which).map(measureEntry),
});

const isOpen = ({ state }: TaskRecord): boolean => state !== 'closed' && state !== 'withdrawn';
/** A task under review rests: whoever did it has reported. */
const isOverdue = (task: TaskRecord, date: string): boolean =>
  isOpen(task) && task.state !== 'draft' && task.lastDay !== null && task.lastDay < date;
const closedLate = ({ state, closedOn, lastDay }: TaskRecord): boolean =>
  state === 'closed' && closedOn !== null && lastDay !== null && closedOn > lastDay;

/** The figures of a plan. Each is the number of its records, so that it always opens into what it counts. */
export const FIGURES = {
  indicatorsTotal: indicators('指标', 'Indicators'),
  indicatorsGreen: indicators('指标正常', 'Indicators on their way', 'green'),
  indicatorsAmber: indicators('指标预警', 'Indicators behind', 'amber'),
  indicatorsRed: indicators('指标滞后', 'Indicators far behind', 'red'),
  indicatorsGrey: indicators('指标无数据', 'Indicators without a value', 'grey'),
  tasksTotal: tasks('任务', 'Tasks', () => true),
  tasksDraft: tasks('未启动', 'Tasks not started', ({ state }) => state === 'draft'),
  tasksOpen: tasks('未办结', 'Tasks open', isOpen),
  tasksUnsigned: tasks('待签收', 'Tasks not signed for', ({ state }) => state === 'dispatched'),
  tasksInReview: tasks('待审核', 'Tasks in review', ({ state }) => state === 'reported'),
  tasksOverdue: tasks('逾期', 'Tasks overdue', isOverdue),
  tasksClosed: tasks('已办结', 'Tasks closed', ({ state }) => state === 'closed'),
  tasksClosedInTime: tasks('按期办结', 'Closed in time', (task) => task.state === 'closed' && !closedLate(task)),
  tasksClosedLate: tasks('逾期办结', 'Closed late', closedLate),
  tasksWithdrawn: tasks('已撤回', 'Tasks withdrawn', ({ state }) => state === 'withdrawn'),
  measuresTotal: measures('举措', 'Measures', () => true),
  measuresDone: measures('已完成举措', 'Measures done', ({ state }) => state === 'done'),
  measuresRunning: measures('进行中举措', 'Measures running', ({ state }) => state === 'running'),
  valuesWaiting: {
    title: { zh: '待审核数据', en: 'Values waiting for review' },
    records: ({ waiting }) => waiting.map((value) => ({ kind: 'value', ...value })),
  },
} as const satisfies Record<string, FigureDefinition>;
export type FigureKey = keyof typeof FIGURES;

export const isFigureKey = (key: string): key is FigureKey => Object.hasOwn(FIGURES, key);

export const figureOf = (key: FigureKey, year: PlanYear): PlanFigure => ({
  key,
  title: FIGURES[key].title,
  value: FIGURES[key].records(year).length,
});

export const allFigures = (year: PlanYear): PlanFigure[] =>
  (Object.keys(FIGURES) as FigureKey[]).map((key) => figureOf(key, year));

/** How each unit stands. */
export function unitRows(year: PlanYear): PlanDashboard['units'] {
  const ids = new Set([
    ...year.standings.map(({ organizationId }) => organizationId),
    ...year.tasks.map(({ organizationId }) => organizationId),
  ]);
  return [...ids].sort().map((organizationId) => {
    const of = (key: FigureKey) =>
      FIGURES[key].records(year).filter((entry) => entry.organizationId === organizationId).length;
    return {
      organizationId,
      green: of('indicatorsGreen'),
      amber: of('indicatorsAmber'),
      red: of('indicatorsRed'),
      grey: of('indicatorsGrey'),
      tasksOpen: of('tasksOpen'),
      tasksOverdue: of('tasksOverdue'),
      tasksClosed: of('tasksClosed'),
    };
  });
}
