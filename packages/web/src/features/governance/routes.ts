import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/rootRoute.js';
import { tidyFindings } from './inspection/search.js';
import { tidyResearch } from './research/search.js';
import { tidyPeople } from './training/search.js';

const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance',
  component: lazyRouteComponent(() => import('./OverviewPage.js'), 'OverviewPage'),
});

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training',
  validateSearch: (raw: Record<string, unknown>) => {
    const { on, organization } = tidyPeople(raw);
    return { ...(on === undefined ? {} : { on }), ...(organization === undefined ? {} : { organization }) };
  },
  component: lazyRouteComponent(() => import('./training/CoveragePage.js'), 'CoveragePage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training/people',
  validateSearch: tidyPeople,
  component: lazyRouteComponent(() => import('./training/PeoplePage.js'), 'PeoplePage'),
});

const rosterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training/roster',
  component: lazyRouteComponent(() => import('./training/RosterPage.js'), 'RosterPage'),
});

const batchesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training/batches',
  component: lazyRouteComponent(() => import('./training/BatchesPage.js'), 'BatchesPage'),
});

const batchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training/batches/$id',
  component: lazyRouteComponent(() => import('./training/BatchPage.js'), 'BatchPage'),
});

const coursesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training/courses',
  component: lazyRouteComponent(() => import('./training/CoursesPage.js'), 'CoursesPage'),
});

const mineRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/training/mine',
  component: lazyRouteComponent(() => import('./training/MinePage.js'), 'MinePage'),
});

const checkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/certificates',
  component: lazyRouteComponent(() => import('./training/CertificatePage.js'), 'CheckPage'),
});

const certificateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/certificates/$code',
  component: lazyRouteComponent(() => import('./training/CertificatePage.js'), 'CertificatePage'),
});

/** The year an address names. */
function tidyYear(raw: Record<string, unknown>): { year?: number } {
  const year = Number(raw['year']);
  return Number.isInteger(year) && year >= 1980 && year <= 2100 ? { year } : {};
}

/** The organization an address names. */
function tidyOrganization(raw: Record<string, unknown>): { organization?: string } {
  return typeof raw['organization'] === 'string' ? { organization: raw['organization'] } : {};
}

const plansRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/plans',
  component: lazyRouteComponent(() => import('./plan/PlansPage.js'), 'PlansPage'),
});

const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/plans/$id',
  component: lazyRouteComponent(() => import('./plan/PlanPage.js'), 'PlanPage'),
});

const dashboardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/plans/$id/dashboard',
  validateSearch: tidyYear,
  component: lazyRouteComponent(() => import('./plan/DashboardPage.js'), 'DashboardPage'),
});

const figureRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/plans/$id/figures/$key',
  validateSearch: tidyYear,
  component: lazyRouteComponent(() => import('./plan/FigurePage.js'), 'FigurePage'),
});

const indicatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/plans/$id/indicators/$indicator',
  validateSearch: tidyOrganization,
  component: lazyRouteComponent(() => import('./plan/IndicatorPage.js'), 'IndicatorPage'),
});

const valueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/values/$id',
  component: lazyRouteComponent(() => import('./plan/ValuePage.js'), 'ValuePage'),
});

const reportRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/reports/$id',
  component: lazyRouteComponent(() => import('./plan/ReportPage.js'), 'ReportPage'),
});

const researchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/research',
  validateSearch: tidyResearch,
  component: lazyRouteComponent(() => import('./research/ResearchPage.js'), 'ResearchPage'),
});

const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/research/$id',
  component: lazyRouteComponent(() => import('./research/ProjectPage.js'), 'ProjectPage'),
});

const inspectionOverviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/inspection',
  component: lazyRouteComponent(() => import('./inspection/OverviewPage.js'), 'InspectionOverviewPage'),
});

const findingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/inspection/findings',
  validateSearch: tidyFindings,
  component: lazyRouteComponent(() => import('./inspection/FindingsPage.js'), 'FindingsPage'),
});

const inspectionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/inspection/inspections',
  component: lazyRouteComponent(() => import('./inspection/InspectionsPage.js'), 'InspectionsPage'),
});

const inspectionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/inspection/inspections/$id',
  component: lazyRouteComponent(() => import('./inspection/InspectionPage.js'), 'InspectionPage'),
});

const inspectionPlansRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/governance/inspection/plans',
  component: lazyRouteComponent(() => import('./inspection/PlansPage.js'), 'InspectionPlansPage'),
});

/** Plans, training, research, inspection. */
export const governanceRoutes = [
  overviewRoute,
  coverageRoute,
  peopleRoute,
  rosterRoute,
  batchesRoute,
  batchRoute,
  coursesRoute,
  mineRoute,
  checkRoute,
  certificateRoute,
  plansRoute,
  planRoute,
  dashboardRoute,
  figureRoute,
  indicatorRoute,
  valueRoute,
  reportRoute,
  researchRoute,
  projectRoute,
  inspectionOverviewRoute,
  findingsRoute,
  inspectionsRoute,
  inspectionRoute,
  inspectionPlansRoute,
] as const;
