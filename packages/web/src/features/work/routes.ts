import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/rootRoute.js';
import { tidyCaseSearch } from './cases/search.js';

const tasksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/tasks',
  component: lazyRouteComponent(() => import('./tasks/TasksPage.js'), 'TasksPage'),
});

const casesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases',
  validateSearch: tidyCaseSearch,
  component: lazyRouteComponent(() => import('./cases/CasesPage.js'), 'CasesPage'),
});

const caseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('./case/CasePage.js'), 'CasePage'),
});

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules',
  component: lazyRouteComponent(() => import('./rules/RulesPage.js'), 'RulesPage'),
});

const ruleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules/$id',
  component: lazyRouteComponent(() => import('./rules/RulePage.js'), 'RulePage'),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit/AuditPage.js'), 'AuditPage'),
});

const noticesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notices',
  component: lazyRouteComponent(() => import('./notices/NoticesPage.js'), 'NoticesPage'),
});

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./jobs/JobsPage.js'), 'JobsPage'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./webhooks/WebhooksPage.js'), 'WebhooksPage'),
});

const workingDaysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/working-days',
  validateSearch: (raw: Record<string, unknown>): { year?: number } => {
    const year = Number(raw['year']);
    return Number.isInteger(year) && year >= 1980 && year <= 2100 ? { year } : {};
  },
  component: lazyRouteComponent(() => import('./calendar/WorkingDaysPage.js'), 'WorkingDaysPage'),
});

/** What stands under everything that people do: tasks, cases, rules, the log, notices, jobs, webhooks, calendar. */
export const workRoutes = [
  tasksRoute,
  casesRoute,
  caseRoute,
  rulesRoute,
  ruleRoute,
  auditRoute,
  noticesRoute,
  jobsRoute,
  webhooksRoute,
  workingDaysRoute,
] as const;
