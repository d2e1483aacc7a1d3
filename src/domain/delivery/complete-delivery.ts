import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryCompleted, type DeliveryEvent } from './events.js';

export type CompleteDelivery = CommandFrom<DeliveryCompleted, 'CompleteDelivery'>;

export const completeDelivery = (
  { orderId, at }: CompleteDelivery,
  delivery: Delivery,
): Decided<DeliveryEvent, 'INVALID_DELIVERY_STATE'> => {
  if (delivery.status === 'Delivered') return E.right([]);
  if (delivery.status !== 'Shipped') return E.left('INVALID_DELIVERY_STATE');
  return E.right([{ type: 'DeliveryCompleted', orderId, at }]);
};
