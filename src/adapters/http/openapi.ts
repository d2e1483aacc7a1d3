import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Access } from './identity/access.js';
import { type JsonSchema, type JsonSchemas, jsonSchemas } from './json-schemas.js';
import { packageFile } from './package-file.js';
import { type ProblemCode, problemCodes, statusOf } from './problems.js';
import { type AnswerDoc, isAlwaysAnswered, nothing, type Route } from './route.js';
import { problemFields } from './schemas/problem-fields.js';

const recorded = z.record(
  z.string(),
  z.object({ sent: z.json().exactOptional(), status: z.int(), answered: z.json().exactOptional() }),
);

/** What was sent and answered when an operation was called, by its id. */
type RecordedExamples = Readonly<z.output<typeof recorded>>;

export const EXAMPLES = packageFile('web/docs/examples.json');

/** Calls that a test really made: it compares them with what is sent and answered now, and `npm run examples` writes them. */
export const recordedExamples = (): RecordedExamples => recorded.parse(JSON.parse(readFileSync(EXAMPLES, 'utf8')));

/** What every problem has, and what some name beside it. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(problemCodes),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('What is wrong, field by field.'),
    ...problemFields.shape,
  })
  .meta({ id: 'Problem' });

/** How callers show who they are, as OpenAPI has it; a server without authentication asks none of it. */
const securitySchemes = {
  user: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "A token of the shop's issuer: `sub` is the user. For what concerns that user.",
  },
  service: { type: 'http', scheme: 'bearer', description: 'An API key of the role `service`, or a token with it.' },
  viewer: { type: 'http', scheme: 'bearer', description: 'An API key of the role `viewer`, or a token with it.' },
  operator: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key of the role `operator`, a token with it, or ADMIN_TOKEN.',
  },
  ticket: {
    type: 'apiKey',
    in: 'query',
    name: 'ticket',
    description: 'From `POST /api/sse/tickets`: for the stream of its user, once, within 30 seconds.',
  },
} as const;

type Requirement = Partial<Readonly<Record<keyof typeof securitySchemes, ReadonlyArray<never>>>>;

const byAccess = (access: Access): ReadonlyArray<Requirement> => {
  switch (access) {
    case 'public':
      return [];
    case 'service':
      return [{ service: [] }, { operator: [] }];
    case 'viewer':
      return [{ viewer: [] }, { operator: [] }];
    case 'operator':
      return [{ operator: [] }];
    default:
      return [{ user: [] }, { service: [] }];
  }
};

/** Any one of these is enough; an empty list: everybody may call. */
const security = ({ access, takesTickets }: Pick<Route, 'access' | 'takesTickets'>): ReadonlyArray<Requirement> => [
  ...byAccess(access),
  ...(takesTickets === true ? [{ ticket: [] }] : []),
];

const capitalized = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const inOneWord = (segment: string): string =>
  segment
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map(capitalized)
    .join('');

/**
 * The name generated clients call an operation by: its method and its path, without `/api` and its version. It changes
 * only with them: POST /api/coupons/:couponId/issue is `postCouponsByCouponIdIssue`.
 */
export const operationId = (method: string, path: string): string => {
  const segments = path.replace(/^\/api(\/v\d+)?/, '').split('/');
  const named = segments.map((segment) =>
    segment.startsWith(':') ? `By${capitalized(segment.slice(1))}` : inOneWord(segment),
  );
  return `${method}${named.join('') || 'Root'}`;
};

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string } & Readonly<
    Record<string, unknown>
  >;
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> } & Readonly<Record<string, object>>;
}

const hasBody = ({ method }: Route): boolean => method !== 'get' && method !== 'delete';

/** What may be answered to any call before its route is asked, or because of a bug of ours. */
const OF_ANY_CALL: ReadonlyArray<ProblemCode> = [
  'INVALID_REQUEST',
  'REQUEST_TIMEOUT',
  'EXPECTATION_FAILED',
  'HEADERS_TOO_LARGE',
  'INTERNAL',
];

/** What a user is told where it concerns somebody else. */
const ofConcerned = (access: Access): ReadonlyArray<ProblemCode> => {
  if (typeof access !== 'object') return [];
  if (access.concerns === 'body') return ['NOT_YOU'];
  return access.concerns === 'path' ? ['NOT_FOUND'] : [];
};

const problemsOf = (route: Route): ReadonlyArray<ProblemCode> => {
  const ofBody: ReadonlyArray<ProblemCode> = hasBody(route) ? ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] : [];
  const ofKeys: ReadonlyArray<ProblemCode> =
    route.method === 'post'
      ? ['IDEMPOTENCY_KEY_IN_PROGRESS', 'ANSWER_NOT_KEPT', 'IDEMPOTENCY_KEY_REUSED', 'UNAVAILABLE']
      : [];
  const ofAccess: ReadonlyArray<ProblemCode> =
    route.access === 'public'
      ? ['LOCAL_ONLY']
      : ['LOCAL_ONLY', 'UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'UNAVAILABLE', ...ofConcerned(route.access)];
  const ofLoad: ReadonlyArray<ProblemCode> = isAlwaysAnswered(route.path) ? [] : ['OVERLOADED', 'RATE_LIMITED'];
  return [...new Set([...route.problems, ...OF_ANY_CALL, ...ofBody, ...ofKeys, ...ofAccess, ...ofLoad])];
};

const headersNamed = (always: ReadonlyArray<string>, sometimes: ReadonlyArray<string>): Record<string, object> =>
  Object.fromEntries([
    ...['X-Request-Id', ...always].map((name) => [name, { required: true, schema: { type: 'string' } }]),
    ...sometimes.map((name) => [name, { schema: { type: 'string' } }]),
  ]);

/** Headers the answers to this route have when they were asked for, or were given before. */
const onDemand = ({ method, listensTo = {} }: Route): ReadonlyArray<string> => [
  ...('Prefer' in listensTo ? ['Preference-Applied'] : []),
  ...(method === 'post' ? ['Idempotency-Replayed'] : []),
];

/** Other forms of what is answered, for whoever accepts them. */
const ON_DEMAND = ['application/x-ndjson', 'application/openmetrics-text'];

type Example = RecordedExamples[string] | undefined;

const shownAs = (example: unknown): object => (example === undefined ? {} : { example });

const success = (route: Route, schemas: JsonSchemas, answer: AnswerDoc, example: unknown): object => {
  const { description, schema, contentType = 'application/json', headers = [], sometimes = [] } = answer;
  return {
    description,
    headers: headersNamed(headers, [...sometimes, ...onDemand(route)]),
    ...(schema !== undefined && {
      content: {
        [contentType]: { schema: schemas.shown(schema), ...shownAs(example) },
        ...Object.fromEntries(
          ON_DEMAND.filter((type) => route.listensTo?.['Accept']?.startsWith(type)).map((type) => [
            type,
            { schema: { type: 'string' } },
          ]),
        ),
      },
    }),
  };
};

const problemHeaders: Readonly<Record<number, ReadonlyArray<string>>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

const failure = (route: Route, schemas: JsonSchemas, status: number, codes: ReadonlyArray<ProblemCode>): object => {
  const schema = {
    allOf: [
      schemas.shown(problemSchema),
      { type: 'object', properties: { code: { enum: codes } }, required: ['code'] },
    ],
  };
  const sometimes = [
    ...(codes.includes('IDEMPOTENCY_KEY_IN_PROGRESS') ? ['Retry-After'] : []),
    ...(codes.includes('ANSWER_NOT_KEPT') ? ['Location'] : []),
    ...(codes.includes('RATE_LIMITED') ? ['RateLimit-Policy', 'RateLimit'] : []),
  ];
  return {
    description: codes.join(', '),
    headers: headersNamed(problemHeaders[status] ?? [], [...sometimes, ...onDemand(route)]),
    content: { 'application/problem+json': { schema } },
  };
};

const responses = (route: Route, schemas: JsonSchemas, example: Example): object => {
  const codes = new Map<number, ProblemCode[]>();
  for (const code of problemsOf(route)) codes.set(statusOf(code), [...(codes.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries([
    ...Object.entries(route.answers).map(([status, answer]) => [
      status,
      success(route, schemas, answer, String(example?.status) === status ? example?.answered : undefined),
    ]),
    ...[...codes].map(([status, ofStatus]) => [String(status), failure(route, schemas, status, ofStatus)]),
  ]);
};

const everywhere = { 'X-Request-Id': 'Its id, echoed', 'Accept-Language': 'ko or en (default)' };
const ofPosts = { 'Idempotency-Key': 'The same key and body: the same answer' };

const isOptional = (schema: z.ZodType): boolean => z.object({ schema }).safeParse({}).success;

/** `Accept` and `Authorization` are said by other means in OpenAPI. */
const SAID_ELSEWHERE: ReadonlyArray<string> = ['Accept', 'Authorization', 'Content-Type'];

const headerParameters = (route: Route): ReadonlyArray<object> =>
  [everywhere, ...(route.method === 'post' ? [ofPosts] : []), route.listensTo ?? {}]
    .flatMap((headers) => Object.entries<string>(headers))
    .filter(([name]) => !SAID_ELSEWHERE.includes(name))
    .map(([name, description]) => ({ name, in: 'header', description, schema: { type: 'string' } }));

const parametersIn = (place: 'path' | 'query', fields: z.ZodType, schemas: JsonSchemas): ReadonlyArray<object> =>
  fields instanceof z.ZodObject
    ? Object.entries<z.ZodType>(fields.shape).map(([name, field]) => {
        const { description, ...schema } = schemas.taken(field);
        const required = place === 'path' || !isOptional(field);
        return {
          name,
          in: place,
          ...(required && { required }),
          ...(description !== undefined && { description }),
          schema,
        };
      })
    : [];

const operation = (route: Route, schemas: JsonSchemas, example: Example): object => ({
  operationId: operationId(route.method, route.path),
  summary: route.summary,
  tags: [route.tag],
  security: security(route),
  parameters: [
    ...parametersIn('path', route.params, schemas),
    ...parametersIn('query', route.query, schemas),
    ...headerParameters(route),
  ],
  ...(route.body !== nothing && {
    requestBody: {
      ...(!route.body.safeParse({}).success && { required: true }),
      content: { 'application/json': { schema: schemas.taken(route.body), ...shownAs(example?.sent) } },
    },
  }),
  responses: responses(route, schemas, example),
});

/** OpenAPI 3.1 of the route table: what validates is what is documented. */
export const openApiDocument = (
  routes: ReadonlyArray<Route>,
  version: string,
  examples: RecordedExamples = {},
): OpenApiDocument => {
  const schemas = jsonSchemas();
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [route.method]: operation(route, schemas, examples[operationId(route.method, route.path)]),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Doorbuster',
      version,
      description: 'First-come coupons: asked for in a moment, decided in order, never oversold.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      securitySchemes,
      schemas: schemas.named(),
    },
  };
};
