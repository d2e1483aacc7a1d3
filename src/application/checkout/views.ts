import { ordersView } from './order/views/orders.js';
import { gatewayPaymentsView } from './payment/views/gateway-payments.js';
import { pointsView } from './points/views/points.js';
import { productsView } from './stock/views/products.js';
import { stockHoldsView } from './stock/views/stock-holds.js';
import { type Projection, projectionOf } from '../kernel/projection/projection.js';
import { parkedSagasView } from './parking/views/parked-sagas.js';

/** Every view of orders and of what they are made of. */
export const orderProjections: ReadonlyArray<Projection> = [
  projectionOf(productsView),
  projectionOf(stockHoldsView),
  projectionOf(ordersView),
  projectionOf(gatewayPaymentsView),
  projectionOf(pointsView),
  projectionOf(parkedSagasView),
];
