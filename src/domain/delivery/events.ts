import { type Instant } from '../time.js';

interface DeliveryFact {
  readonly orderId: string;
  readonly at: Instant;
}

export interface Shipping {
  readonly recipient: string;
  readonly address: string;
  readonly phone: string | null;
}

export interface DeliveryCreated extends DeliveryFact {
  readonly type: 'DeliveryCreated';
  readonly userId: string;
  readonly shipping: Shipping;
}

export interface DeliveryShipped extends DeliveryFact {
  readonly type: 'DeliveryShipped';
}

export interface DeliveryCompleted extends DeliveryFact {
  readonly type: 'DeliveryCompleted';
}

export interface DeliveryCancelled extends DeliveryFact {
  readonly type: 'DeliveryCancelled';
}

export type DeliveryEvent = DeliveryCreated | DeliveryShipped | DeliveryCompleted | DeliveryCancelled;
