import { type Sealed } from '../sealed.js';
import { type Instant } from '../time.js';

interface DeliveryFact {
  readonly orderId: string;
  readonly at: Instant;
}

/** Where to, in the words of the shop and its carrier. */
export type PlainShipping = Readonly<Record<string, unknown>>;

/** No rule reads it. Plain in events from before it was sealed. */
export type Shipping = Sealed | PlainShipping;

export interface DeliveryCreated extends DeliveryFact {
  readonly type: 'DeliveryCreated';
  readonly userId: string;
  readonly shipping: Shipping;
}

export type DeliveryShipped = DeliveryFact & { readonly type: 'DeliveryShipped' };

export type DeliveryCompleted = DeliveryFact & { readonly type: 'DeliveryCompleted' };

export type DeliveryCancelled = DeliveryFact & { readonly type: 'DeliveryCancelled' };

export type DeliveryEvent = DeliveryCreated | DeliveryShipped | DeliveryCompleted | DeliveryCancelled;
