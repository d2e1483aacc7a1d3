import { once } from 'node:events';
import { type Server } from 'node:http';
import { type ListenOptions } from 'node:net';
import { type Log } from '../../application/ports/log.js';
import { addressOf } from './address-of.js';

/**
 * Resolves once connections are taken, with the address others reach it by. Rejects when the port is taken. From then on a
 * connection that cannot be taken, as when there are no more files to open, is told, and the server goes on.
 */
export const listen = async (
  server: Server,
  at: ListenOptions & { readonly host: string },
  log: Pick<Log, 'warn'>,
): Promise<{ readonly url: string; readonly port: number }> => {
  server.listen(at);
  await once(server, 'listening');
  server.on('error', (error) => log.warn({ err: error }, 'A connection could not be taken'));
  return addressOf(server.address(), at.host);
};
