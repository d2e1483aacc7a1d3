import { z } from 'zod';

/** The first field that does not match the schema; an empty text for the value itself, null for none. */
export type Check = (value: unknown) => string | null;

/** A schema as it is frozen beside its fixture, and compiled to a check. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What an event may contain, field by field; unknown fields are allowed. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema => {
  const {
    $schema: _,
    '~standard': __,
    ...json
  } = z.toJSONSchema(schema, {
    io: 'input',
    // Descriptions may change.
    override: ({ jsonSchema }) => void delete jsonSchema.description,
  });
  return json;
};

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofType =
  (type: string): Check =>
  (value) =>
    typeof value === type ? null : '';

const oneOf =
  (members: ReadonlySet<unknown>): Check =>
  (value) =>
    members.has(value) ? null : '';

const checkAny =
  (checks: ReadonlyArray<Check>): Check =>
  (value) =>
    checks.some((check) => check(value) === null) ? null : '';

const checkList =
  (each: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return '';
    for (const one of value) {
      const fault = each(one);
      if (fault !== null) return fault;
    }
    return null;
  };

const PLAIN: ReadonlySet<unknown> = new Set(['string', 'number', 'boolean']);
/** Of a field that may be any text, number or boolean: what `typeof` says of it. */
const plainType = (schema: JsonSchema | boolean): string | null =>
  typeof schema === 'object' && PLAIN.has(schema.type) && schema.enum === undefined && schema.const === undefined
    ? String(schema.type)
    : null;

const checkFields = ({ properties = {}, required = [] }: JsonSchema): Check => {
  const checks = Object.entries(properties).map(([name, field]) => ({
    name,
    mayBeAbsent: !required.includes(name),
    plain: plainType(field),
    check: checkOf(field),
  }));
  return (value) => {
    if (!isFields(value)) return '';
    for (const { name, mayBeAbsent, plain, check } of checks) {
      const held = value[name];
      // Nearly every field of nearly every event takes this path, and views are rebuilt from millions.
      if (typeof held === plain || (held === undefined && mayBeAbsent)) continue;
      const fault = check(held);
      if (fault !== null) return fault === '' ? name : `${name}.${fault}`;
    }
    return null;
  };
};

const checkOfType = (type: string, schema: JsonSchema): Check => {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return ofType(type);
    case 'null':
      return oneOf(new Set([null]));
    case 'array':
      return checkList(checkOf(Array.isArray(schema.items) ? true : (schema.items ?? true)));
    case 'object':
      return checkFields(schema);
    default:
      throw new Error(`No check is known for a field of type ${type}`);
  }
};

const checkOf = (schema: JsonSchema | boolean): Check => {
  if (typeof schema === 'boolean') return () => null;
  const { type, enum: members, const: only, anyOf = schema.oneOf } = schema;
  if (only !== undefined) return oneOf(new Set([only]));
  if (members !== undefined) return oneOf(new Set<unknown>(members));
  if (anyOf !== undefined) return checkAny(anyOf.map(checkOf));
  if (type === undefined) throw new Error(`No check is known for ${JSON.stringify(schema)}`);
  const types: ReadonlyArray<string> = Array.isArray(type) ? type : [type];
  return types.length === 1 ? checkOfType(types[0] ?? '', schema) : checkAny(types.map((t) => checkOfType(t, schema)));
};

/** Plain comparisons, made once: validating with the schema itself would cost more than folding the event. */
export const compileCheck = (schema: JsonSchema): Check => checkOf(schema);
