import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { LINKS } from '@quanlian/contract';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { addExamples } from './openapi.examples.js';
import { API_PAGES_POLICY } from './security.js';

const ABOUT: Readonly<Record<(typeof LINKS)[number], string>> = {
  information: 'Patent information: search, documents, files, loading',
  creation: 'From invention to grant',
  utilization: 'Licences, transfers, finance',
  protection: 'Monitoring, disputes, enforcement',
  management: 'Portfolios, fees, deadlines',
  service: 'Public services and agencies',
  governance: 'Policy, programmes, statistics',
};

/** Describes the API from the routes' own schemas. Registered before the routes, so that it sees them. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Quanlian',
        version,
        description:
          'One register of patent data. Reading needs no sign-in on this machine; a program that writes shows the ' +
          'token of the data folder.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        ...LINKS.map((name) => ({ name, description: ABOUT[name] })),
        { name: 'identity', description: 'Signing in, people, organizations, roles, API keys' },
        { name: 'operation', description: 'Health and metrics' },
      ],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The content of the file `token` in the data folder' },
          key: { type: 'http', scheme: 'bearer', description: 'An API key, for what people do' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

/** The document itself and pages that show it, with assets of this server only. Registered after the routes. */
export async function serveApiPages(app: FastifyInstance): Promise<void> {
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache');
    const description = structuredClone(app.swagger());
    addExamples(description as Parameters<typeof addExamples>[0]);
    return JSON.stringify(description);
  });
  await app.register(swaggerUi, {
    routePrefix: '/api',
    staticCSP: API_PAGES_POLICY,
    uiConfig: { docExpansion: 'list', validatorUrl: null, url: '/api/v1/openapi.json' },
  });
}
