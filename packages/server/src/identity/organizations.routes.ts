import {
  IdSchema,
  MemberSchema,
  NewMemberSchema,
  NewOrganizationSchema,
  OrganizationChangeSchema,
  OrganizationSchema,
} from '@quanlian/contract';
import { mayHold, ROLE_IDS, ROLES } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { Api } from '../http/api.js';
import type { Identity } from './identity.js';

const TAGS = ['identity'];
const READ = ['access.sign_in_required', 'access.key_refused', 'access.denied', 'organization.not_found'] as const;
const WRITE = [...READ, 'membership.refused', 'person.not_found', ...WRITE_PROBLEMS] as const;
const ById = z.object({ id: IdSchema });
const WhySchema = z.object({ why: z.string().trim().min(1).max(2000) });

function addOrganizations(app: Api, { requests, organizations }: Identity): void {
  app.get(
    '/organizations',
    {
      schema: {
        tags: TAGS,
        summary: 'The organizations within one’s reach, from the top down',
        response: { 200: z.object({ organizations: z.array(OrganizationSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ organizations: await organizations.list(await requests.requireActor(request)) }),
  );
  app.get(
    '/organizations/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'One organization',
        params: ById,
        response: { 200: OrganizationSchema, ...problems(...READ) },
      },
    },
    async (request) => organizations.get(await requests.requireActor(request), request.params.id),
  );
  app.post(
    '/organizations',
    {
      schema: {
        tags: TAGS,
        summary: 'Add an organization under another',
        body: NewOrganizationSchema,
        response: { 201: OrganizationSchema, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      return reply.status(201).send(await organizations.add(actor, request.body));
    },
  );
  app.patch(
    '/organizations/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Change or close an organization',
        params: ById,
        body: OrganizationChangeSchema,
        response: { 200: OrganizationSchema, ...problems('organization.changed', ...WRITE) },
      },
    },
    async (request) => organizations.change(await requests.requireActor(request), request.params.id, request.body),
  );
}

function addMembers(app: Api, { requests, members }: Identity): void {
  app.get(
    '/organizations/:id/members',
    {
      schema: {
        tags: TAGS,
        summary: 'Who has which role in an organization',
        params: ById,
        response: { 200: z.object({ members: z.array(MemberSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ members: await members.list(await requests.requireActor(request), request.params.id) }),
  );
  app.post(
    '/organizations/:id/members',
    {
      schema: {
        tags: TAGS,
        summary: 'Give a person a role, from one day to another if wanted',
        params: ById,
        body: NewMemberSchema,
        response: { 201: MemberSchema, ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      return reply.status(201).send(await members.add(actor, request.params.id, request.body));
    },
  );
  app.delete(
    '/members/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'End a role',
        params: ById,
        querystring: WhySchema,
        response: { 204: z.null(), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      await members.end(await requests.requireActor(request), request.params.id, request.query.why);
      return reply.status(204).send(null);
    },
  );
}

const RoleSchema = z.object({
  id: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  lendable: z.boolean(),
});

function addRoles(app: Api, { requests, actors }: Identity): void {
  app.get(
    '/organizations/:id/roles',
    {
      schema: {
        tags: TAGS,
        summary: 'The roles that can be held in an organization',
        params: ById,
        response: { 200: z.object({ roles: z.array(RoleSchema) }), ...problems(...READ) },
      },
    },
    async (request) => {
      await requests.requireActor(request);
      const kind = (await actors.tree()).kindOf(request.params.id);
      const roles = ROLE_IDS.filter((id) => id !== 'visitor' && id !== 'member' && mayHold(id, kind));
      return { roles: roles.map((id) => ({ id, title: ROLES[id].title, lendable: ROLES[id].delegable })) };
    },
  );
}

/** Organizations and the roles people have in them. Under `/identity`. */
export function organizationRoutes(identity: Identity): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addOrganizations, addMembers, addRoles]) add(app, identity);
  };
}
