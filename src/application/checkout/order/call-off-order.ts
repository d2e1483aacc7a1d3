import { either as E, type taskEither as TE } from 'fp-ts';
import { type OrderCreated } from '../../../domain/order/events.js';
import { type Clock } from '../../ports/clock.js';
import { type AwaitVisible } from '../../kernel/projection/await-visible.js';
import { type IsCalledOff } from './is-called-off.js';
import { type HandleOrder } from './order-aggregate.js';

/** Cancels an unpaid order whose event was cancelled; what it holds is given back. True where there was such an event. */
export type CallOffOrder = (order: OrderCreated, correlationId: string) => TE.TaskEither<'Unavailable', boolean>;

export interface CallOffOrderPorts {
  readonly isCalledOff: IsCalledOff;
  readonly handleOrder: HandleOrder;
  readonly awaitVisible: AwaitVisible;
  readonly clock: Clock;
}

export const callOffOrder =
  ({ isCalledOff, handleOrder, awaitVisible, clock }: CallOffOrderPorts): CallOffOrder =>
  (order, correlationId) =>
  async () => {
    const off = await isCalledOff(order)();
    if (E.isLeft(off) || !off.right) return off;
    const { orderId } = order;
    const cancel = { type: 'CancelOrder', orderId, reason: 'EVENT_CANCELLED', by: 'EVENT', at: clock.now() } as const;
    const cancelled = await handleOrder(cancel, correlationId)();
    // Paid or over meanwhile: nothing to call off, and nothing to pay either.
    if (E.isLeft(cancelled)) return cancelled.left.error === 'Rejected' ? E.right(true) : E.left('Unavailable');
    await awaitVisible(cancelled.right.position)();
    return E.right(true);
  };
