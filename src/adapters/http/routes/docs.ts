import { z } from 'zod';
import { asyncApi } from '../../../application/operating/documents/asyncapi.js';
import { json } from '../answer.js';
import { docsPage } from '../docs-page.js';
import { openApiDocument } from '../openapi.js';
import { nothing, route, type Route } from '../route.js';

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Documentation',
  params: nothing,
  query: nothing,
  body: nothing,
  problems: [],
} as const;

/**
 * `/openapi.json` and `/docs` of the given routes and of themselves, and `/asyncapi.json` of the topics with so many
 * partitions; each written once, when first asked for.
 */
export const docsRoutes = (
  documented: ReadonlyArray<Route>,
  version: string,
  partitions: number,
): ReadonlyArray<Route> => {
  const once = <A>(make: () => A): (() => A) => {
    let made: { readonly value: A } | undefined;
    return () => (made ??= { value: make() }).value;
  };
  const document = once(() => openApiDocument([...documented, ...routes], version));
  const asJson = once(() => json(200, document()));
  const messages = once(() => json(200, asyncApi(partitions)));
  const page = once(() => docsPage(document()));
  const routes: ReadonlyArray<Route> = [
    route({
      ...shared,
      path: '/openapi.json',
      summary: 'The API as an OpenAPI 3.1 document',
      answers: { 200: { description: 'The document', schema: z.looseObject({ openapi: z.string() }) } },
      handle: async () => asJson(),
    }),
    route({
      ...shared,
      path: '/asyncapi.json',
      summary: 'Every topic and its messages as an AsyncAPI 3.0 document',
      answers: { 200: { description: 'The document', schema: z.looseObject({ asyncapi: z.string() }) } },
      handle: async () => messages(),
    }),
    route({
      ...shared,
      path: '/docs',
      summary: 'The API as a page for people',
      answers: { 200: { description: 'A page', schema: z.string(), contentType: 'text/html' } },
      handle: async () => ({
        status: 200,
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
          'X-Content-Type-Options': 'nosniff',
        },
        body: page(),
      }),
    }),
  ];
  return routes;
};
