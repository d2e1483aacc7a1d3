import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type ISocketFactory } from 'kafkajs';

/** API key 0, after the four bytes of the request's length. */
const isProduceRequest = (request: unknown): boolean =>
  Buffer.isBuffer(request) && request.length >= 6 && request.readInt16BE(4) === 0;

/**
 * The sockets of one producer, watched: which errors of the library mean "never sent" cannot be told from their class (the
 * one it throws may come from looking for another broker afterwards), but whether a Produce request was written can.
 */
export const watchedSockets = (closed: () => void) => {
  let written = 0;
  const factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const socket = ssl
      ? connectSecurely({ host, port, servername: host, ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setKeepAlive(true, 60_000);
    socket.setNoDelay(true);
    socket.once('close', closed);
    const write = socket.write.bind(socket);
    return Object.assign(socket, {
      write: (data: Buffer, encoding?: BufferEncoding) => {
        if (isProduceRequest(data)) written += 1;
        return write(data, encoding);
      },
    });
  };
  /** Produce requests written so far. */
  return { factory, written: () => written };
};
