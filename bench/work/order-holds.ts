import { z } from 'zod';
import { orderStream } from '../../src/application/checkout/aggregates/order-aggregate.js';
import { stockStream } from '../../src/application/checkout/aggregates/stock-aggregate.js';
import { eventId } from '../../src/application/kernel/writer/event-ids.js';
import { type EventToAppend, NO_STREAM, type Revision } from '../../src/application/ports/event-store.js';
import { noChallenge } from '../../src/domain/challenge-policy.js';
import { type OrderEvent } from '../../src/domain/order/events.js';
import { defaultPolicy } from '../../src/domain/sale-policy.js';
import { type StockEvent } from '../../src/domain/stock/events.js';
import { noLimits } from '../../src/domain/stock/purchase-limits.js';
import { forAttempt } from '../../src/domain/taking.js';
import { boundIn } from '../../src/infrastructure/container/bound-in.js';
import { Tokens } from '../../src/infrastructure/container/tokens.js';
import { startProjector } from '../../src/infrastructure/processes/projector.js';
import { answering } from '../harness/answering.js';
import { must, openProduct } from './container.js';
import { PRICE } from './order-requests.js';

const APPEND = 1_000;
/** Streams written side by side: one fsync serves many. */
const AT_ONCE = 1_000;

const identified = <Event extends StockEvent | OrderEvent>(
  streamId: string,
  event: Event,
  n: number,
): EventToAppend<Event> => ({
  id: eventId(streamId, String(n), 0),
  event,
  metadata: { correlationId: `bench-${n}` },
});

const orderId = (n: number): string => `waiting-${n}`;

/**
 * What a server leaves behind that took so many orders of which none was paid: each holds one piece until the same moment.
 * Its events and its read models; what else follows the events has yet to.
 */
answering(
  z.object({ directory: z.string(), productId: z.string(), holds: z.number(), expiresAt: z.number() }),
  async ({ directory, productId, holds, expiresAt }) => {
    const container = await openProduct({ DATA_DIR: directory });
    const store = container.get(Tokens.EventStore);
    const at = Date.now();
    const numbers = Array.from({ length: holds }, (_, n) => n);

    const terms = { policy: defaultPolicy, limits: noLimits, challenge: noChallenge };
    const created = { type: 'ProductCreated', productId, name: 'Bench', price: PRICE, stock: holds, at } as const;
    const held = { type: 'StockReserved', productId, quantity: 1, expiresAt, takenBy: forAttempt(1), at } as const;
    const stock: StockEvent[] = [
      { ...created, ...terms, eventId: null },
      ...numbers.map((n) => ({ ...held, orderId: orderId(n), userId: `user-${n}` }) as const),
    ];
    let revision: Revision = NO_STREAM;
    for (let from = 0; from < stock.length; from += APPEND) {
      const events = stock.slice(from, from + APPEND);
      const appended = events.map((event, n) => identified(stockStream(productId), event, from + n));
      ({ revision } = await must(store.append(stockStream(productId), revision, appended)));
    }
    const place = (n: number) => {
      const [id, userId] = [orderId(n), `user-${n}`];
      const lines = [{ productId, quantity: 1, unitPrice: PRICE }];
      const shipping = { recipient: 'Ana', address: 'Harbour 1', phone: null };
      const terms = { lines, shipping, couponId: null, discount: 0, points: 0, total: PRICE, holdExpiresAt: expiresAt };
      const event: OrderEvent = { type: 'OrderCreated', orderId: id, userId, ...terms, at };
      return must(store.append(orderStream(id), NO_STREAM, [identified(orderStream(id), event, n)]));
    };
    for (let from = 0; from < holds; from += AT_ONCE)
      await Promise.all(numbers.slice(from, from + AT_ONCE).map((n) => place(n)));

    // Ready: the read models have seen everything, as they have in a server that took these orders itself.
    const projector = await startProjector(boundIn(container));
    await projector.stop();
    await container.get(Tokens.Engines).close();
    return {};
  },
);
