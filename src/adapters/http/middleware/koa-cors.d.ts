/** What is used of it; it brings no types. */
declare module '@koa/cors' {
  import { type Context, type Middleware } from 'koa';

  const cors: (options: {
    /** The origin to allow; empty for none. */
    readonly origin: (ctx: Context) => string;
    readonly allowMethods: ReadonlyArray<string>;
    readonly allowHeaders: ReadonlyArray<string>;
    readonly exposeHeaders: ReadonlyArray<string>;
    /** Seconds. */
    readonly maxAge: number;
    readonly keepHeadersOnError: boolean;
  }) => Middleware;
  export default cors;
}
