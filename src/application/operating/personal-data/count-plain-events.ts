import { isSealed } from '../../../domain/sealed.js';
import { deliveryStream } from '../../checkout/aggregates/delivery-aggregate.js';
import { orderStream } from '../../checkout/aggregates/order-aggregate.js';
import { type EventBody, type EventStore } from '../../ports/event-store.js';
import { ask } from './ask.js';

/** The first events of an order contain its shipping. */
const FIRST = 10;

const isPlain = (event: EventBody): boolean => 'shipping' in event && !isSealed(event.shipping);

/** How many events of these orders hold where they go in plain text. Throws Interrupted. */
export const countPlainEvents = async (eventStore: EventStore, orderIds: Iterable<string>): Promise<number> => {
  let count = 0;
  for (const orderId of orderIds)
    for (const stream of [orderStream(orderId), deliveryStream(orderId)]) {
      const recorded = await ask(eventStore.readStream(stream, 0, FIRST));
      count += recorded.filter(({ event }) => isPlain(event)).length;
    }
  return count;
};
