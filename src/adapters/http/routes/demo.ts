import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Answer, problem, type Written } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { packageFile } from '../package-file.js';
import { nothing, route, type Route } from '../route.js';

/** The files of the page, as they are served: no build, nothing from elsewhere. They lie beside `src` and `dist`. */
const FOLDER = packageFile('web/demo/');
/** What the page calls the server with is built: our client, as one file. */
const CLIENT = packageFile('packages/client/dist/bundle.js');

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

const name = z.string().regex(/^[a-z]+\.(html|css|js|svg)$/);
const isType = (extension: string): extension is keyof typeof TYPES => Object.hasOwn(TYPES, extension);

const HEADERS = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

const read = async (file: string): Promise<Written | null> => {
  const extension = file.split('.').at(-1) ?? '';
  if (!isType(extension)) return null;
  try {
    const body = await readFile(file === 'client.js' ? CLIENT : new URL(file, FOLDER), 'utf8');
    return { status: 200, headers: { ...HEADERS, 'Content-Type': TYPES[extension] }, body };
  } catch {
    return null;
  }
};

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Demo',
  query: nothing,
  body: nothing,
  problems: ['NOT_FOUND'],
} as const;

/** A page at `/` on which a person goes through a sale. It knows the public interface and nothing else. */
export const demoRoutes = (): ReadonlyArray<Route> => {
  const files = new Map<string, Promise<Written | null>>();
  const answer = async (file: string, { language }: Exchange): Promise<Answer> => {
    const known = files.get(file) ?? read(file);
    const found = await known;
    // What is not there is not remembered: made-up names take no memory.
    if (found === null) return problem({ code: 'NOT_FOUND' }, language);
    files.set(file, known);
    return found;
  };
  return [
    route({
      ...shared,
      path: '/',
      summary: 'Demo page: watch a sale and take part in it',
      params: nothing,
      answers: { 200: { description: 'A page', schema: z.string(), contentType: 'text/html' } },
      handle: (_, exchange) => answer('index.html', exchange),
    }),
    route({
      ...shared,
      path: '/demo/:file',
      summary: 'A file of the demo page',
      params: z.object({ file: name }),
      answers: { 200: { description: 'A file', schema: z.string(), contentType: '*/*' } },
      handle: ({ params: { file } }, exchange) => answer(file, exchange),
    }),
  ];
};
