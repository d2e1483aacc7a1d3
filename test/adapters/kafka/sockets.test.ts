import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import Connection from 'kafkajs/src/network/connection.js';
import { kafkaClient } from '../../../src/adapters/kafka/client.js';
import { kafkaSettings } from '../../../src/adapters/kafka/options.js';
import { letGo, watchedSockets } from '../../../src/adapters/kafka/sockets.js';
import { eventually } from '../../support/eventually.js';

const nothing = () => undefined;

let broker: Server;
let accepted: Socket[];
beforeEach(async () => {
  accepted = [];
  broker = createServer((socket) => accepted.push(socket.resume().on('error', nothing)));
  await new Promise<void>((listening) => broker.listen(0, '127.0.0.1', listening));
});
afterEach(() => new Promise((closed) => broker.close(closed)));

const connectionTo = (server: Server) => {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  const settings = kafkaSettings({
    brokers: [`127.0.0.1:${address.port}`],
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    metrics: { count: nothing, gauge: nothing, observe: nothing },
  });
  const sockets = watchedSockets();
  const connection = new Connection({
    host: '127.0.0.1',
    port: address.port,
    logger: kafkaClient(settings, 0, sockets).logger(),
    socketFactory: sockets.factory,
    connectionTimeout: 5_000,
    requestTimeout: 5_000,
  });
  return { connection, sockets };
};
const areClosed = () => accepted.map(({ closed }) => closed);

test('two requests at once on a closed connection open one socket, and closing the connection closes it', async () => {
  const { connection } = connectionTo(broker);
  await Promise.all([connection.connect(), connection.connect()]);
  await connection.disconnect();
  await eventually(() => expect(areClosed()).toEqual([true]));

  await connection.connect();
  await eventually(() => expect(accepted).toHaveLength(2));
  await connection.disconnect();
});

test('a client that was let go leaves no socket open, though a call that was under way connects once more', async () => {
  const { connection, sockets } = connectionTo(broker);
  await connection.connect();
  const disconnect = async (): Promise<void> => {
    await connection.disconnect();
    await connection.connect();
  };
  await letGo({ disconnect }, sockets);
  await eventually(() => expect(areClosed()).toEqual([true, true]));
  await expect(connection.connect()).rejects.toThrow('let go');
});
