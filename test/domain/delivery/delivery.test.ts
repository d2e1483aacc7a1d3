import { deliveryDecider, type DeliveryCommand } from '../../../src/domain/delivery/decider.js';
import { type DeliveryEvent } from '../../../src/domain/delivery/events.js';
import { sentences } from '../../support/given-when-then.js';

const at = Date.UTC(2026, 0, 1, 12);
const given = sentences(deliveryDecider);
const order = { orderId: 'o1', at };
const shipping = { recipient: 'Ana', address: 'Harbour 1' };
const create: DeliveryCommand = { type: 'CreateDelivery', ...order, userId: 'ana', shipping };
const created: DeliveryEvent = { type: 'DeliveryCreated', ...order, userId: 'ana', shipping };
const shipped: DeliveryEvent = { type: 'DeliveryShipped', ...order };
const completed: DeliveryEvent = { type: 'DeliveryCompleted', ...order };
const cancelled: DeliveryEvent = { type: 'DeliveryCancelled', ...order };

describe('a delivery', () => {
  it('is created once, shipped, completed', () => {
    given().when(create).then(created);
    given(created).when(create).thenNothing();
    given(created)
      .when({ type: 'ShipDelivery', ...order })
      .then(shipped);
    given(created, shipped)
      .when({ type: 'CompleteDelivery', ...order })
      .then(completed);
  });

  it('leaves out no step', () => {
    given()
      .when({ type: 'ShipDelivery', ...order })
      .thenRejected('INVALID_DELIVERY_STATE');
    given(created)
      .when({ type: 'CompleteDelivery', ...order })
      .thenRejected('INVALID_DELIVERY_STATE');
  });

  it('is cancelled until it is on its way, even before it was created', () => {
    given(created)
      .when({ type: 'CancelDelivery', ...order })
      .then(cancelled);
    given()
      .when({ type: 'CancelDelivery', ...order })
      .then(cancelled);
    given(cancelled).when(create).thenNothing();
    given(created, shipped)
      .when({ type: 'CancelDelivery', ...order })
      .thenRejected('ALREADY_SHIPPED');
  });

  it('told twice of a step takes it once', () => {
    given(created, shipped)
      .when({ type: 'ShipDelivery', ...order })
      .thenNothing();
    given(created, shipped, completed)
      .when({ type: 'CompleteDelivery', ...order })
      .thenNothing();
    given(created, cancelled)
      .when({ type: 'CancelDelivery', ...order })
      .thenNothing();
  });
});
