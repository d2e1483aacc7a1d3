import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Delivery } from './delivery.js';
import { type DeliveryEvent, type Shipping } from './events.js';

export interface CreateDelivery {
  readonly type: 'CreateDelivery';
  readonly orderId: string;
  readonly userId: string;
  readonly shipping: Shipping;
  readonly at: Instant;
}

/** One delivery an order; a cancelled one is not begun again. */
export const createDelivery = (
  { type: _, ...order }: CreateDelivery,
  delivery: Delivery,
): E.Either<never, ReadonlyArray<DeliveryEvent>> =>
  E.right(delivery.status === 'None' ? [{ type: 'DeliveryCreated', ...order }] : []);
