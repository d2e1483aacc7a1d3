import { either as E } from 'fp-ts';
import { type Instant } from '../time.js';
import { type Delivery } from './delivery.js';
import { type DeliveryEvent } from './events.js';

export interface ShipDelivery {
  readonly type: 'ShipDelivery';
  readonly orderId: string;
  readonly at: Instant;
}

export type ShipDeliveryRejection = 'INVALID_DELIVERY_STATE';

export const shipDelivery = (
  { orderId, at }: ShipDelivery,
  delivery: Delivery,
): E.Either<ShipDeliveryRejection, ReadonlyArray<DeliveryEvent>> => {
  if (delivery.status === 'Shipped') return E.right([]);
  if (delivery.status !== 'Preparing') return E.left('INVALID_DELIVERY_STATE');
  return E.right([{ type: 'DeliveryShipped', orderId, at }]);
};
