import { QuanlianError } from '@quanlian/contract';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { AccountService } from './accounts.service.js';
import type { Requests } from './requests.js';

const MadeSchema = z.object({ email: z.string(), password: z.string() });
const ACCESS = ['access.sign_in_required', 'access.denied', ...WRITE_PROBLEMS] as const;
const security = [{ token: [] }];

/** What the command asks a running server for; only with the token of the data folder. */
export function accountRoutes(
  { requireActor }: Pick<Requests, 'requireActor'>,
  accounts: AccountService,
): FastifyPluginAsyncZod {
  const requireOwner = async (request: FastifyRequest): Promise<void> => {
    const { kind } = await requireActor(request);
    if (kind !== 'system') throw new QuanlianError('access.denied', 'This takes the token of the data folder.');
  };
  return async (app) => {
    app.post(
      '/accounts',
      {
        schema: {
          tags: ['identity'],
          summary: 'Make an account as the owner of the data folder',
          security,
          body: z.object({
            email: z.email().max(254),
            name: z.string().trim().min(1).max(100),
            role: z.string().max(64),
            organization: z.string().max(64).optional(),
            city: z.string().trim().min(1).max(200).optional(),
          }),
          response: {
            201: MadeSchema,
            ...problems('person.exists', 'organization.not_found', 'membership.refused', 'usage.invalid', ...ACCESS),
          },
        },
      },
      async (request, reply) => {
        await requireOwner(request);
        return reply.status(201).send(await accounts.add(request.body));
      },
    );
    app.post(
      '/accounts/reset',
      {
        schema: {
          tags: ['identity'],
          summary: 'Give somebody a new random password',
          security,
          body: z.object({ email: z.email().max(254) }),
          response: { 200: MadeSchema, ...problems('person.not_found', ...ACCESS) },
        },
      },
      async (request) => {
        await requireOwner(request);
        return accounts.reset(request.body.email);
      },
    );
    app.post(
      '/accounts/disable-demo',
      {
        schema: {
          tags: ['identity'],
          summary: 'Take the accounts of the demo city out of use',
          security,
          response: { 200: z.object({ disabled: z.number().int() }), ...problems(...ACCESS) },
        },
      },
      async (request) => {
        await requireOwner(request);
        return { disabled: await accounts.disableDemo() };
      },
    );
  };
}
