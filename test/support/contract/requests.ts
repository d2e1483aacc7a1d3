import fc from 'fast-check';
import { contract, type Operation } from './document.js';
import { nearly, validFor } from './examples.js';

export interface ExampleRequest {
  readonly operationId: string;
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const asText = (value: unknown): string =>
  encodeURIComponent(
    (typeof value === 'string' ? value : JSON.stringify(value ?? '')).replaceAll(/\p{Cs}/gu, '\ufffd'),
  );

/** Mostly as documented, now and then nearly so. */
const sometimesWrong = (schema: unknown): fc.Arbitrary<unknown> => {
  const valid = validFor(schema);
  return fc.oneof({ weight: 4, arbitrary: valid }, { weight: 1, arbitrary: nearly(valid) });
};

const parametersOf = (
  operation: Operation,
  place: 'path' | 'query',
): fc.Arbitrary<Readonly<Record<string, unknown>>> => {
  const found = operation.parameters.filter((parameter) => parameter.in === place);
  const required = found.filter((parameter) => parameter.required).map(({ name }) => name);
  return fc.record(Object.fromEntries(found.map(({ name, schema }) => [name, sometimesWrong(schema)])), {
    requiredKeys: place === 'path' ? found.map(({ name }) => name) : required,
  });
};

const headers = fc.record(
  {
    'accept-language': fc.constantFrom('ko', 'en', 'ko;q=banana', '*'),
    prefer: fc.constantFrom('wait=0', 'wait', 'wait=-1'),
    'idempotency-key': fc.constantFrom('a', 'b', 'with space'),
    'x-request-id': fc.constantFrom('mine', 'not mine'),
    'x-actor': fc.constantFrom('ana', ' '),
  },
  { requiredKeys: [] },
);

const bodyOf = ({ requestBody }: Operation): fc.Arbitrary<string | undefined> => {
  const schema = requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.constantFrom(undefined, '{}', '');
  return fc.oneof(
    { weight: 9, arbitrary: sometimesWrong(schema).map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, '', '{', '[]', 'null') },
  );
};

/** One request of this operation, made of nothing but the document. */
const requestOf = (path: string, method: string, operation: Operation): fc.Arbitrary<ExampleRequest> =>
  fc
    .tuple(parametersOf(operation, 'path'), parametersOf(operation, 'query'), headers, bodyOf(operation))
    .map(([params, query, given, body]) => {
      const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => asText(params[name]) || '-');
      const search = Object.entries(query).map(([name, value]) => `${name}=${asText(value)}`);
      const hasBody = method !== 'get' && method !== 'delete' && body !== undefined;
      return {
        operationId: operation.operationId,
        method: method.toUpperCase(),
        target: search.length === 0 ? address : `${address}?${search.join('&')}`,
        headers: { ...given, ...(method !== 'get' && { 'content-type': 'application/json' }) },
        ...(hasBody && { body }),
      };
    });

/** A request of any operation but those named. */
export const anyRequest = (but: ReadonlyArray<string>): fc.Arbitrary<ExampleRequest> =>
  fc.oneof(
    ...Object.entries(contract().parsed.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { operationId }]) => !but.includes(operationId))
        .map(([method, operation]) => requestOf(path, method, operation)),
    ),
  );
