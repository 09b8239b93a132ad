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

/** What stands under everything that people do: tasks, cases, rules, the log, notices. */
export const workRoutes = [tasksRoute, casesRoute, caseRoute, rulesRoute, ruleRoute, auditRoute, noticesRoute] as const;
