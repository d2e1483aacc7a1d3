import { type Decider } from '../decider.js';
import { cancelDelivery, type CancelDelivery, type CancelDeliveryRejection } from './cancel-delivery.js';
import { completeDelivery, type CompleteDelivery, type CompleteDeliveryRejection } from './complete-delivery.js';
import { createDelivery, type CreateDelivery } from './create-delivery.js';
import { evolve, type Delivery, noDelivery } from './delivery.js';
import { type DeliveryEvent } from './events.js';
import { shipDelivery, type ShipDelivery, type ShipDeliveryRejection } from './ship-delivery.js';

export type DeliveryCommand = CreateDelivery | ShipDelivery | CompleteDelivery | CancelDelivery;

export type DeliveryRejection = ShipDeliveryRejection | CompleteDeliveryRejection | CancelDeliveryRejection;

export const deliveryDecider: Decider<Delivery, DeliveryCommand, DeliveryEvent, DeliveryRejection> = {
  initial: noDelivery,
  evolve,
  decide: (command, state) => {
    switch (command.type) {
      case 'CreateDelivery':
        return createDelivery(command, state);
      case 'ShipDelivery':
        return shipDelivery(command, state);
      case 'CompleteDelivery':
        return completeDelivery(command, state);
      case 'CancelDelivery':
        return cancelDelivery(command, state);
    }
  },
};
