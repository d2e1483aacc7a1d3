import { either as E } from 'fp-ts';
import { type DeliveryCommand } from '../../../domain/delivery/decider.js';
import { type OrderTerms } from '../../../domain/order/events.js';
import { type Order } from '../../../domain/order/order.js';
import { presumedNew } from '../../kernel/writer/load-decide-append.js';
import { type Clock } from '../../ports/clock.js';
import { deliveryAggregate, type HandleDelivery } from '../aggregates/delivery-aggregate.js';
import { type Carried, type Doable, stepOf, waits, withClaims, withRefused } from './run.js';

export interface DeliveryActionsPorts {
  readonly handleDelivery: HandleDelivery;
  readonly clock: Clock;
}

type OfDelivery = Extract<
  Doable,
  { readonly do: 'CreateDelivery' | 'ShipDelivery' | 'CompleteDelivery' | 'CancelDelivery' }
>;

const after = {
  CreateDelivery: 'Created',
  ShipDelivery: 'Shipped',
  CompleteDelivery: 'Delivered',
  CancelDelivery: 'Cancelled',
} as const;

const commandOf = (doing: OfDelivery['do'], order: OrderTerms, at: number): DeliveryCommand => {
  const { orderId, userId, shipping } = order;
  return doing === 'CreateDelivery' ? { type: doing, orderId, userId, shipping, at } : { type: doing, orderId, at };
};

/** The delivery goes where the order goes. */
export const deliveryAction =
  ({ handleDelivery, clock }: DeliveryActionsPorts) =>
  async (action: OfDelivery, order: OrderTerms, status: Order['status'], correlationId: string): Carried => {
    const known = action.do === 'CreateDelivery' ? presumedNew(deliveryAggregate) : undefined;
    const handled = await handleDelivery(commandOf(action.do, order, clock.now()), correlationId, known)();
    if (E.isRight(handled)) return E.right(withClaims({ delivery: after[action.do] }));
    if (handled.left.error !== 'Rejected') return waits(stepOf(action), handled.left.error);
    // A delivery that has arrived was shipped before, and refuses to be shipped again.
    if (action.do === 'ShipDelivery' && status === 'DELIVERED') return E.right(withClaims({ delivery: 'Shipped' }));
    return E.right(withRefused('delivery', handled.left.rejection));
  };
