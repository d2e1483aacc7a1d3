// A whole server that kills itself at the moment an order would be created: when all it takes has been taken, durably.
import { either as E } from 'fp-ts';
import { ORDER_STREAMS } from '../../../src/application/checkout/aggregates/order-aggregate.js';
import { type EventStore } from '../../../src/application/ports/event-store.js';
import { loadConfig } from '../../../src/infrastructure/config/load-config.js';
import { Tokens } from '../../../src/infrastructure/container/tokens.js';
import { startServer } from '../../../src/infrastructure/start-server.js';

const [directory = '', hold = ''] = process.argv.slice(2);
const config = loadConfig({ DATA_DIR: directory, HTTP_PORT: '0', LOG_LEVEL: 'error', ORDER_HOLD_SECONDS: hold });
if (E.isLeft(config)) throw new Error(config.left.join('\n'));
const server = await startServer(config.right)();
if (E.isLeft(server)) throw new Error(server.left);

const store = server.right.container.get(Tokens.EventStore);
const { append } = store;
const deadly: EventStore['append'] = (streamId, expected, events) => {
  const isCreated = events.some(({ event }) => event.type === 'OrderCreated');
  if (streamId.startsWith(ORDER_STREAMS) && isCreated) process.kill(process.pid, 'SIGKILL');
  return append(streamId, expected, events);
};
Object.defineProperty(store, 'append', { value: deadly });
process.stdout.write(`${server.right.url}\n`);
