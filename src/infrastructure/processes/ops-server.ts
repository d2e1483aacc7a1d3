import { type Container } from 'inversify';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { handleClientErrors } from '../../adapters/http/client-errors.js';
import { type Lifecycle, newLifecycle } from '../../adapters/http/lifecycle.js';
import { type EngineState } from '../../adapters/http/options.js';
import { listen } from '../../adapters/http/listen.js';
import { healthRoutes, metricsRoute } from '../../adapters/http/routes/health.js';
import { serveRoutes } from '../../adapters/http/serve-routes.js';
import { Tokens } from '../container/tokens.js';
import { type RunningApi } from './every.js';
import { healthOf } from './health.js';

/** What the server of the API tells, and OPS_PORT has to tell as well. */
interface BesideApi {
  readonly port: number;
  readonly health: () => Promise<Readonly<Record<string, EngineState>>>;
  readonly lifecycle: Lifecycle;
}

/** A process without the API: this is its only port. */
const instead = (container: Container): BesideApi => ({
  port: container.get(Tokens.Config).HTTP_PORT,
  health: healthOf(container.get(Tokens.Engines), container.get(Tokens.Progress)),
  lifecycle: newLifecycle(),
});

/**
 * Health and metrics on a port of their own: of a process without the API, so that it can be watched like every other, and
 * beside the API where OPS_PORT is set. Nobody is asked who they are: the port is for the shop's own network.
 */
export const startOpsServer = async (container: Container, beside?: BesideApi): Promise<RunningApi> => {
  const { HTTP_HOST, MAX_CONNECTIONS } = container.get(Tokens.Config);
  const { port, health, lifecycle } = beside ?? instead(container);
  const [metrics, log] = [container.get(Tokens.Metrics), container.get(Tokens.Logger)];
  const { trouble } = container.get(Tokens.Engines);
  const routes = [...healthRoutes({ health, trouble }, lifecycle), metricsRoute(metrics.expose)];
  // Node would refuse a request without a host, and with an answer of its own.
  const server = createServer({ requireHostHeader: false }, serveRoutes(routes, lifecycle, log));
  handleClientErrors(server, lifecycle);
  server.maxConnections = MAX_CONNECTIONS;
  const { url } = await listen(server, { host: HTTP_HOST, port }, log);
  return {
    url,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
