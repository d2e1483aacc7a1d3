import { z } from 'zod';

/** A JSON Schema, draft 2020-12, as OpenAPI 3.1 uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const PLACE = '#/components/schemas/';

/** References as they stand in an OpenAPI document. Recurses over schemas of ours only. */
const readdressed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(readdressed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', PLACE) : readdressed(inner),
    ]),
  );
};

const asSchema = (value: unknown): JsonSchema => z.record(z.string(), z.unknown()).parse(readdressed(value));

export interface JsonSchemas {
  /** What a caller may send. */
  readonly taken: (schema: z.ZodType) => JsonSchema;
  /** What an answer looks like; more fields may come to it with time. */
  readonly shown: (schema: z.ZodType) => JsonSchema;
  /** Every schema with an `id` that was met, by its id. */
  readonly named: () => Readonly<Record<string, JsonSchema>>;
}

/** JSON Schemas of the very schemas that validate. Throws where one name stands for two schemas: that is a bug. */
export const jsonSchemas = (): JsonSchemas => {
  const named = new Map<string, JsonSchema>();
  const keep = (name: string, schema: JsonSchema): void => {
    const known = named.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`Two schemas are called ${name}: give the one that is sent and the one that is answered two ids`);
    named.set(name, schema);
  };
  const made = (io: 'input' | 'output') => {
    const known = new Map<z.ZodType, JsonSchema>();
    return (schema: z.ZodType): JsonSchema => {
      const before = known.get(schema);
      if (before !== undefined) return before;
      const {
        $schema: _,
        $defs = {},
        ...rest
      } = z.toJSONSchema(schema, {
        io,
        unrepresentable: 'any',
        override: ({ zodSchema, jsonSchema }) => {
          if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
          // Left out by zod where a value is transformed; ours are of what is sent.
          const examples = z.globalRegistry.get(zodSchema)?.['examples'];
          if (io === 'input' && Array.isArray(examples)) jsonSchema.examples = examples;
        },
      });
      for (const [name, definition] of Object.entries($defs)) keep(name, asSchema(definition));
      const after = asSchema(rest);
      known.set(schema, after);
      return after;
    };
  };
  return { taken: made('input'), shown: made('output'), named: () => Object.fromEntries(named) };
};
