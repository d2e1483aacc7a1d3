import { either as E, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { eventStream } from '../../shop-event/event-streams.js';
import { saleAggregate } from '../../shop-event/sale-aggregate.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { eventsOfLines, type EventOfProduct } from './events-of-lines.js';

/** Whether an event the order's goods are tied to was cancelled. */
export type IsCalledOff = (order: Pick<OrderCreated, 'lines' | 'eventIds'>) => TE.TaskEither<'Unavailable', boolean>;

export const isCalledOff = (ports: LoadAggregatePorts & { readonly eventOfProduct: EventOfProduct }): IsCalledOff => {
  const load = readAggregate(ports);
  const eventsOf = eventsOfLines(ports.eventOfProduct);
  return ({ lines, eventIds }) =>
    async () => {
      const events = eventIds === undefined ? await eventsOf(lines)() : E.right(eventIds);
      if (E.isLeft(events)) return events;
      for (const eventId of events.right) {
        const sale = await load(saleAggregate, eventStream(eventId))();
        if (E.isLeft(sale)) return E.left('Unavailable');
        if (sale.right.state.status === 'Cancelled') return E.right(true);
      }
      return E.right(false);
    };
};
