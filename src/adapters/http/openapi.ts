import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { problemStatus, type ProblemCode } from './problems.js';
import { isAlwaysAnswered, nothing, type Route } from './route.js';
import { problemSchema } from './schemas/problem.js';

extendZodWithOpenApi(z);

type PathConfig = Parameters<OpenAPIRegistry['registerPath']>[0];

const string = { schema: { type: 'string' } } as const;

const named = (headers: ReadonlyArray<string>): Record<string, typeof string> =>
  Object.fromEntries(['X-Request-Id', ...headers].map((name) => [name, string]));

const problemsOf = (route: Route): ReadonlyArray<ProblemCode> => {
  const ofBody: ReadonlyArray<ProblemCode> =
    route.method === 'get' || route.method === 'delete' ? [] : ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
  const ofKeys: ReadonlyArray<ProblemCode> =
    route.method === 'post' ? ['IDEMPOTENCY_KEY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED'] : [];
  const ofOperators: ReadonlyArray<ProblemCode> = route.operator ? ['UNAUTHORIZED'] : [];
  const ofLoad: ReadonlyArray<ProblemCode> = isAlwaysAnswered(route.path) ? [] : ['OVERLOADED'];
  return [...new Set([...route.problems, 'INVALID_REQUEST' as const, ...ofBody, ...ofKeys, ...ofOperators, ...ofLoad])];
};

const responses = (route: Route): PathConfig['responses'] => {
  const described: PathConfig['responses'] = {};
  const codes = new Map<number, ProblemCode[]>();
  for (const [status, { description, schema, contentType = 'application/json', headers = [] }] of Object.entries(
    route.answers,
  ))
    described[status] = {
      description,
      headers: named(headers),
      ...(schema !== undefined && { content: { [contentType]: { schema } } }),
    };
  for (const code of problemsOf(route))
    codes.set(problemStatus[code], [...(codes.get(problemStatus[code]) ?? []), code]);
  for (const [status, ofStatus] of codes)
    described[status] = {
      description: ofStatus.join(', '),
      headers: named(status === 503 ? ['Retry-After'] : []),
      content: { 'application/problem+json': { schema: problemSchema } },
    };
  return described;
};

const everywhere = { 'X-Request-Id': 'Its id, echoed', 'Accept-Language': 'ko or en (default)' };
const ofPosts = { 'Idempotency-Key': 'The same key and body: the same answer' };

const headerParameters = (route: Route) =>
  z.object(
    Object.fromEntries(
      [everywhere, ...(route.method === 'post' ? [ofPosts] : []), route.listensTo ?? {}]
        .flatMap((headers) => Object.entries<string>(headers))
        .map(([name, description]) => [name, z.string().optional().meta({ description })]),
    ),
  );

const request = (route: Route): PathConfig['request'] => ({
  headers: headerParameters(route),
  ...(route.params instanceof z.ZodObject && route.params !== nothing && { params: route.params }),
  ...(route.query instanceof z.ZodObject && route.query !== nothing && { query: route.query }),
  ...(route.body !== nothing && { body: { content: { 'application/json': { schema: route.body } } } }),
});

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** OpenAPI 3.1 of the route table: what validates is what is documented. */
export const openApiDocument = (routes: ReadonlyArray<Route>, version: string): OpenApiDocument => {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'operators', { type: 'http', scheme: 'bearer' });
  for (const route of routes)
    registry.registerPath({
      method: route.method,
      path: route.path.replaceAll(/:(\w+)/g, '{$1}'),
      summary: route.summary,
      tags: [route.tag],
      ...(route.operator && { security: [{ [bearer.name]: [] }, {}] }),
      request: request(route),
      responses: responses(route),
    });
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Doorbuster',
      version,
      description: 'First-come coupons: asked for in a moment, decided in order, never oversold.',
    },
  });
};
