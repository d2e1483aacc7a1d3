import { type AddressInfo, createServer, type Socket } from 'node:net';
import Connection from 'kafkajs/src/network/connection.js';
import { kafkaClient } from '../../../src/adapters/kafka/client.js';
import { kafkaSettings } from '../../../src/adapters/kafka/options.js';
import { watchedSockets } from '../../../src/adapters/kafka/produce-socket.js';
import { eventually } from '../../support/eventually.js';

const nothing = () => undefined;

test('two requests at once on a closed connection open one socket, and closing the connection closes it', async () => {
  const sockets: Socket[] = [];
  const broker = createServer((socket) => sockets.push(socket.resume()));
  await new Promise<void>((listening) => broker.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = broker.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  const settings = kafkaSettings({
    brokers: [`127.0.0.1:${address.port}`],
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    metrics: { count: nothing, gauge: nothing, observe: nothing },
  });
  const connection = new Connection({
    host: '127.0.0.1',
    port: address.port,
    logger: kafkaClient(settings, 0).logger(),
    socketFactory: watchedSockets(nothing).factory,
    connectionTimeout: 5_000,
    requestTimeout: 5_000,
  });

  await Promise.all([connection.connect(), connection.connect()]);
  await connection.disconnect();
  await eventually(() => expect(sockets.map(({ closed }) => closed)).toEqual([true]));

  await connection.connect();
  await eventually(() => expect(sockets).toHaveLength(2));
  await connection.disconnect();
  await new Promise((closed) => broker.close(closed));
});
