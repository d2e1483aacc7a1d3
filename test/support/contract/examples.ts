import fc from 'fast-check';
import { z } from 'zod';
import { contract } from './document.js';

const node = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.unknown().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  minProperties: z.number().optional(),
  maxProperties: z.number().optional(),
  examples: z.array(z.unknown()).optional(),
});

type Node = z.output<typeof node>;

/** Few ids, so that what is made is met again. */
const anId = fc.constantFrom('spring', 'ana', 'ticket', 'gala', 'order-1', 'x'.repeat(64), '7', '__proto__');
const aTime = fc
  .date({ min: new Date('1970-01-02'), max: new Date('9999-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString());

const ofText = ({ pattern = '', format, minLength = 0, maxLength = 40 }: Node): fc.Arbitrary<unknown> => {
  if (format === 'date-time') return aTime;
  if (pattern.includes('{1,64}$')) return anId;
  if (pattern.includes('\\ud800'))
    return fc.string({ unit: 'grapheme-ascii', minLength, maxLength: Math.min(maxLength, 20) });
  if (pattern !== '') return fc.stringMatching(new RegExp(pattern), { size: 'xsmall' });
  return fc.string({ minLength, maxLength: Math.min(maxLength, 40) });
};

const ofObject = (schema: Node): fc.Arbitrary<unknown> => {
  const { properties = {}, required = [], additionalProperties, minProperties = 0, maxProperties = 4 } = schema;
  if (Object.keys(properties).length === 0 && typeof additionalProperties === 'object')
    return fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), validFor(additionalProperties), {
      minKeys: minProperties,
      maxKeys: Math.min(maxProperties, 4),
    });
  const fields = Object.entries(properties).map(([name, field]) => [name, validFor(field)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
};

const ofType = (type: string, schema: Node): fc.Arbitrary<unknown> => {
  const { minimum = -1_000, maximum = Number.MAX_SAFE_INTEGER } = schema;
  switch (type) {
    case 'string':
      return ofText(schema);
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'number':
      return fc.double({ min: schema.exclusiveMinimum ?? minimum, max: maximum, minExcluded: true, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(validFor(schema.items), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object':
      return ofObject(schema);
    default:
      return fc.constant(null);
  }
};

/** Values the schema takes. Recurses over schemas of the document, of which none contains itself. */
export const validFor = (schema: unknown): fc.Arbitrary<unknown> => {
  const known = node.parse(schema);
  if (known.$ref !== undefined)
    return validFor(contract().parsed.components.schemas[known.$ref.split('/').at(-1) ?? '']);
  if (known.enum !== undefined) return fc.constantFrom(...known.enum);
  if (known.const !== undefined) return fc.constant(known.const);
  const choices = known.anyOf ?? known.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(validFor));
  if (known.allOf !== undefined && known.type === undefined) return validFor(known.allOf[0]);
  const types = typeof known.type === 'string' ? [known.type] : (known.type ?? ['null']);
  return fc.oneof(...types.map((type) => ofType(type, known)));
};

/** What no field should be, and some almost are. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1.5,
    1e300,
    2 ** 53,
    Number('1234567890123456789'),
    '1234567890123456789',
    true,
    [],
    {},
    [[[]]],
    'a b',
    'x'.repeat(65),
    'x'.repeat(501),
    '\u0000',
    '\ud800',
    '__proto__',
    'issue-status',
    '9999-12-31T23:59:59-12:00',
    '1970-01-01T00:00:00+12:00',
    '0000-01-01T00:00:00Z',
    '2026-12-01T10:00:00',
    '2026-12-01',
    '2026-02-30T00:00:00Z',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A value with something changed, added or left out: most are refused, and some are not. */
export const nearly = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    odd,
    fc.tuple(valid, odd, fc.nat()).map(([value, instead, at]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return instead;
      const fields = Object.entries(value);
      if (fields.length === 0) return { added: instead };
      return Object.fromEntries(fields.map(([name, of], nth) => [name, nth === at % fields.length ? instead : of]));
    }),
    fc.tuple(valid, fc.nat()).map(([value, at]) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
      const fields = Object.entries(value);
      return Object.fromEntries(fields.filter((_, nth) => nth !== at % fields.length));
    }),
  );
