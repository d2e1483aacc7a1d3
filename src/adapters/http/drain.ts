import { type Server } from 'node:http';
import { type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lifecycle } from './lifecycle.js';
import { type HttpServer } from './options.js';

/** How often connections that have become idle are looked for. */
const SWEEP_MS = 25;

/** To Node, a connection on which nothing was ever asked is not idle: browsers open some in advance, and keep them. */
const silentOnes = (server: Server): { readonly close: () => void } => {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return { close: () => open.forEach((socket) => socket.bytesRead === 0 && socket.destroy()) };
};

/** From accepting to closed: notice, no new connections, what is in flight finished; after the time is over, cut off. */
export const drain = (server: Server, lifecycle: Lifecycle): HttpServer['close'] => {
  const silent = silentOnes(server);
  const drained = async (noticeMs: number, timeoutMs: number): Promise<void> => {
    lifecycle.draining = true;
    lifecycle.stopWaiting.abort();
    if (noticeMs > 0) await sleep(noticeMs);
    lifecycle.closing.abort();
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      silent.close();
    }, SWEEP_MS);
    const cutOff = setTimeout(() => server.closeAllConnections(), timeoutMs);
    // Told that it was not listening, it is closed all the same.
    await new Promise<void>((resolve) => server.close(() => resolve()));
    clearInterval(sweep);
    clearTimeout(cutOff);
  };
  let closing: Promise<void> | undefined;
  return ({ noticeMs = 0, timeoutMs }) => (closing ??= drained(noticeMs, timeoutMs));
};
