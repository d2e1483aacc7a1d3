import { z } from 'zod';
import { asyncApi } from '../../../application/operating/documents/asyncapi.js';
import { json } from '../answer.js';
import { type Language } from '../language.js';
import { messages } from '../messages.js';
import { openApiDocument, recordedExamples } from '../openapi.js';
import { packageFile } from '../package-file.js';
import { type ProblemCode, problemCodes, statusOf } from '../problems.js';
import { route, type Route } from '../route.js';
import { staticFiles } from '../static-files.js';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const words = (language: Language, code: ProblemCode): string => {
  const [title, detail] = messages[language].problems[code];
  return `<i>${escaped(title)}</i> ${escaped(detail)}`;
};

const problem = (code: ProblemCode): string =>
  `<tr id="${code}"><td><code>${code}</code></td><td>${statusOf(code)}</td><td>${words('en', code)}</td><td lang="ko">${words('ko', code)}</td></tr>`;

/** The reference, drawn from `/openapi.json`; and below it every problem, where its `type` leads to. */
const docsPage = (): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Doorbuster: API reference</title>
<link rel="icon" href="/demo/icon.svg"><link rel="stylesheet" href="/docs/page.css"></head><body>
<div id="reference"></div>
<section id="problems"><h2>Problems</h2>
<p>Errors are <code>application/problem+json</code>; <code>code</code> is one of these.</p>
<table>${problemCodes.map(problem).join('\n')}</table></section>
<script src="/docs/scalar.js"></script><script src="/docs/page.js"></script></body></html>
`;

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Documentation',
  problems: [],
} as const;

/** The reference is Scalar's, which `npm run build` copies; it sets styles on what it draws, and gets nothing from elsewhere. */
const PAGE_HEADERS = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};
const FILES: Readonly<Record<string, URL>> = {
  'page.css': packageFile('web/docs/page.css'),
  'page.js': packageFile('web/docs/page.js'),
  'scalar.js': packageFile('web/docs/dist/scalar.js'),
};

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
  const document = once(() => openApiDocument([...documented, ...routes], version, recordedExamples()));
  const asJson = once(() => json(200, document()));
  const messages = once(() => json(200, asyncApi(partitions)));
  const page = once(docsPage);
  const file = staticFiles((name) => FILES[name] ?? null, PAGE_HEADERS);
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
        headers: { ...PAGE_HEADERS, 'Content-Type': 'text/html; charset=utf-8' },
        body: page(),
      }),
    }),
    route({
      ...shared,
      path: '/docs/:file',
      summary: 'A file of the API reference',
      params: z.object({ file: z.enum(['page.css', 'page.js', 'scalar.js']) }),
      answers: { 200: { description: 'A file', schema: z.string(), contentType: '*/*' } },
      problems: ['NOT_FOUND'],
      handle: ({ params }, exchange) => file(params.file, exchange),
    }),
  ];
  return routes;
};
