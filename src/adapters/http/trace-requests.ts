import { inSpan } from '../../application/kernel/tracing/in-span.js';
import { type Answer } from './answer.js';
import { type Route, type Serve } from './route.js';

const endOf = (answer: Answer) => ({
  attributes: 'status' in answer ? { 'http.response.status_code': answer.status } : {},
  isFailure: 'status' in answer && answer.status >= 500,
});
/** A span for each request; what it leads to on the log is a part of the same trace. Probes and scrapes are left out. */
export const traceRequests = ({ method, path, tag }: Pick<Route, 'method' | 'path' | 'tag'>, serve: Serve): Serve => {
  if (tag === 'Health') return serve;
  const verb = method.toUpperCase();
  const name = `${verb} ${path}`;
  return (exchange, params) => {
    const parent = exchange.traceparent;
    const attributes = {
      'http.request.method': verb,
      'http.route': path,
      'url.path': exchange.target.split('?', 1).join(),
      'doorbuster.correlation': exchange.requestId,
    };
    return inSpan(name, { kind: 'server', attributes, ended: endOf, ...(parent && { parent }) }, (span) => {
      exchange.span = span;
      return serve(exchange, params);
    });
  };
};
