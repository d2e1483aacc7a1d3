import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Container } from 'inversify';
import { addressOf } from '../../adapters/http/address-of.js';
import { pathOf } from '../../adapters/http/target.js';
import { Tokens } from '../container/tokens.js';
import { type RunningApi } from './api.js';
import { healthOf } from './health.js';

/** For a process without the API: its health and its metrics, so that it can be watched like every other. */
export const startOpsServer = async (container: Container): Promise<RunningApi> => {
  const { HTTP_HOST, HTTP_PORT, MAX_CONNECTIONS } = container.get(Tokens.Config);
  const metrics = container.get(Tokens.Metrics);
  const health = healthOf(container.get(Tokens.Engines), container.get(Tokens.Progress));
  const answers: Readonly<Record<string, () => Promise<{ status: number; contentType: string; body: string }>>> = {
    '/health/live': async () => ({ status: 200, contentType: 'application/json', body: '{"status":"ok"}' }),
    '/health/ready': async () => {
      const engines = await health();
      const isDown = Object.values(engines).includes('down');
      const status = isDown ? 'down' : Object.values(engines).includes('degraded') ? 'degraded' : 'ok';
      return { status: isDown ? 503 : 200, contentType: 'application/json', body: JSON.stringify({ status, engines }) };
    },
    '/metrics': async () => ({ status: 200, ...(await metrics.expose()) }),
  };
  const notFound = async () => ({ status: 404, contentType: 'application/json', body: '{"code":"NOT_FOUND"}' });
  const server = createServer((request, response) => {
    const answer = answers[pathOf(request.url ?? '/')] ?? notFound;
    answer().then(
      ({ status, contentType, body }) => response.writeHead(status, { 'content-type': contentType }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen({ host: HTTP_HOST, port: HTTP_PORT });
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
