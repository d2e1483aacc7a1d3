import { once } from 'node:events';
import { type Server } from 'node:http';
import { type AddressInfo, type ListenOptions } from 'node:net';
import { type Log } from '../../application/ports/log.js';

/** Where a server listens, as others on this machine write it. */
export const addressOf = (
  address: AddressInfo | string | null,
  host: string,
): { readonly url: string; readonly port: number } => {
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`, port };
};

const QUIET_MS = 60_000;

/**
 * Resolves once connections are taken, with the address others reach it by. Rejects when the port is taken. From then on a
 * connection that cannot be taken, as when there are no more files to open, is told, once a minute, and the server goes on.
 */
export const listen = async (
  server: Server,
  at: ListenOptions & { readonly host: string },
  log: Pick<Log, 'warn'>,
): Promise<{ readonly url: string; readonly port: number }> => {
  server.listen(at);
  await once(server, 'listening');
  let isTold = false;
  server.on('error', (error) => {
    if (isTold) return;
    isTold = true;
    setTimeout(() => (isTold = false), QUIET_MS).unref();
    log.warn({ err: error }, 'A connection could not be taken');
  });
  return addressOf(server.address(), at.host);
};
