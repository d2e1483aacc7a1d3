import { inProcessTickets } from '../../../src/adapters/embedded/in-process.js';
import { type HttpServer, type HttpServerOptions } from '../../../src/adapters/http/options.js';
import { type AllUseCases } from '../../../src/adapters/http/route-table.js';
import { createHttpServer } from '../../../src/adapters/http/server.js';
import { type Log } from '../../../src/application/ports/log.js';
import { checkedFetch } from '../../support/contract/checked-fetch.js';
import { stoppedClock } from '../../support/stopped-clock.js';
import { fakeUseCases, T0 } from './fake-use-cases.js';
import { inMemoryIdempotency } from './in-memory-idempotency.js';

export type LoggedLine = readonly [fields: object, message: string];

export interface Served {
  readonly server: HttpServer;
  readonly url: string;
  readonly port: number;
  /** What was logged as an error. */
  readonly errors: ReadonlyArray<LoggedLine>;
  readonly call: (path: string, init?: RequestInit) => Promise<Response>;
  /** POSTs JSON. */
  readonly post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
}

const open: HttpServer[] = [];

/** A server on loopback and a port of its own, with fake use cases but for those given. Closed after the test. */
export const serve = async (
  useCases: Partial<AllUseCases> = {},
  options: Partial<HttpServerOptions> = {},
): Promise<Served> => {
  const errors: LoggedLine[] = [];
  const nothing = (): void => undefined;
  const log: Log = { debug: nothing, info: nothing, warn: nothing, error: (...line) => void errors.push(line) };
  const server = createHttpServer(
    { ...fakeUseCases, ...useCases },
    {
      host: '127.0.0.1',
      port: 0,
      version: '0.0.0',
      streamTickets: inProcessTickets(),
      idempotencyKeys: inMemoryIdempotency(),
      clock: stoppedClock(() => T0),
      log,
      consoleFolder: new URL('../../fixtures/console/', import.meta.url),
      health: async () => ({ eventStore: 'ok', log: 'ok' }),
      metrics: async () => ({ contentType: 'text/plain; version=0.0.4', body: 'coupon_issue_count 1\n' }),
      ...options,
    },
  );
  open.push(server);
  const { url, port } = await server.listen();
  const call = (path: string, init?: RequestInit): Promise<Response> => checkedFetch(url + path, init);
  const post: Served['post'] = (path, body, headers) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return { server, url, port, errors, call, post };
};

/** To be called after each test. */
export const closeServers = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((server) => server.close({ timeoutMs: 0 })));
};
