import { type RequestListener } from 'node:http';
import { type Log } from '../../application/ports/log.js';
import { type Answer, problem } from './answer.js';
import { Exchange } from './exchange.js';
import { type Lifecycle } from './lifecycle.js';
import { refusedAtOnce, requestIdOf } from './middleware/begin.js';
import { type Route } from './route.js';
import { send } from './send.js';
import { pathOf } from './target.js';

const answerTo = async (routes: ReadonlyArray<Route>, exchange: Exchange): Promise<Answer> => {
  const refusal = refusedAtOnce(exchange.req);
  if (refusal !== null) return problem(refusal, exchange.language);
  const path = pathOf(exchange.target);
  const route = routes.find((one) => one.path === path);
  if (route === undefined) return problem({ code: 'NOT_FOUND' }, exchange.language);
  if (exchange.isRead) return route.serve(exchange, {});
  return problem({ code: 'METHOD_NOT_ALLOWED', headers: { Allow: 'HEAD, GET' } }, exchange.language);
};

/** Answers a few GETs without parameters, as the whole server does, and nothing else. What fails is logged and a 500. */
export const serveRoutes =
  (routes: ReadonlyArray<Route>, lifecycle: Lifecycle, log: Log): RequestListener =>
  (req, res) => {
    const exchange = new Exchange(req, res, requestIdOf(req));
    const answered = async (): Promise<Answer> => {
      try {
        return await answerTo(routes, exchange);
      } catch (err) {
        log.error({ err, requestId: exchange.requestId }, 'A request failed unexpectedly');
        return problem({ code: 'INTERNAL' }, exchange.language);
      }
    };
    answered()
      .then((answer) => send(exchange, answer, lifecycle))
      .catch(() => void res.destroy());
  };
