import type { WorkSchema } from '@quanlian/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import type { Requests } from '../../identity/requests.js';
import { deriveKey } from '../../identity/secret.js';
import type { Actor } from '../../work/actor.js';
import type { Audit } from '../../work/audit/audit.js';
import type { Cases } from '../../work/cases/cases.service.js';
import type { Environment } from '../../work/environment.js';
import { createInspectionWork, type InspectionWork } from './inspection/inspection.js';
import { inspectionRoutes } from './inspection/inspection.routes.js';
import { researchRoutes } from './research/research.routes.js';
import { createResearch, type ResearchService } from './research/research.service.js';
import { createTraining, type Training } from './training/training.js';
import { trainingRoutes } from './training/training.routes.js';

/** What a programme is carried out by besides its plan: training, research, inspection. */
export interface Programme {
  readonly training: Training;
  readonly research: ResearchService;
  readonly inspection: InspectionWork;
}

export interface ProgrammeDeps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly audit: Audit;
  /** Cases with the processes of `inspectionProcesses`. */
  readonly cases: Cases;
  readonly system: () => Promise<Actor>;
  /** The installation's. */
  readonly secret: Buffer;
}

export function createProgramme({ secret, ...deps }: ProgrammeDeps): Programme {
  return {
    training: createTraining({ ...deps, secret: deriveKey(secret, 'training certificates') }),
    research: createResearch(deps),
    inspection: createInspectionWork(deps),
  };
}

/** Training, research and inspection over HTTP. Under `/api/v1`. */
export function programmeRoutes(
  deps: Programme &
    Pick<Requests, 'requireActor'> & {
      readonly db: Kysely<WorkSchema>;
      readonly environment: Pick<Environment, 'now'>;
    },
): FastifyPluginAsyncZod {
  return async (app) => {
    await app.register(trainingRoutes(deps));
    await app.register(researchRoutes(deps));
    await app.register(inspectionRoutes(deps));
  };
}
