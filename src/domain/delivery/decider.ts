import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided, type Decider } from '../decider.js';
import { type DeliveryCreated, type DeliveryEvent, type DeliveryShipped } from './events.js';

export type DeliveryCommand =
  | CommandFrom<DeliveryCreated, 'CreateDelivery'>
  | CommandFrom<DeliveryShipped, 'ShipDelivery' | 'CompleteDelivery' | 'CancelDelivery'>;

export interface Delivery {
  readonly status: 'None' | 'Preparing' | 'Shipped' | 'Delivered' | 'Cancelled';
}

const statusAfter = {
  DeliveryCreated: 'Preparing',
  DeliveryShipped: 'Shipped',
  DeliveryCompleted: 'Delivered',
  DeliveryCancelled: 'Cancelled',
} as const;

const decide = (
  command: DeliveryCommand,
  { status }: Delivery,
): Decided<DeliveryEvent, 'INVALID_DELIVERY_STATE' | 'ALREADY_SHIPPED'> => {
  const { orderId, at } = command;
  switch (command.type) {
    // One delivery an order; a cancelled one is not begun again.
    case 'CreateDelivery': {
      const { type: _, ...order } = command;
      return E.right(status === 'None' ? [{ type: 'DeliveryCreated', ...order }] : []);
    }
    case 'ShipDelivery':
      if (status === 'Shipped') return E.right([]);
      if (status !== 'Preparing') return E.left('INVALID_DELIVERY_STATE');
      return E.right([{ type: 'DeliveryShipped', orderId, at }]);
    case 'CompleteDelivery':
      if (status === 'Delivered') return E.right([]);
      if (status !== 'Shipped') return E.left('INVALID_DELIVERY_STATE');
      return E.right([{ type: 'DeliveryCompleted', orderId, at }]);
    // Cancelled even before it was created: a creation that comes late finds it so.
    case 'CancelDelivery':
      if (status === 'Cancelled') return E.right([]);
      if (status === 'Shipped' || status === 'Delivered') return E.left('ALREADY_SHIPPED');
      return E.right([{ type: 'DeliveryCancelled', orderId, at }]);
  }
};

export const deliveryDecider: Decider<
  Delivery,
  DeliveryCommand,
  DeliveryEvent,
  'INVALID_DELIVERY_STATE' | 'ALREADY_SHIPPED'
> = { initial: { status: 'None' }, evolve: (_, event) => ({ status: statusAfter[event.type] }), decide };
