import { ordersView } from './order/views/orders.js';
import { gatewayPaymentsView } from './payment/views/gateway-payments.js';
import { pointsView } from './points/views/points.js';
import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { parkedSagasView } from './parking/views/parked-sagas.js';

/** Every view of orders and of what they are made of, but for the stock's own. */
export const orderProjections: ReadonlyArray<Projection> = [
  projectionOf(ordersView),
  projectionOf(gatewayPaymentsView),
  projectionOf(pointsView),
  projectionOf(parkedSagasView),
];
