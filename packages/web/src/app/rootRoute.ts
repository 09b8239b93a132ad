import { createRootRoute } from '@tanstack/react-router';
import { Shell } from './shell/Shell.js';
import { NotFound } from './states/NotFound.js';

/** What every page stands in; a module of its own, because the links of the chain name it in routes of their own. */
export const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound });
