import { z } from 'zod';
import { packageFile } from '../package-file.js';
import { route, type Route } from '../route.js';
import { staticFiles } from '../static-files.js';

/** What `npm run build` made of `web/console`. */
const BUILT = packageFile('web/console/dist/');

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
};
/** The name of an asset says what is in it: another content has another name. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const asset = z.string().regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(css|js|svg)$/);

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Console',
  problems: ['NOT_FOUND'],
} as const;

/** The operators' console: pages for everybody, which know nothing until somebody signs in. 404 where it is not built. */
export const consoleRoutes = (folder = BUILT): ReadonlyArray<Route> => {
  const page = staticFiles(() => new URL('index.html', folder), { ...HEADERS, 'Cache-Control': 'no-cache' }, false);
  const assets = staticFiles((file) => new URL(`assets/${file}`, folder), { ...HEADERS, 'Cache-Control': FOR_EVER });
  return [
    route({
      ...shared,
      path: '/console',
      summary: "The operators' console",
      answers: { 200: { description: 'A page', schema: z.string(), contentType: 'text/html' } },
      handle: (_, exchange) => page('index.html', exchange),
    }),
    route({
      ...shared,
      path: '/console/assets/:file',
      summary: 'A file of the console, by a name that changes with its content',
      params: z.object({ file: asset }),
      answers: { 200: { description: 'A file', schema: z.string(), contentType: '*/*' } },
      handle: ({ params: { file } }, exchange) => assets(file, exchange),
    }),
  ];
};
