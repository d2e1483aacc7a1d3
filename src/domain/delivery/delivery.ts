import { type DeliveryEvent } from './events.js';

export interface Delivery {
  readonly status: 'None' | 'Preparing' | 'Shipped' | 'Delivered' | 'Cancelled';
}

export const noDelivery: Delivery = { status: 'None' };

export const evolve = (_: Delivery, event: DeliveryEvent): Delivery => {
  switch (event.type) {
    case 'DeliveryCreated':
      return { status: 'Preparing' };
    case 'DeliveryShipped':
      return { status: 'Shipped' };
    case 'DeliveryCompleted':
      return { status: 'Delivered' };
    case 'DeliveryCancelled':
      return { status: 'Cancelled' };
  }
};
