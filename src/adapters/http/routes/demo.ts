import { z } from 'zod';
import { packageFile } from '../package-file.js';
import { route, type Route } from '../route.js';
import { staticFiles } from '../static-files.js';

/** The files of the page, as they are served: no build, nothing from elsewhere. They lie beside `src` and `dist`. */
const FOLDER = packageFile('web/demo/');
/** What the page calls the server with is built: our client, as one file. */
const CLIENT = packageFile('packages/client/dist/bundle.js');

const name = z.string().regex(/^[a-z]+\.(html|css|js|svg)$/);

const HEADERS = {
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

const shared = {
  method: 'get',
  access: 'public',
  tag: 'Demo',
  problems: ['NOT_FOUND'],
} as const;

/** A page at `/` on which a person goes through a sale. It knows the public interface and nothing else. */
export const demoRoutes = (): ReadonlyArray<Route> => {
  const answer = staticFiles((file) => (file === 'client.js' ? CLIENT : new URL(file, FOLDER)), HEADERS);
  return [
    route({
      ...shared,
      path: '/',
      summary: 'Demo page: watch a sale and take part in it',
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
