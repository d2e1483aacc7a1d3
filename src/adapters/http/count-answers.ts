import { type Metrics } from '../../application/ports/metrics.js';
import { refusalOf } from './middleware/begin.js';
import { statusOf } from './problems.js';
import { type Route, type Serve } from './route.js';

type Labels = Readonly<Record<string, string>>;
const ANSWERED = 'http_requests_total';

/** What is refused before it is known which route it asks for. */
const BEFORE_ROUTES: Labels = Object.freeze({ method: '*', route: '*', status: '503' });
export const countOverload = (count: Metrics['count']): void => count(ANSWERED, BEFORE_ROUTES);

/**
 * Counts what a route answers and how long that took, also where it throws: that is answered further out. What goes on being
 * written is not an answer yet, and left out.
 */
export const countAnswers = (
  { count, observe }: Pick<Metrics, 'count' | 'observe'>,
  { method, path }: Pick<Route, 'method' | 'path'>,
  serve: Serve,
): Serve => {
  const labels = Object.freeze({ method: method.toUpperCase(), route: path });
  const byStatus = new Map<number, Labels>();
  const labelsOf = (status: number): Labels => {
    const known = byStatus.get(status) ?? Object.freeze({ ...labels, status: String(status) });
    byStatus.set(status, known);
    return known;
  };
  // Prometheus sees something grow only from the second time on that it is there.
  count(ANSWERED, labelsOf(statusOf('INTERNAL')), 0);
  return async (exchange, params) => {
    const began = performance.now();
    const tell = (status: number): void => {
      count(ANSWERED, labelsOf(status));
      observe('http_request_seconds', (performance.now() - began) / 1000, labels, exchange.span);
    };
    try {
      const answer = await serve(exchange, params);
      if ('status' in answer) tell(answer.status);
      return answer;
    } catch (error) {
      tell(statusOf(refusalOf(error).code));
      throw error;
    }
  };
};
