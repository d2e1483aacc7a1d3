import { type Decider } from '../decider.js';
import { awaitPayment, type AwaitPayment } from './await-payment.js';
import { cancelOrder, type CancelOrder } from './cancel-order.js';
import { confirmOrder, type ConfirmOrder } from './confirm-order.js';
import { createOrder, type CreateOrder } from './create-order.js';
import { deliverOrder, type DeliverOrder } from './deliver-order.js';
import { type OrderEvent } from './events.js';
import { expireOrder, type ExpireOrder } from './expire-order.js';
import { failOrder, type FailOrder } from './fail-order.js';
import { evolve, type Order, unknownOrder } from './order.js';
import { payOrder, type PayOrder } from './pay-order.js';
import { refuseOrder, type RefuseOrder } from './refuse-order.js';
import { startPlacing, type StartPlacing } from './start-placing.js';
import { refusePayment, type RefusePayment } from './refuse-payment.js';
import { shipOrder, type ShipOrder } from './ship-order.js';

export type OrderCommand =
  | StartPlacing
  | CreateOrder
  | RefuseOrder
  | AwaitPayment
  | PayOrder
  | RefusePayment
  | ConfirmOrder
  | ShipOrder
  | DeliverOrder
  | CancelOrder
  | FailOrder
  | ExpireOrder;

export const orderDecider = {
  initial: unknownOrder,
  evolve,
  decide: (command: OrderCommand, state: Order) => {
    switch (command.type) {
      case 'StartPlacing':
        return startPlacing(command, state);
      case 'CreateOrder':
        return createOrder(command, state);
      case 'RefuseOrder':
        return refuseOrder(command, state);
      case 'AwaitPayment':
        return awaitPayment(command, state);
      case 'PayOrder':
        return payOrder(command, state);
      case 'RefusePayment':
        return refusePayment(command, state);
      case 'ConfirmOrder':
        return confirmOrder(command, state);
      case 'ShipOrder':
        return shipOrder(command, state);
      case 'DeliverOrder':
        return deliverOrder(command, state);
      case 'CancelOrder':
        return cancelOrder(command, state);
      case 'FailOrder':
        return failOrder(command, state);
      case 'ExpireOrder':
        return expireOrder(command, state);
    }
  },
} satisfies Decider<Order, OrderCommand, OrderEvent, string>;
