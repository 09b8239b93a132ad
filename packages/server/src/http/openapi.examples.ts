import { type ApiExample, EXAMPLES } from './examples.generated.js';

/** The parts of an OpenAPI description that examples go into. */
interface Content {
  schema?: { $ref?: string };
  example?: unknown;
  examples?: Record<string, { summary: string; value: unknown }>;
}
interface Described {
  parameters?: { name: string; in: string; example?: unknown }[];
  requestBody?: { content?: Record<string, Content> };
  responses?: Record<string, { content?: Record<string, Content> }>;
}
interface Description {
  paths?: Record<string, Record<string, unknown> | undefined>;
  components?: { schemas?: Record<string, { examples?: unknown[] }> };
}

const JSON_TYPE = 'application/json';
const PROBLEM_TYPE = 'application/problem+json';

const addressOf = ({ path, query }: ApiExample): string =>
  query === undefined ? path : `${path}?${new URLSearchParams(query).toString()}`;

function addAnswer(operation: Described, example: ApiExample, at: number): string | undefined {
  const content = operation.responses?.[String(example.status)]?.content?.[JSON_TYPE];
  if (!content) return undefined;
  content.examples = {
    ...content.examples,
    [`example${at + 1}`]: { summary: addressOf(example), value: example.answer },
  };
  return content.schema?.$ref;
}

function addRequest(operation: Described, { path, query = {}, body }: ApiExample, template: string): void {
  const places = template.split('/');
  const inPath = path.split('/');
  for (const parameter of operation.parameters ?? []) {
    const value = parameter.in === 'path' ? inPath[places.indexOf(`{${parameter.name}}`)] : query[parameter.name];
    if (value !== undefined) parameter.example ??= value;
  }
  const content = operation.requestBody?.content?.[JSON_TYPE];
  if (content && body !== undefined) content.example ??= body;
}

/** Puts the examples into a description: requests, answers, schemas of answers, and what a problem looks like. */
export function addExamples(description: Description): void {
  const schemas = description.components?.schemas ?? {};
  for (const [name, examples] of Object.entries(EXAMPLES)) {
    const [method = '', template = ''] = name.split(' ');
    const operation = description.paths?.[template]?.[method] as Described | undefined;
    if (!operation) continue;
    for (const [at, example] of examples.entries()) {
      addRequest(operation, example, template);
      const schema = schemas[addAnswer(operation, example, at)?.split('/').at(-1) ?? ''];
      if (schema) schema.examples ??= [example.answer];
    }
  }
  const problem = EXAMPLES['problem']?.[0]?.answer;
  const error = schemas['Error'];
  if (error && problem !== undefined) error.examples ??= [problem];
  for (const item of Object.values(description.paths ?? {})) {
    for (const operation of Object.values(item ?? {}) as Described[]) {
      const refused = operation.responses?.['404']?.content?.[PROBLEM_TYPE];
      if (refused && problem !== undefined) refused.example ??= problem;
    }
  }
}
