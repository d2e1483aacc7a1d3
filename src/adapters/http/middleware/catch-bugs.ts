import { type Middleware } from 'koa';
import { type Log } from '../../../application/ports/log.js';
import { problem } from '../answer.js';
import { type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { send } from '../send.js';

/** An exception is a bug: it is logged with the request's id, and tells the client nothing but that. */
export const catchBugs =
  (log: Log, lifecycle: Lifecycle): Middleware<HttpState> =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const { exchange } = ctx.state;
      log.error({ err: error, requestId: exchange.requestId, method: ctx.req.method }, 'A request failed unexpectedly');
      if (exchange.res.headersSent) exchange.res.destroy();
      else await send(exchange, problem({ code: 'INTERNAL' }, exchange.language), lifecycle);
    }
  };
