import { PersonalSettingsSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { PasswordReset } from './password-reset.js';
import type { Requests } from './requests.js';
import type { Settings } from './settings.js';

const TAGS = ['identity'];
/** Mails and guesses are slowed per client. */
const SLOW = { rateLimit: { max: 20, timeWindow: '1 minute' } };

interface Deps extends Pick<Requests, 'requireSession'> {
  readonly settings: Settings;
  readonly passwordReset: PasswordReset;
}

/** What a person chooses, and a forgotten password. Under `/identity`. */
export function settingsRoutes({ requireSession, settings, passwordReset }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/me/settings',
      {
        schema: {
          tags: TAGS,
          summary: 'The language of what is sent to one, and whether notices come by e-mail',
          response: { 200: PersonalSettingsSchema, ...problems('access.sign_in_required') },
        },
      },
      async (request) => settings.of((await requireSession(request)).personId),
    );
    app.put(
      '/me/settings',
      {
        schema: {
          tags: TAGS,
          summary: 'Change the language and whether notices come by e-mail; what is left out stays',
          body: PersonalSettingsSchema.partial(),
          response: { 200: PersonalSettingsSchema, ...problems('access.sign_in_required', ...WRITE_PROBLEMS) },
        },
      },
      async (request) => settings.change((await requireSession(request)).personId, request.body),
    );
    app.post(
      '/password/forgotten',
      {
        config: SLOW,
        schema: {
          tags: TAGS,
          summary: 'Have a mail sent with which a new password can be set',
          description: 'The answer is the same whether somebody has the address or not.',
          body: z.object({ email: z.email().max(254) }),
          response: { 204: z.null(), ...problems('sign_in.unavailable', ...WRITE_PROBLEMS) },
        },
      },
      async (request, reply) => {
        await passwordReset.ask(request.body.email);
        return reply.status(204).send(null);
      },
    );
    app.post(
      '/password/reset',
      {
        config: SLOW,
        schema: {
          tags: TAGS,
          summary: 'Set a new password with the secret of the mail; every session ends',
          body: z.object({ secret: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
          response: { 204: z.null(), ...problems('sign_in.refused', 'password.weak', ...WRITE_PROBLEMS) },
        },
      },
      async (request, reply) => {
        await passwordReset.set(request.body.secret, request.body.password);
        return reply.status(204).send(null);
      },
    );
  };
}
