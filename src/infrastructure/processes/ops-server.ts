import { type Bound } from '../container/bound-in.js';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { handleClientErrors } from '../../adapters/http/client-errors.js';
import { type Lifecycle, newLifecycle } from '../../adapters/http/lifecycle.js';
import { type EngineState } from '../../adapters/http/options.js';
import { listen } from '../../adapters/http/listen.js';
import { healthRoutes, metricsRoute } from '../../adapters/http/routes/health.js';
import { serveRoutes } from '../../adapters/http/serve-routes.js';
import { type RunningApi } from './every.js';
import { healthOf } from './health.js';

/** What the server of the API tells, and OPS_PORT has to tell as well. */
interface BesideApi {
  readonly port: number;
  readonly health: () => Promise<Readonly<Record<string, EngineState>>>;
  readonly lifecycle: Lifecycle;
}

/** A process without the API: this is its only port. */
const instead = ({ config, engines, progress }: Bound): BesideApi => ({
  port: config.HTTP_PORT,
  health: healthOf(engines, progress),
  lifecycle: newLifecycle(),
});

/**
 * Health and metrics on a port of their own: of a process without the API, so that it can be watched like every other, and
 * beside the API where OPS_PORT is set. Nobody is asked who they are: the port is for the shop's own network.
 */
export const startOpsServer = async (bound: Bound, beside?: BesideApi): Promise<RunningApi> => {
  const { metrics, logger: log, config, engines } = bound;
  const { port, health, lifecycle } = beside ?? instead(bound);
  const routes = [...healthRoutes({ health, trouble: engines.trouble }, lifecycle), metricsRoute(metrics.expose)];
  // Node would refuse a request without a host, and with an answer of its own.
  const server = createServer({ requireHostHeader: false }, serveRoutes(routes, lifecycle, log));
  handleClientErrors(server, lifecycle);
  server.maxConnections = config.MAX_CONNECTIONS;
  const { url } = await listen(server, { host: config.HTTP_HOST, port }, log);
  return {
    url,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
