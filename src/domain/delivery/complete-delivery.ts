import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Delivery } from './delivery.js';
import { type DeliveryEvent } from './events.js';

export interface CompleteDelivery {
  readonly type: 'CompleteDelivery';
  readonly orderId: string;
  readonly at: Instant;
}

export type CompleteDeliveryRejection = 'INVALID_DELIVERY_STATE';

export const completeDelivery = (
  { orderId, at }: CompleteDelivery,
  delivery: Delivery,
): E.Either<CompleteDeliveryRejection, ReadonlyArray<DeliveryEvent>> => {
  if (delivery.status === 'Delivered') return E.right([]);
  if (delivery.status !== 'Shipped') return E.left('INVALID_DELIVERY_STATE');
  return E.right([{ type: 'DeliveryCompleted', orderId, at }]);
};
