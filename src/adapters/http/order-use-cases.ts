import { type CreateOrder } from '../../application/checkout/order/create-order.js';
import { type FindOrder, type OrdersOfUser } from '../../application/checkout/order/find-orders.js';
import { type OperateOrder } from '../../application/checkout/order/operate-order.js';
import { type ApprovePayment } from '../../application/checkout/payment/approve-payment.js';
import { type PaymentById } from '../../application/checkout/payment/find-payment.js';
import { type PayAtOnce } from '../../application/checkout/payment/pay-at-once.js';
import { type PreparePayment } from '../../application/checkout/payment/prepare-payment.js';
import { type ChargePoints } from '../../application/checkout/points/charge-points.js';
import { type FindPoints } from '../../application/checkout/points/points-of-user.js';
import { type ChallengeOfProducts } from '../../application/checkout/stock/challenge-of-products.js';
import { type ChangeProductTerms } from '../../application/checkout/stock/change-terms.js';
import { type CreateProduct } from '../../application/checkout/stock/create-product.js';
import { type ProductById, type StockAudit } from '../../application/checkout/stock/product-by-id.js';
import { type ReceiveStock } from '../../application/checkout/stock/receive-stock.js';

/** What HTTP drives of products, points, orders and payments. */
export interface OrderUseCases {
  readonly createProduct: CreateProduct;
  readonly productById: ProductById;
  readonly stockAudit: StockAudit;
  readonly receiveStock: ReceiveStock;
  readonly changeProductTerms: ChangeProductTerms;
  readonly chargePoints: ChargePoints;
  readonly pointsOfUser: FindPoints;
  readonly challengeOfProducts: ChallengeOfProducts;
  readonly createOrder: CreateOrder;
  readonly orderById: FindOrder;
  readonly ordersOfUser: OrdersOfUser;
  readonly cancelOrder: OperateOrder;
  readonly shipOrder: OperateOrder;
  readonly deliverOrder: OperateOrder;
  readonly preparePayment: PreparePayment;
  readonly approvePayment: ApprovePayment;
  readonly hearGateway: ApprovePayment;
  readonly payAtOnce: PayAtOnce;
  readonly paymentById: PaymentById;
}
