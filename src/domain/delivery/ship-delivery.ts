import { either as E } from 'fp-ts';
import { type CommandFrom } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryEvent, type DeliveryShipped } from './events.js';

export type ShipDelivery = CommandFrom<DeliveryShipped, 'ShipDelivery'>;

export type ShipDeliveryRejection = 'INVALID_DELIVERY_STATE';

export const shipDelivery = (
  { orderId, at }: ShipDelivery,
  delivery: Delivery,
): E.Either<ShipDeliveryRejection, ReadonlyArray<DeliveryEvent>> => {
  if (delivery.status === 'Shipped') return E.right([]);
  if (delivery.status !== 'Preparing') return E.left('INVALID_DELIVERY_STATE');
  return E.right([{ type: 'DeliveryShipped', orderId, at }]);
};
