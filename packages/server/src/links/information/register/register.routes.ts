import {
  CITATION_ORIGINS,
  CitationGraphSchema,
  CitationsAnswerSchema,
  ClaimComparisonSchema,
  FamilyAnswerSchema,
  LegalAnswerSchema,
  RegisterStateSchema,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { IsoDateSchema } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems } from '../../../http/answers.js';
import type { QueryBudget } from '../../../http/query-budget.js';
import { findDocument } from '../document.service.js';
import { citationGraphOf } from './citation-graph.service.js';
import { citationsOf } from './citations.service.js';
import { compareClaimsOf } from './claims.service.js';
import { familyOf } from './family.service.js';
import { type LegalBasis, legalLifeOf } from './legal.service.js';
import type { Register } from './register.job.js';

const Which = z.object({ id: z.string().min(1).max(100) });
const COST = 20;
const REFUSALS = ['document.not_found', 'document.ambiguous'] as const;

/** Families that cost as much as a simple question. */
const FAMILIES_FOR_ONE = 10;

const GraphQuerySchema = z.object({
  direction: z
    .enum(['both', 'backward', 'forward'])
    .default('both')
    .describe('What it cites (backward), what cites it (forward), or both'),
  depth: z.coerce.number().int().min(1).max(3).default(1).describe('Steps from the publication'),
  families: z.coerce.number().int().min(1).max(300).default(100).describe('The greatest number of families'),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Edges of one answer'),
  category: z
    .string()
    .regex(/^[A-Z]$/)
    .optional()
    .describe('Only citations with this letter of category (ST.14)'),
  origin: z.enum(CITATION_ORIGINS).optional().describe('Only citations of the examiner, the applicant or others'),
  cursor: z.string().max(1000).optional().describe('Continues where an earlier answer ended'),
});

/** What the register knows around a publication: its families, its legal life, its citations. */
export function registerRoutes(deps: {
  backend: SearchBackend;
  budget: QueryBudget;
  basis: LegalBasis;
  today: () => string;
  register: Register;
}): FastifyPluginAsyncZod {
  const { backend, budget, basis, today, register } = deps;
  return async (app) => {
    app.get(
      '/register',
      {
        schema: {
          tags: ['information'],
          summary: 'How far legal status, families and citation counts follow what was loaded',
          response: { 200: RegisterStateSchema.meta({ id: 'RegisterState' }), ...problems() },
        },
        serializerCompiler: asJson,
      },
      async () => register.state,
    );

    app.get(
      '/publications/:id/family',
      {
        schema: {
          tags: ['information'],
          summary: 'The simple and the extended family, with what ties each member',
          params: Which,
          response: { 200: FamilyAnswerSchema.meta({ id: 'FamilyAnswer' }), ...problems(...REFUSALS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, COST);
        return familyOf(backend, await findDocument(backend, request.params.id));
      },
    );

    app.get(
      '/publications/:id/legal',
      {
        schema: {
          tags: ['information'],
          summary: 'The legal life of the application, with the reason of every step',
          params: Which,
          querystring: z.object({
            on: IsoDateSchema.optional().describe('The day the status is asked for; today when left out'),
          }),
          response: { 200: LegalAnswerSchema.meta({ id: 'LegalAnswer' }), ...problems(...REFUSALS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, COST);
        return legalLifeOf(backend, basis, await findDocument(backend, request.params.id), request.query.on ?? today());
      },
    );

    app.get(
      '/publications/:id/claims/comparison',
      {
        schema: {
          tags: ['information'],
          summary: 'The published and the granted claims of the application, word by word',
          params: Which,
          querystring: z.object({
            lang: z.string().max(20).optional().describe('The language; the document’s own when left out or not held'),
          }),
          response: { 200: ClaimComparisonSchema.meta({ id: 'ClaimComparison' }), ...problems(...REFUSALS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, COST);
        return compareClaimsOf(backend, await findDocument(backend, request.params.id), request.query.lang);
      },
    );

    app.get(
      '/publications/:id/citations',
      {
        schema: {
          tags: ['information'],
          summary: 'What it cites and what cites it, by family, category and phase',
          params: Which,
          querystring: z.object({
            category: z
              .string()
              .regex(/^[A-Z]$/)
              .optional()
              .describe('Only citations with this letter of category (ST.14)'),
            origin: z
              .enum(CITATION_ORIGINS)
              .optional()
              .describe('Only citations of the examiner, the applicant or others'),
          }),
          response: { 200: CitationsAnswerSchema.meta({ id: 'CitationsAnswer' }), ...problems(...REFUSALS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, COST);
        return citationsOf(backend, await findDocument(backend, request.params.id), request.query);
      },
    );

    app.get(
      '/publications/:id/citations/graph',
      {
        schema: {
          tags: ['information'],
          summary: 'The graph of citations around it, by simple families, in pages of edges',
          params: Which,
          querystring: GraphQuerySchema,
          response: {
            200: CitationGraphSchema.meta({ id: 'CitationGraph' }),
            ...problems(...REFUSALS, 'cursor.invalid'),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const { depth, families } = request.query;
        budget.take(request.ip, COST + depth * Math.ceil(families / FAMILIES_FOR_ONE));
        return citationGraphOf(backend, await findDocument(backend, request.params.id), request.query);
      },
    );
  };
}
