import { either as E } from 'fp-ts';
import { type CommandFrom } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryCancelled, type DeliveryEvent } from './events.js';

export type CancelDelivery = CommandFrom<DeliveryCancelled, 'CancelDelivery'>;

export type CancelDeliveryRejection = 'ALREADY_SHIPPED';

/** Cancelled even before it was created: a creation that comes late finds it so. */
export const cancelDelivery = (
  { orderId, at }: CancelDelivery,
  delivery: Delivery,
): E.Either<CancelDeliveryRejection, ReadonlyArray<DeliveryEvent>> => {
  if (delivery.status === 'Cancelled') return E.right([]);
  if (delivery.status === 'Shipped' || delivery.status === 'Delivered') return E.left('ALREADY_SHIPPED');
  return E.right([{ type: 'DeliveryCancelled', orderId, at }]);
};
