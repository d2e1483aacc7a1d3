import { either as E } from 'fp-ts';
import { type CommandFrom, type Decided } from '../decider.js';
import { type Delivery } from './delivery.js';
import { type DeliveryCreated, type DeliveryEvent } from './events.js';

export type CreateDelivery = CommandFrom<DeliveryCreated, 'CreateDelivery'>;

/** One delivery an order; a cancelled one is not begun again. */
export const createDelivery = ({ type: _, ...order }: CreateDelivery, delivery: Delivery): Decided<DeliveryEvent> =>
  E.right(delivery.status === 'None' ? [{ type: 'DeliveryCreated', ...order }] : []);
