import { createServer, connect, type Socket } from 'node:net';

export interface Tunnel {
  readonly port: number;
  /** Every connection is lost, at once; new ones are taken. */
  readonly cut: () => void;
  readonly close: () => void;
}

/**
 * A road to a server on this machine on which connections can be cut: what a train in a tunnel does to a phone. It may
 * lead elsewhere from one connection to the next.
 */
export const tunnelTo = async (to: number | (() => number)): Promise<Tunnel> => {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(typeof to === 'number' ? to : to(), '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
};
