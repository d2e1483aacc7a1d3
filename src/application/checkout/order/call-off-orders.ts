import { either as E, type taskEither as TE } from 'fp-ts';
import { whenUnreadable } from '../../kernel/writer/load-aggregate.js';
import { type Position } from '../../ports/event-store.js';
import { awaitCheckpoint, type AwaitCheckpointPorts } from '../../kernel/projection/await-checkpoint.js';
import { liveReader } from '../../kernel/projection/live-reader.js';
import { type HandleOrder } from '../aggregates/order-aggregate.js';
import { type OrderDocument, ordersView } from './views/orders.js';

export interface CancelledEvent {
  readonly eventId: string;
  /** Of its cancellation. */
  readonly position: Position;
  readonly correlationId: string;
}

/**
 * Cancels the unpaid orders of an event that was cancelled, so that what they hold is free at once and their users are told.
 * An order that was being placed just then is called off when it is to be paid, or expires. Repeating it changes nothing.
 */
export type CallOffOrders = (cancelled: CancelledEvent) => TE.TaskEither<string, void>;

export interface CallOffOrdersPorts extends AwaitCheckpointPorts {
  readonly handleOrder: HandleOrder;
}

/** A view follows within milliseconds; if it does not, the caller tries again. */
const WAIT_MS = 2_000;
const PAGE = 100;

export const callOffOrders = (ports: CallOffOrdersPorts): CallOffOrders => {
  const { readModels, clock, handleOrder } = ports;
  const reader = liveReader(readModels);

  const cancel = async ({ orderId }: OrderDocument, correlationId: string): Promise<E.Either<string, void>> => {
    const command = { type: 'CancelOrder', orderId, reason: 'EVENT_CANCELLED', by: 'EVENT', at: clock.now() } as const;
    // One that cannot be read is parked by the process that follows it: the others are called off all the same.
    const cancelled = await handleOrder(command, correlationId)().catch(whenUnreadable(() => E.right(null)));
    // Paid, or over: nothing to call off.
    if (E.isRight(cancelled) || cancelled.left.error === 'Rejected') return E.right(undefined);
    return E.left(cancelled.left.error);
  };

  return ({ eventId, position, correlationId }) =>
    async () => {
      const caughtUp = await awaitCheckpoint(ports)({ view: ordersView, position, waitMs: WAIT_MS })();
      if (E.isLeft(caughtUp)) return caughtUp;
      if (!caughtUp.right) return E.left('the view of orders is behind');
      for await (const page of reader.pages(ordersView, { index: 'unpaid-of-event', key: eventId, limit: PAGE })) {
        if (E.isLeft(page)) return page;
        const cancelled = await Promise.all(page.right.map((order) => cancel(order, correlationId)));
        const failed = cancelled.find(E.isLeft);
        if (failed !== undefined) return failed;
      }
      return E.right(undefined);
    };
};
