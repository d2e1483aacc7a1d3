import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryCancelled, type DeliveryEvent } from './events.js';

export type CancelDelivery = CommandFrom<DeliveryCancelled, 'CancelDelivery'>;

/** Cancelled even before it was created: a creation that comes late finds it so. */
export const cancelDelivery = (
  { orderId, at }: CancelDelivery,
  delivery: Delivery,
): Decided<DeliveryEvent, 'ALREADY_SHIPPED'> => {
  if (delivery.status === 'Cancelled') return E.right([]);
  if (delivery.status === 'Shipped' || delivery.status === 'Delivered') return E.left('ALREADY_SHIPPED');
  return E.right([{ type: 'DeliveryCancelled', orderId, at }]);
};
