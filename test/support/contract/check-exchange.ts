import { z } from 'zod';
import { type Operation } from './document.js';
import { findOperation, type FoundOperation } from './find-operation.js';
import { schemaFault } from './schema-checks.js';

/** A request and its answer, as they were on the wire. */
export interface Exchanged {
  readonly method: string;
  readonly url: URL;
  readonly requestHeaders: Headers;
  /** Undefined when there was none; null when it cannot be looked at. */
  readonly requestBody: string | null | undefined;
  readonly status: number;
  readonly headers: Headers;
  /** Null where it is a stream, or was not read. */
  readonly body: string | null;
}

/** Said by HTTP itself, or by every answer alike. */
const NEED_NO_WORD: ReadonlySet<string> = new Set([
  'allow',
  'cache-control',
  'connection',
  'content-length',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-accel-buffering',
  'x-content-type-options',
]);

const problem = z.looseObject({
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What a text in an address may stand for: itself, or the number or truth it spells. */
const readings = (value: string): ReadonlyArray<unknown> => [
  value,
  ...(/^-?\d{1,15}$/.test(value) ? [Number(value)] : []),
  ...(value === 'true' || value === 'false' ? [value === 'true'] : []),
];

type Place = readonly [path: string, method: string];

const faultsOfParameters = (
  [path, method]: Place,
  { parameters }: Operation,
  { params }: FoundOperation,
  { url, requestHeaders }: Exchanged,
): ReadonlyArray<string> =>
  parameters.flatMap((parameter, at) => {
    const given = {
      path: [params[parameter.name]],
      query: url.searchParams.getAll(parameter.name),
      header: [requestHeaders.get(parameter.name) ?? undefined],
    }[parameter.in].filter((value) => value !== undefined);
    const [value] = given;
    if (value === undefined) return parameter.required ? [`${parameter.in} ${parameter.name} is missing`] : [];
    if (given.length > 1) return [`${parameter.in} ${parameter.name} stands there twice`];
    const pointer = ['paths', path, method, 'parameters', String(at), 'schema'];
    const faults = readings(value).map((reading) => schemaFault('sent', pointer, reading));
    return faults.includes(null) ? [] : [`${parameter.in} ${parameter.name}: ${faults[0]}`];
  });

const faultsOfBody = ([path, method]: Place, { requestBody }: Operation, sent: Exchanged): ReadonlyArray<string> => {
  if (requestBody === undefined || sent.requestBody === null) return [];
  if (sent.requestBody === undefined || sent.requestBody === '')
    return requestBody.required ? ['a body is needed'] : [];
  const type = sent.requestHeaders.get('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) return [`a body of type ${type} is not documented`];
  const body = parsed(sent.requestBody);
  if (body === undefined) return ['the body is no JSON'];
  const fault = schemaFault(
    'sent',
    ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'],
    body,
  );
  return fault === null ? [] : [`body${fault}`];
};

/** Faults no schema can tell of: of headers, of the order of two fields, of the parts of a URL, of the depth and the form of a body. */
const BEYOND_SCHEMAS: ReadonlySet<string> = new Set([
  '',
  'Host',
  'Idempotency-Key',
  'cursor',
  'closesAt',
  'usableUntil',
  'until',
  'url',
]);

/** A user may leave out whom a request is for; whoever else asks may not, and no schema knows who asks. */
const isLeftOut = (path: string, body: string | null | undefined): boolean => {
  const said = typeof body === 'string' ? parsed(body) : undefined;
  return path === 'userId' && typeof said === 'object' && said !== null && !Object.hasOwn(said, 'userId');
};

const faultsOfRequest = (place: Place, operation: Operation, found: FoundOperation, sent: Exchanged) => {
  const faults = [...faultsOfParameters(place, operation, found, sent), ...faultsOfBody(place, operation, sent)];
  const { status, body } = sent;
  if (status < 300 && faults.length > 0)
    return faults.map((fault) => `was taken, though the document refuses it: ${fault}`);
  const refusal = status === 400 && body !== null ? problem.safeParse(parsed(body)).data : undefined;
  if (sent.requestBody === null || refusal?.code !== 'INVALID_REQUEST' || faults.length > 0) return [];
  const unexplained = (refusal.errors ?? []).filter(
    ({ path }) => !BEYOND_SCHEMAS.has(path) && !isLeftOut(path, sent.requestBody),
  );
  return unexplained.map(({ path, message }) => `was refused, though the document takes it: ${path}: ${message}`);
};

const faultsOfAnswer = ([path, method]: Place, { responses }: Operation, sent: Exchanged): ReadonlyArray<string> => {
  const { status, headers, body } = sent;
  const documented = responses[String(status)];
  if (documented === undefined)
    return [
      `the status is not documented (${body ?? 'a stream'}): name it in answers, or its code in problems, of the route in src/adapters/http/routes`,
    ];
  const missing = Object.entries(documented.headers)
    .filter(([name, { required }]) => required && !headers.has(name))
    .map(([name]) => `the header ${name} is documented, and not there`);
  const named = new Set(Object.keys(documented.headers).map((name) => name.toLowerCase()));
  const unnamed = [...headers.keys()]
    .filter((name) => !named.has(name) && !NEED_NO_WORD.has(name))
    .map((name) => `the header ${name} is not documented: name it in headers or sometimes of the route's answer`);
  return [...missing, ...unnamed, ...faultsOfContent(path, method, documented.content, sent)];
};

const faultsOfContent = (
  path: string,
  method: string,
  content: Operation['responses'][string]['content'],
  { status, headers, body, method: asked }: Exchanged,
): ReadonlyArray<string> => {
  if (asked === 'HEAD') return [];
  if (content === undefined) return body === '' || body === null ? [] : ['a body is not documented'];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const key = Object.keys(content).find((documented) => type === documented || documented === '*/*');
  if (key === undefined) return [`content of type ${type} is not documented`];
  if (body === null || !/\bjson$/.test(type)) return [];
  const value = parsed(body);
  if (value === undefined) return ['the body is no JSON'];
  const fault = schemaFault(
    'answered',
    ['paths', path, method, 'responses', String(status), 'content', key, 'schema'],
    value,
  );
  return fault === null ? [] : [`the body is not as documented in src/adapters/http/schemas: ${fault}, in ${body}`];
};

const expectCode = (status: number, code: string, sent: Exchanged): ReadonlyArray<string> =>
  sent.status === status && (sent.method === 'HEAD' || problem.safeParse(parsed(sent.body ?? '')).data?.code === code)
    ? []
    : [`the document has nothing of the kind: expected ${status} ${code}`];

/** What of an exchange is not as the OpenAPI document says; empty when all is. */
export const checkExchange = (sent: Exchanged): ReadonlyArray<string> => {
  const method = sent.method === 'HEAD' ? 'get' : sent.method.toLowerCase();
  const found = findOperation(sent.url.pathname, method);
  const operation = found?.operations[method];
  const faults = (): ReadonlyArray<string> => {
    if (sent.status === 400 && operation === undefined) return [];
    if (found === undefined) return expectCode(404, 'NOT_FOUND', sent);
    if (sent.method === 'OPTIONS') return sent.status === 204 ? [] : ['OPTIONS is answered 204'];
    if (operation === undefined) return expectCode(405, 'METHOD_NOT_ALLOWED', sent);
    const place: Place = [found.path, method];
    return [...faultsOfRequest(place, operation, found, sent), ...faultsOfAnswer(place, operation, sent)];
  };
  return faults().map(
    (fault) =>
      `${sent.method} ${found?.path ?? sent.url.pathname} (${operation?.operationId ?? '-'}) ${sent.status}: ${fault}`,
  );
};
