import { type Middleware } from 'koa';
import { type Log } from '../../../application/ports/log.js';
import { UnreadableStream } from '../../../application/kernel/writer/load-aggregate.js';
import { problem } from '../answer.js';
import { type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { type Refusal, tryAgain } from '../problems.js';
import { send } from '../send.js';

/** An operator has to upgrade or to mend something first. */
const UNREADABLE_RETRY_SECONDS = 30;

/** What an event that this version cannot read keeps from being decided is not known to have failed, and may work later. */
const refusalOf = (error: unknown): Refusal =>
  error instanceof UnreadableStream
    ? tryAgain('UNAVAILABLE', UNREADABLE_RETRY_SECONDS, { reason: 'STREAM_UNREADABLE' })
    : { code: 'INTERNAL' };

/** An exception is a bug, or an event that cannot be read: it is logged with the request's id, and its text stays here. */
export const catchBugs =
  (log: Log, lifecycle: Lifecycle): Middleware<HttpState> =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const { exchange } = ctx.state;
      log.error({ err: error, requestId: exchange.requestId, method: ctx.req.method }, 'A request failed unexpectedly');
      if (exchange.res.headersSent) exchange.res.destroy();
      else await send(exchange, problem(refusalOf(error), exchange.language), lifecycle);
    }
  };
