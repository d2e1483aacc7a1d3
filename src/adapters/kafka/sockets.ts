import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type ISocketFactory } from 'kafkajs';
import { inTime } from './in-time.js';

export interface Sockets {
  readonly factory: ISocketFactory;
  /** Produce requests written so far. */
  readonly written: () => number;
  /** Ends those that are open, and refuses others. */
  readonly end: () => void;
}

class ClientLetGo extends Error {
  override readonly message = 'the client was let go';
}

/** API key 0, after the four bytes of the request's length. */
const isProduceRequest = (request: unknown): boolean =>
  Buffer.isBuffer(request) && request.length >= 6 && request.readInt16BE(4) === 0;

/**
 * The sockets of one client, to be ended with it. They also count the Produce requests that were written: the class of an error
 * of the library does not say whether a message was sent, because the error may come from looking for another broker afterwards.
 */
export const watchedSockets = (closed: () => void = () => undefined): Sockets => {
  const open = new Set<Socket>();
  let written = 0;
  let isEnded = false;
  const factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const socket = ssl
      ? connectSecurely({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, 60_000);
    socket.setNoDelay(true);
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      closed();
    });
    if (isEnded) socket.destroy(new ClientLetGo());
    const write = socket.write.bind(socket);
    return Object.assign(socket, {
      write: (data: Buffer, encoding?: BufferEncoding) => {
        if (isProduceRequest(data)) written += 1;
        return write(data, encoding);
      },
    });
  };
  const end = (): void => {
    isEnded = true;
    // With an error: the library hears of a socket that is closed without one only when its requests time out.
    for (const socket of open) socket.destroy(new ClientLetGo());
  };
  return { factory, written: () => written, end };
};

/**
 * Disconnects a client. A call that is still under way on it would connect once more, and the library would never end that
 * connection: a process that is done would not exit.
 */
export const letGo = async (
  client: { readonly disconnect: () => Promise<void> },
  sockets: Sockets,
  withinMs = 2_000,
): Promise<void> => {
  await inTime(client.disconnect(), withinMs, 'disconnecting').catch(() => undefined);
  sockets.end();
};
