import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/rootRoute.js';

/** Where to go after signing in: a path of these pages. */
function tidySignIn(raw: Record<string, unknown>): { to?: string; signIn?: 'refused' } {
  return {
    ...(typeof raw['to'] === 'string' ? { to: raw['to'] } : {}),
    // A provider that does not let somebody in sends them back with this.
    ...(raw['signIn'] === 'refused' ? { signIn: 'refused' } : {}),
  };
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: tidySignIn,
  component: lazyRouteComponent(() => import('./SignInPage.js'), 'SignInPage'),
});

const forgottenRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./PasswordPages.js'), 'ForgottenPasswordPage'),
});

const newPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/password',
  component: lazyRouteComponent(() => import('./PasswordPages.js'), 'NewPasswordPage'),
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
  forgottenRoute,
  newPasswordRoute,
  invitationRoute,
  accountRoute,
  organizationsRoute,
  organizationRoute,
] as const;
