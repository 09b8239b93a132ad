import type { SearchBackend } from '@quanlian/engine';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../app.fixture.js';

interface Content {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
interface Operation {
  readonly parameters?: readonly { name: string; schema: object; example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { examples?: unknown[] }>> };
}

/** Answers that are files, and what needs something loaded, running or kept before there is anything to answer. */
const WITHOUT =
  /^(?:delete|put) |\/(?:export|files|demo\/city|metrics|loads\/\{|pdf$|replay|report$)|authority-file|schemes\/\{|event-codes\/\{|post \/api\/v1\/(?:loads|synonyms)/;

let server: TestServer;
let description: Description;
let ajv: Ajv2020;
beforeAll(async () => {
  server = await createTestServer({ openBackend: async () => ({ close: async () => undefined }) as SearchBackend });
  description = (await server.app.inject('/api/v1/openapi.json')).json() as Description;
  ajv = new Ajv2020({ strict: false, coerceTypes: false, validateFormats: false });
  ajv.addSchema({ $id: 'api', components: description.components });
});
afterAll(() => server.close());

/** What an example has that its schema does not allow. */
function faultsOf(schema: object, value: unknown): string {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
  const validate = ajv.compile(JSON.parse(text) as object);
  return validate(value) ? '' : ajv.errorsText(validate.errors);
}

const operations = (): [string, Operation][] =>
  Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );

describe('the examples of the description', () => {
  it('are there for every operation that can have one', () => {
    for (const [name, { responses }] of operations()) {
      if (WITHOUT.test(name)) continue;
      const good = Object.entries(responses).filter(([status]) => /^20/.test(status));
      const shown = good.flatMap(([, { content = {} }]) => Object.values(content)).filter(({ examples }) => examples);
      expect([name, shown.length > 0]).toEqual([name, true]);
    }
  });

  it('fit their schemas, answers and bodies alike', () => {
    let checked = 0;
    for (const [name, { responses, requestBody }] of operations()) {
      const contents = [...Object.values(responses), ...(requestBody ? [requestBody] : [])];
      for (const { schema, example, examples = {} } of contents.flatMap(({ content = {} }) => Object.values(content))) {
        const values = [
          ...(example === undefined ? [] : [example]),
          ...Object.values(examples).map(({ value }) => value),
        ];
        for (const value of values) {
          expect([name, faultsOf(schema, value)]).toEqual([name, '']);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  it('stand with the schemas of answers too, and are refused where they do not fit', () => {
    const shown = Object.entries(description.components.schemas).filter(([, { examples }]) => examples);
    expect(shown.length).toBeGreaterThan(5);
    for (const [name, { examples: [value] = [] }] of shown) {
      const schema = { $ref: `#/components/schemas/${name}` };
      expect([name, faultsOf(schema, value)]).toEqual([name, '']);
      expect(faultsOf(schema, 'no such thing')).not.toBe('');
    }
  });

  it('has a search in each of the five languages', () => {
    const answers = description.paths['/api/v1/search']?.['get']?.responses['200']?.content?.['application/json'];
    expect(Object.keys(answers?.examples ?? {})).toHaveLength(5);
  });
});
