import { type Instant } from '../time.js';

interface DeliveryFact {
  readonly orderId: string;
  readonly at: Instant;
}

/** Where to, in the words of the shop and its carrier: no rule here reads it. */
export type Shipping = Readonly<Record<string, unknown>>;

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
