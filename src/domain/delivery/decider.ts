import { type Decider } from '../decider.js';
import { cancelDelivery, type CancelDelivery } from './cancel-delivery.js';
import { completeDelivery, type CompleteDelivery } from './complete-delivery.js';
import { createDelivery, type CreateDelivery } from './create-delivery.js';
import { evolve, type Delivery, noDelivery } from './delivery.js';
import { type DeliveryEvent } from './events.js';
import { shipDelivery, type ShipDelivery } from './ship-delivery.js';

export type DeliveryCommand = CreateDelivery | ShipDelivery | CompleteDelivery | CancelDelivery;

export const deliveryDecider = {
  initial: noDelivery,
  evolve,
  decide: (command: DeliveryCommand, state: Delivery) => {
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
} satisfies Decider<Delivery, DeliveryCommand, DeliveryEvent, string>;
