import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Container } from 'inversify';
import { addressOf } from '../../adapters/http/address-of.js';
import { newLifecycle } from '../../adapters/http/lifecycle.js';
import { healthRoutes, metricsRoute } from '../../adapters/http/routes/health.js';
import { serveRoutes } from '../../adapters/http/serve-routes.js';
import { Tokens } from '../container/tokens.js';
import { healthOf } from './health.js';
import { type RunningApi } from './process.js';

/**
 * Health and metrics on a port of their own: of a process without the API, so that it can be watched like every other, and
 * beside the API where OPS_PORT is set. Nobody is asked who they are: the port is for the shop's own network.
 */
export const startOpsServer = async (container: Container, ownPort?: number): Promise<RunningApi> => {
  const { HTTP_HOST, HTTP_PORT, MAX_CONNECTIONS } = container.get(Tokens.Config);
  const metrics = container.get(Tokens.Metrics);
  const { trouble } = container.get(Tokens.Engines);
  const health = healthOf(container.get(Tokens.Engines), container.get(Tokens.Progress));
  const lifecycle = newLifecycle();
  const routes = [...healthRoutes({ health, trouble }, lifecycle), metricsRoute(metrics.expose)];
  const server = createServer(serveRoutes(routes, lifecycle, container.get(Tokens.Log)));
  server.maxConnections = MAX_CONNECTIONS;
  server.listen({ host: HTTP_HOST, port: ownPort ?? HTTP_PORT });
  await once(server, 'listening');
  return {
    url: addressOf(server.address(), HTTP_HOST).url,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
