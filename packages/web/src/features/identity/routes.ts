import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/rootRoute.js';

/** Where to go after signing in: a path of these pages. */
function tidySignIn(raw: Record<string, unknown>): { to?: string } {
  return typeof raw['to'] === 'string' ? { to: raw['to'] } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: tidySignIn,
  component: lazyRouteComponent(() => import('./SignInPage.js'), 'SignInPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./InvitationPage.js'), 'InvitationPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/AccountPage.js'), 'AccountPage'),
});

const organizationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations',
  component: lazyRouteComponent(() => import('./organizations/OrganizationsPage.js'), 'OrganizationsPage'),
});

const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/$id',
  component: lazyRouteComponent(() => import('./organizations/OrganizationPage.js'), 'OrganizationPage'),
});

/** People and organizations. */
export const identityRoutes = [
  signInRoute,
  invitationRoute,
  accountRoute,
  organizationsRoute,
  organizationRoute,
] as const;
