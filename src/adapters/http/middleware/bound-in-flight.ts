import { type Middleware } from 'koa';
import { problem } from '../answer.js';
import { type HttpState } from '../exchange.js';
import { type Lifecycle } from '../lifecycle.js';
import { tryAgain } from '../problems.js';
import { send } from '../send.js';

/** How many requests are being answered. */
export interface Running {
  count: number;
  readonly enter: () => void;
  readonly leave: () => void;
}

export const newRunning = (): Running => {
  const running: Running = {
    count: 0,
    enter: () => void (running.count += 1),
    leave: () => void (running.count -= 1),
  };
  return running;
};

interface Bound {
  readonly limit: number;
  readonly always: (path: string) => boolean;
  readonly refused: () => void;
}

/** Beyond `limit` at once the answer is 503, at once: a queue of ours would only make everyone late. */
export const boundInFlight =
  (running: Running, { limit, always, refused }: Bound, lifecycle: Lifecycle): Middleware<HttpState> =>
  async (ctx, next) => {
    if (running.count >= limit && !always(ctx.path)) {
      refused();
      const { exchange } = ctx.state;
      return send(exchange, problem(tryAgain('OVERLOADED'), exchange.language), lifecycle);
    }
    running.count += 1;
    try {
      await next();
    } finally {
      running.count -= 1;
    }
  };
