import { type Decider } from '../decider.js';
import { awaitPayment, type AwaitPayment, type AwaitPaymentRejection } from './await-payment.js';
import { cancelOrder, type CancelOrder, type CancelOrderRejection } from './cancel-order.js';
import { confirmOrder, type ConfirmOrder, type ConfirmOrderRejection } from './confirm-order.js';
import { createOrder, type CreateOrder, type CreateOrderRejection } from './create-order.js';
import { deliverOrder, type DeliverOrder, type DeliverOrderRejection } from './deliver-order.js';
import { type OrderEvent } from './events.js';
import { expireOrder, type ExpireOrder, type ExpireOrderRejection } from './expire-order.js';
import { failOrder, type FailOrder, type FailOrderRejection } from './fail-order.js';
import { evolve, type Order, unknownOrder } from './order.js';
import { payOrder, type PayOrder, type PayOrderRejection } from './pay-order.js';
import { refuseOrder, type RefuseOrder, type RefuseOrderRejection } from './refuse-order.js';
import { startPlacing, type StartPlacing, type StartPlacingRejection } from './start-placing.js';
import { refusePayment, type RefusePayment, type RefusePaymentRejection } from './refuse-payment.js';
import { shipOrder, type ShipOrder, type ShipOrderRejection } from './ship-order.js';

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

export type OrderRejection =
  | StartPlacingRejection
  | CreateOrderRejection
  | RefuseOrderRejection
  | AwaitPaymentRejection
  | PayOrderRejection
  | RefusePaymentRejection
  | ConfirmOrderRejection
  | ShipOrderRejection
  | DeliverOrderRejection
  | CancelOrderRejection
  | FailOrderRejection
  | ExpireOrderRejection;

export const orderDecider: Decider<Order, OrderCommand, OrderEvent, OrderRejection> = {
  initial: unknownOrder,
  evolve,
  decide: (command, state) => {
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
};
