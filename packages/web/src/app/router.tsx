import { createRoute, createRouter, lazyRouteComponent, type RouterHistory } from '@tanstack/react-router';
import { governanceRoutes } from '../features/governance/routes.js';
import { identityRoutes } from '../features/identity/routes.js';
import { readClassesSearch } from '../features/information/classes/address.js';
import { tidyQuery } from '../features/information/query/address.js';
import { StartPage } from '../features/information/search/StartPage.js';
import { type RawSearch, tidySearch } from '../features/information/search/state.js';
import { workRoutes } from '../features/work/routes.js';
import { rootRoute } from './rootRoute.js';
import { parseSearch, stringifySearch } from './searchParams.js';
import { PageError } from './states/PageError.js';

const startRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: StartPage });

const searchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/search',
  validateSearch: (raw: RawSearch) => tidySearch(raw),
  component: lazyRouteComponent(() => import('../features/information/search/SearchPage.js'), 'SearchPage'),
});

const queryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/query',
  validateSearch: (raw: Record<string, unknown>) => tidyQuery(raw),
  component: lazyRouteComponent(() => import('../features/information/query/QueryPage.js'), 'QueryPage'),
});

const numbersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/numbers',
  component: lazyRouteComponent(() => import('../features/information/numbers/NumbersPage.js'), 'NumbersPage'),
});

const documentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/publications/$id',
  component: lazyRouteComponent(() => import('../features/information/document/DocumentPage.js'), 'DocumentPage'),
});

const loadsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/loads',
  component: lazyRouteComponent(() => import('../features/information/loads/LoadsPage.js'), 'LoadsPage'),
});

const classesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/classes',
  validateSearch: readClassesSearch,
  component: lazyRouteComponent(() => import('../features/information/classes/ClassesPage.js'), 'ClassesPage'),
});

const similarRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/similar',
  component: lazyRouteComponent(() => import('../features/information/similar/SimilarPage.js'), 'SimilarPage'),
});

const synonymsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/synonyms',
  component: lazyRouteComponent(() => import('../features/information/synonyms/SynonymsPage.js'), 'SynonymsPage'),
});

const namesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/names',
  component: lazyRouteComponent(() => import('../features/information/names/NamesPage.js'), 'NamesPage'),
});

const coverageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/coverage',
  component: lazyRouteComponent(() => import('../features/information/coverage/CoveragePage.js'), 'CoveragePage'),
});

const demoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/demo-city',
  component: lazyRouteComponent(() => import('../features/information/democity/DemoCityPage.js'), 'DemoCityPage'),
});

const routeTree = rootRoute.addChildren([
  startRoute,
  searchRoute,
  queryRoute,
  numbersRoute,
  documentRoute,
  loadsRoute,
  classesRoute,
  similarRoute,
  synonymsRoute,
  namesRoute,
  coverageRoute,
  demoRoute,
  ...identityRoutes,
  ...workRoutes,
  ...governanceRoutes,
]);

/** The routes of all pages; tests give a history of their own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history === undefined ? {} : { history }),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultErrorComponent: PageError,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
