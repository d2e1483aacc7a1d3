import helmet from 'koa-helmet';
import { type Middleware } from 'koa';

const PAGES = /^\/(docs(\/.*)?|demo\/.*|console(\/.*)?)?$/;

/** Pages tell browsers to be careful with them. Each page brings a content security policy of its own; TLS is the proxy's matter. */
export const pageHeaders = (): Middleware => {
  const careful = helmet({ contentSecurityPolicy: false, strictTransportSecurity: false });
  return (ctx, next) => (PAGES.test(ctx.path) ? careful(ctx, next) : next());
};
