import { isPlaced } from '../../../domain/order/order.js';
import { recentlyUsed } from '../../kernel/recently-used.js';
import { type Aggregate } from '../../kernel/writer/aggregate.js';
import { BEGINNING, type EventBody, NO_STREAM, type Position, type RecordedEvent } from '../../ports/event-store.js';
import { ORDER_STREAMS, orderAggregate, orderStream } from '../aggregates/order-aggregate.js';
import { SAGA_STREAMS } from '../aggregates/order-parking.js';
import { PAYMENT_STREAMS, paymentAggregate, paymentStream } from '../aggregates/payment-aggregate.js';
import { type Driving } from './drive-order.js';

/** More than wait to be driven at once. */
const MOST = 5_000;

interface Folded<State> {
  readonly state: State;
  readonly revision: number;
  readonly position: Position;
}

/** Streams that were seen from their first event on, without a gap. */
const seenWhole = <State, Event extends EventBody>({ initial, isEvent, evolve }: Aggregate<State, Event>) => {
  const known = recentlyUsed<string, Folded<State>>(MOST);
  const see = (recorded: RecordedEvent): void => {
    const { streamId, event, revision, position } = recorded;
    const before = known.get(streamId) ?? { state: initial, revision: NO_STREAM, position: BEGINNING };
    if (revision <= before.revision) return;
    if (revision > before.revision + 1 || isEvent.faultOf(recorded) !== null || !isEvent(event))
      return void known.delete(streamId);
    known.set(streamId, { state: evolve(before.state, event), revision, position });
  };
  return { see, known };
};

/** Orders as a process that follows their events has seen them: what it need not read again. */
export interface FollowedOrders {
  /** To be called for each event of orders, payments and parking, in global order. An event that comes again changes nothing. */
  readonly see: (recorded: RecordedEvent) => void;
  /**
   * An order that is paid or over, with its payments. Undefined where not every event was seen, where it was ever parked, and until it
   * is paid: the call that pays it may be writing to it, so it is read.
   */
  readonly known: (orderId: string) => Driving['known'];
  /** Events may have been missed. */
  readonly forgetAll: () => void;
}

export const followedOrders = (): FollowedOrders => {
  const [orders, payments] = [seenWhole(orderAggregate), seenWhole(paymentAggregate)];
  return {
    see: (recorded) => {
      const { streamId } = recorded;
      if (streamId.startsWith(ORDER_STREAMS)) orders.see(recorded);
      if (streamId.startsWith(PAYMENT_STREAMS)) payments.see(recorded);
      if (streamId.startsWith(SAGA_STREAMS)) orders.known.delete(orderStream(streamId.slice(SAGA_STREAMS.length)));
    },
    known: (orderId) => {
      const found = orders.known.get(orderStream(orderId));
      if (found === undefined || !isPlaced(found.state)) return undefined;
      const { state: order, revision, position } = found;
      if (order.status === 'CREATED' || order.status === 'PENDING_PAYMENT') return undefined;
      const paid = [...order.payments].flatMap((paymentId) => {
        const payment = payments.known.get(paymentStream(paymentId))?.state;
        return payment === undefined || payment.status === 'Unknown' ? [] : [payment];
      });
      return paid.length === order.payments.size ? { order, revision, position, payments: paid } : undefined;
    },
    forgetAll: () => {
      orders.known.clear();
      payments.known.clear();
    },
  };
};
