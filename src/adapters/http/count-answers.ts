import { type Metrics } from '../../application/ports/metrics.js';
import { type Route, type Serve } from './route.js';

/** Counts what a route answers and how long that took. What goes on being written is not an answer yet, and left out. */
export const countAnswers = (
  { count, observe }: Pick<Metrics, 'count' | 'observe'>,
  { method, path }: Pick<Route, 'method' | 'path'>,
  serve: Serve,
): Serve => {
  const labels = Object.freeze({ method: method.toUpperCase(), route: path });
  const byStatus = new Map<number, Readonly<Record<string, string>>>();
  const labelsOf = (status: number): Readonly<Record<string, string>> => {
    const known = byStatus.get(status) ?? Object.freeze({ ...labels, status: String(status) });
    byStatus.set(status, known);
    return known;
  };
  return async (exchange, params) => {
    const began = performance.now();
    const answer = await serve(exchange, params);
    if ('status' in answer) {
      count('http_requests_total', labelsOf(answer.status));
      observe('http_request_seconds', (performance.now() - began) / 1000, labels, exchange.span);
    }
    return answer;
  };
};
