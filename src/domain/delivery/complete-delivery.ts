import { either as E } from 'fp-ts';
import { type CommandFrom } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryCompleted, type DeliveryEvent } from './events.js';

export type CompleteDelivery = CommandFrom<DeliveryCompleted, 'CompleteDelivery'>;

export type CompleteDeliveryRejection = 'INVALID_DELIVERY_STATE';

export const completeDelivery = (
  { orderId, at }: CompleteDelivery,
  delivery: Delivery,
): E.Either<CompleteDeliveryRejection, ReadonlyArray<DeliveryEvent>> => {
  if (delivery.status === 'Delivered') return E.right([]);
  if (delivery.status !== 'Shipped') return E.left('INVALID_DELIVERY_STATE');
  return E.right([{ type: 'DeliveryCompleted', orderId, at }]);
};
