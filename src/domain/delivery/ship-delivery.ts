import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryEvent, type DeliveryShipped } from './events.js';

export type ShipDelivery = CommandFrom<DeliveryShipped, 'ShipDelivery'>;

export const shipDelivery = (
  { orderId, at }: ShipDelivery,
  delivery: Delivery,
): Decided<DeliveryEvent, 'INVALID_DELIVERY_STATE'> => {
  if (delivery.status === 'Shipped') return E.right([]);
  if (delivery.status !== 'Preparing') return E.left('INVALID_DELIVERY_STATE');
  return E.right([{ type: 'DeliveryShipped', orderId, at }]);
};
