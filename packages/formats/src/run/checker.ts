import type { z } from 'zod';

/** True when a value fits a schema. */
export type Checker = (value: unknown) => boolean;

/**
 * A quick answer to whether a value fits a schema: the same as `schema.safeParse(value).success` without the copy of
 * the value that parsing makes. Parts of a schema that it does not know are left to the schema itself.
 */
export function createChecker(schema: z.core.$ZodType): Checker {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  const hasChecks = (def.checks ?? []).length > 0;
  if (hasChecks) return byItself(schema);
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'unknown':
      return () => true;
    case 'optional':
      return orElse(undefined, createChecker(def.innerType));
    case 'nullable':
      return orElse(null, createChecker(def.innerType));
    case 'array':
      return listOf(createChecker(def.element));
    case 'record':
      return def.keyType._zod.def.type === 'string' && (def.keyType._zod.def.checks ?? []).length === 0
        ? recordOf(createChecker(def.valueType))
        : byItself(schema);
    case 'object':
      return def.catchall ? byItself(schema) : objectOf(def.shape);
    default:
      return byItself(schema);
  }
}

/** The few values that occur again and again are remembered: dates, above all. */
const MAX_REMEMBERED = 5000;

function byItself(schema: z.core.$ZodType): Checker {
  const remembered = new Map<unknown, boolean>();
  return (value) => {
    const before = remembered.get(value);
    if (before !== undefined) return before;
    const result = schema._zod.run({ value, issues: [] }, { async: false });
    const fits = !(result instanceof Promise) && result.issues.length === 0;
    // Objects may change; texts and numbers do not.
    if (typeof value !== 'object' && remembered.size < MAX_REMEMBERED) remembered.set(value, fits);
    return fits;
  };
}

const orElse =
  (other: null | undefined, check: Checker): Checker =>
  (value) =>
    value === other || check(value);

const listOf =
  (check: Checker): Checker =>
  (value) => {
    if (!Array.isArray(value)) return false;
    for (const one of value) if (!check(one)) return false;
    return true;
  };

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.getPrototypeOf(value) === Object.prototype;

const recordOf =
  (check: Checker): Checker =>
  (value) => {
    if (!isPlain(value)) return false;
    for (const key in value) if (!check(value[key])) return false;
    return true;
  };

/** What a field must be. Most fields are texts, any of which will do: those need no call. */
interface Field {
  readonly takesTexts: boolean;
  readonly check: Checker;
}

/** True for a schema that any text fits. */
function takesTexts(schema: z.core.$ZodType): boolean {
  const { def } = schema._zod as z.core.$ZodTypes['_zod'];
  if ((def.checks ?? []).length > 0) return false;
  if (def.type === 'optional' || def.type === 'nullable') return takesTexts(def.innerType);
  return def.type === 'string' || def.type === 'unknown';
}

function objectOf(shape: Readonly<Record<string, z.core.$ZodType>>): Checker {
  const fields = new Map(
    Object.entries(shape).map(([name, schema]): [string, Field] => [
      name,
      { takesTexts: takesTexts(schema), check: createChecker(schema) },
    ]),
  );
  // Fields that may be absent need no look where they are.
  const required = [...fields].filter(([, { check }]) => !check(undefined)).map(([name]) => name);
  return (value) => {
    if (!isPlain(value)) return false;
    for (const name of required) if (value[name] === undefined) return false;
    for (const name in value) {
      const field = fields.get(name);
      if (field === undefined) continue;
      const one = value[name];
      if (!(field.takesTexts && typeof one === 'string') && !field.check(one)) return false;
    }
    return true;
  };
}
