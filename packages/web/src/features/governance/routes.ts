import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/rootRoute.js';
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
] as const;
