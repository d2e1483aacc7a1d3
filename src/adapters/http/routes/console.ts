import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Answer, problem, type Written } from '../answer.js';
import { type Exchange } from '../exchange.js';
import { packageFile } from '../package-file.js';
import { nothing, route, type Route } from '../route.js';

/** What `npm run build` made of `web/console`. */
const BUILT = packageFile('web/console/dist/');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};
/** The name of an asset says what is in it: another content has another name. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const asset = z.string().regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(css|js|svg)$/);

const read = async (folder: URL, file: string, cached: string): Promise<Written | null> => {
  const type = TYPES[file.split('.').at(-1) ?? ''];
  if (type === undefined) return null;
  try {
    const body = await readFile(new URL(file, folder), 'utf8');
    return { status: 200, headers: { ...HEADERS, 'Content-Type': type, 'Cache-Control': cached }, body };
  } catch {
    return null;
  }
};

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Console',
  query: nothing,
  body: nothing,
  problems: ['NOT_FOUND'],
} as const;

/** The operators' console: pages for everybody, which know nothing until somebody signs in. 404 where it is not built. */
export const consoleRoutes = (folder = BUILT): ReadonlyArray<Route> => {
  const files = new Map<string, Written>();
  const answer = async (file: string, cached: string, { language }: Exchange): Promise<Answer> => {
    const found = files.get(file) ?? (await read(folder, file, cached));
    // What is not there is not remembered: made-up names take no memory.
    if (found === null) return problem({ code: 'NOT_FOUND' }, language);
    if (cached === FOR_EVER) files.set(file, found);
    return found;
  };
  return [
    route({
      ...shared,
      path: '/console',
      summary: "The operators' console",
      params: nothing,
      answers: { 200: { description: 'A page', schema: z.string(), contentType: 'text/html' } },
      handle: (_, exchange) => answer('index.html', 'no-cache', exchange),
    }),
    route({
      ...shared,
      path: '/console/assets/:file',
      summary: 'A file of the console, by a name that changes with its content',
      params: z.object({ file: asset }),
      answers: { 200: { description: 'A file', schema: z.string(), contentType: '*/*' } },
      handle: ({ params: { file } }, exchange) => answer(`assets/${file}`, FOR_EVER, exchange),
    }),
  ];
};
