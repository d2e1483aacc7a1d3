import { either as E, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { eventStream, saleAggregate } from '../../shop-event/sale-aggregate.js';
import { type HandleOrder } from '../aggregates/order-aggregate.js';
import { type EventOfProduct, eventsOfLines } from '../stock/events-of-lines.js';

/** Cancels an unpaid order if an event of its goods was cancelled; what it holds is given back. True if there was such an event. */
export type CallOffOrder = (order: OrderCreated, correlationId: string) => TE.TaskEither<'Unavailable', boolean>;

export interface CallOffOrderPorts extends LoadAggregatePorts {
  readonly eventOfProduct: EventOfProduct;
  readonly handleOrder: HandleOrder;
  readonly awaitVisible: AwaitVisible;
  readonly clock: Clock;
}

export const callOffOrder = (ports: CallOffOrderPorts): CallOffOrder => {
  const { handleOrder, awaitVisible, clock } = ports;
  const load = readAggregate(ports);
  const eventsOf = eventsOfLines(ports.eventOfProduct);

  const isCalledOff = async (order: OrderCreated): Promise<E.Either<'Unavailable', boolean>> => {
    const events = await eventsOf(order)();
    if (E.isLeft(events)) return events;
    for (const eventId of events.right) {
      const sale = await load(saleAggregate, eventStream(eventId))();
      if (E.isLeft(sale)) return E.left('Unavailable');
      if (sale.right.state.status === 'Cancelled') return E.right(true);
    }
    return E.right(false);
  };

  return (order, correlationId) => async () => {
    const off = await isCalledOff(order);
    if (E.isLeft(off) || !off.right) return off;
    const { orderId } = order;
    const cancel = { type: 'CancelOrder', orderId, reason: 'EVENT_CANCELLED', by: 'EVENT', at: clock.now() } as const;
    const cancelled = await handleOrder(cancel, correlationId)();
    // Paid or over meanwhile: nothing to call off, and nothing to pay either.
    if (E.isLeft(cancelled)) return cancelled.left.error === 'Rejected' ? E.right(true) : E.left('Unavailable');
    await awaitVisible(cancelled.right.position, orderId)();
    return E.right(true);
  };
};
