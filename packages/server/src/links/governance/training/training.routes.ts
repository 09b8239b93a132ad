import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { catalogueRoutes } from './catalogue.routes.js';
import { erasureRoutes } from './erasure.routes.js';
import { peopleRoutes } from './people.routes.js';
import { proofRoutes } from './proof.routes.js';
import type { TrainingRoutesDeps } from './route.parts.js';

/** Everything of the training over HTTP. Under `/api/v1`. */
export function trainingRoutes(deps: TrainingRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(catalogueRoutes(deps));
    await app.register(peopleRoutes(deps));
    await app.register(proofRoutes(deps));
    await app.register(erasureRoutes(deps));
  };
}
