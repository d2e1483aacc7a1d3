import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';
import { contract } from './document.js';

/** Of an answer, what is not documented is a fault: objects are closed unless they say otherwise. */
const closed = (value: unknown, inAllOf = false): unknown => {
  if (Array.isArray(value)) return value.map((inner) => closed(inner));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, of]) => [
      key,
      key === 'allOf' && Array.isArray(of) ? of.map((part) => closed(part, true)) : closed(of),
    ]),
  );
  return 'properties' in value &&
    'type' in value &&
    value.type === 'object' &&
    !('additionalProperties' in value) &&
    !inAllOf
    ? { ...inner, additionalProperties: false }
    : inner;
};

const schema = z.record(z.string(), z.unknown());

const checker = (document: unknown) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(schema.parse(document), 'contract');
  return (pointer: ReadonlyArray<string>, value: unknown): string | null => {
    const place = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = ajv.getSchema(`contract#/${place}`);
    if (validate === undefined) throw new Error(`The document has nothing at ${pointer.join(' ')}`);
    if (validate(value) === true) return null;
    return (validate.errors ?? [])
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
      .join(', ');
  };
};

let checks: { readonly sent: ReturnType<typeof checker>; readonly answered: ReturnType<typeof checker> } | undefined;

/** Values against the schema at a place of the document: what is wrong with them, null when nothing is. */
export const schemaChecks = () =>
  (checks ??= {
    sent: checker(JSON.parse(contract().text)),
    answered: checker(closed(JSON.parse(contract().text))),
  });
