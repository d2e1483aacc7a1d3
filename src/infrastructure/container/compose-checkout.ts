import { type Container } from 'inversify';
import { type OrderUseCases } from '../../adapters/http/route-table.js';
import { handleDelivery } from '../../application/checkout/aggregates/delivery-aggregate.js';
import { handleGatewayPayment } from '../../application/checkout/aggregates/gateway-payment-aggregate.js';
import { loadOrder, loadPayment } from '../../application/checkout/aggregates/load-order.js';
import { handleOrder, handleStartPlacing } from '../../application/checkout/aggregates/order-aggregate.js';
import { handleSaga } from '../../application/checkout/aggregates/order-parking.js';
import { handlePayment } from '../../application/checkout/aggregates/payment-aggregate.js';
import { handleChargePoints, handlePoints } from '../../application/checkout/aggregates/points-aggregate.js';
import { orderDeadlinesInBulk } from '../../application/checkout/deadlines/release-in-bulk.js';
import { carryOut, type CarryOutPorts } from '../../application/checkout/drive/carry-out.js';
import { driveOrder } from '../../application/checkout/drive/drive-order.js';
import { keepDriving } from '../../application/checkout/drive/keep-driving.js';
import { ownDrives } from '../../application/checkout/drive/own-drives.js';
import { admitOrder } from '../../application/checkout/order/admit-order.js';
import { callOffOrder } from '../../application/checkout/order/call-off-order.js';
import { createOrder } from '../../application/checkout/order/create-order.js';
import { orderById, ordersOfUser } from '../../application/checkout/order/find-orders.js';
import { giveReceipt } from '../../application/checkout/order/give-receipt.js';
import { cancelOrder, deliverOrder, shipOrder } from '../../application/checkout/order/operate-order.js';
import { quoteOrder, quotePorts } from '../../application/checkout/order/quote-order.js';
import { ordersView } from '../../application/checkout/order/views/orders.js';
import { approvePayment } from '../../application/checkout/payment/approve-payment.js';
import { claimGatewayPayment } from '../../application/checkout/payment/claim-gateway-payment.js';
import { findPayment, paymentById } from '../../application/checkout/payment/find-payment.js';
import { hearGateway } from '../../application/checkout/payment/hear-gateway.js';
import { holdForPayment } from '../../application/checkout/payment/hold-for-payment.js';
import { payAtOnce } from '../../application/checkout/payment/pay-at-once.js';
import { bindPayment, preparePayment } from '../../application/checkout/payment/prepare-payment.js';
import { chargePoints } from '../../application/checkout/points/charge-points.js';
import { pointsOfUser } from '../../application/checkout/points/points-of-user.js';
import { pointsView } from '../../application/checkout/points/views/points.js';
import { askStock } from '../../application/checkout/stock/ask-stock.js';
import { challengeOfProducts } from '../../application/checkout/stock/challenge-of-products.js';
import { changeProductTerms } from '../../application/checkout/stock/change-terms.js';
import { createProduct } from '../../application/checkout/stock/create-product.js';
import { loadStockGateState } from '../../application/checkout/stock/load-stock-gate-state.js';
import { productById } from '../../application/checkout/stock/product-by-id.js';
import { receiveStock } from '../../application/checkout/stock/receive-stock.js';
import { stockAudit } from '../../application/checkout/stock/stock-audit.js';
import { productsView } from '../../application/checkout/stock/views/products.js';
import { handleIssuedCoupon } from '../../application/coupon/issued-coupon-aggregate.js';
import { userCouponsView } from '../../application/coupon/user-coupons.js';
import { type PersonalData } from '../../application/kernel/personal-data/personal-data.js';
import { type AwaitCheckpointPorts } from '../../application/kernel/projection/await-checkpoint.js';
import { awaitVisibleIn } from '../../application/kernel/projection/await-visible.js';
import { type CommandHandlerPorts } from '../../application/kernel/writer/command-handler.js';
import { type MessageLog } from '../../application/ports/message-log.js';
import { type Ports } from '../../application/ports/ports.js';
import { type IssueReceipt } from '../../application/kernel/history/issue-receipts.js';
import { type StockGate } from '../../application/ports/stock-gate.js';
import { type CompleteVisit } from '../../application/waiting-room/complete-visit.js';
import { type RequireActive } from '../../application/waiting-room/require-active.js';
import { type Config } from '../config/load-config.js';
import { bindOnce } from './bound-in.js';
import { eventOfProduct, scheduleOfEvent } from './schedule-of-event.js';
import { type Orders, Tokens as T } from './tokens.js';
import { countingCompleted, measuredOrders } from '../metrics/measured-orders.js';
import { openGateway } from './open-gateway.js';

export interface OrdersPorts
  extends CommandHandlerPorts, AwaitCheckpointPorts, Pick<Ports, 'messageLog' | 'gateway' | 'alerts' | 'metrics'> {
  /** The same for requests from outside: bounded. */
  readonly requestLog: MessageLog;
  readonly personalData: PersonalData;
  readonly issueReceipt: IssueReceipt;
  readonly gate: StockGate;
  readonly requireActive: RequireActive;
  readonly completeVisit: CompleteVisit;
  readonly config: Config;
}

/** What an order took is shown beside it: it is not waited for as long as the order itself. */
const BESIDE_MS = 1_000;

export const openOrders = (ports: OrdersPorts): Orders => {
  const { eventStore, snapshots, logger, messageLog, requestLog, readModels, personalData } = ports;
  const { gate, gateway, alerts, clock, ids, metrics } = ports;
  const { OPERATION_TIMEOUT_MS: waitMs, DECLINES_ALLOWED: declinesAllowed, ...config } = ports.config;
  const load = { eventStore, snapshots, logger };
  const handling = { ...load, ids };
  const queries = { readModels, clock };
  const visibleIn = awaitVisibleIn(queries, waitMs);
  const soonVisibleIn = awaitVisibleIn(queries, Math.min(waitMs, BESIDE_MS));
  const handle = {
    handleOrder: handleOrder(handling),
    handlePayment: handlePayment(handling),
    handlePoints: handlePoints(handling),
    handleDelivery: handleDelivery(handling),
    handleIssuedCoupon: handleIssuedCoupon(handling),
  };
  const asking = { ...queries, ids, waitMs };
  const stock = askStock({ log: messageLog, ...asking });
  const tiedTo = { eventOfProduct: eventOfProduct(eventStore), scheduleOfEvent: scheduleOfEvent(eventStore) };
  const loading = { loadOrder: loadOrder(load), loadPayment: loadPayment(load) };
  const shared = { ...handle, ...loading, stock, gateway, clock, ids };
  const driving = { ...shared, ...tiedTo, completeVisit: ports.completeVisit };
  const { watched, haveSeen } = ownDrives();
  const driveBy = (ports: CarryOutPorts) =>
    driveOrder({ ...loading, carryOut: countingCompleted(carryOut(ports), metrics), clock, declinesAllowed });
  const drive = watched(driveBy(driving));
  /** The same for requests from outside: bounded. */
  const stockAsked = askStock({ log: requestLog, ...asking });
  const driveAsked = watched(driveBy({ ...driving, stock: stockAsked }));
  const operating = { ...shared, awaitVisible: visibleIn(ordersView) };
  const find = paymentById(findPayment(load), queries);
  const claim = claimGatewayPayment({ handleGatewayPayment: handleGatewayPayment(handling), ...queries });
  const callOff = callOffOrder({ ...load, ...operating, eventOfProduct: tiedTo.eventOfProduct });
  const paying = { ...operating, callOff };
  const bind = bindPayment(paying);
  const approve = approvePayment({
    ...paying,
    drive: driveAsked,
    find,
    claim,
    holdGoods: holdForPayment({ stock: stockAsked, readModels, clock }),
    payingMs: config.PAYMENT_HOLD_SECONDS * 1_000,
    settleMs: waitMs,
  });
  const policy = { latePayment: config.LATE_PAYMENT, soldOut: config.SOLD_OUT, cancel: config.ORDER_CANCEL };
  const saga = handleSaga(handling);
  const quoting = quotePorts({ ...load, ...queries });
  const calls: OrderUseCases = {
    createProduct: createProduct({ ...handling, clock, awaitVisible: visibleIn(productsView), policy }),
    productById: productById({ readModels }),
    receiveStock: receiveStock({ log: requestLog, ...asking }),
    challengeOfProducts: challengeOfProducts(queries),
    changeProductTerms: changeProductTerms({ log: requestLog, ...asking }),
    stockAudit: stockAudit(load),
    chargePoints: chargePoints({
      handle: handleChargePoints(handling),
      awaitVisible: visibleIn(pointsView),
      clock,
      ids,
    }),
    pointsOfUser: pointsOfUser({ readModels }),
    createOrder: giveReceipt(ports)(
      createOrder({
        ...operating,
        personalData,
        visible: {
          order: visibleIn(ordersView),
          goods: soonVisibleIn(productsView),
          points: soonVisibleIn(pointsView),
          coupon: soonVisibleIn(userCouponsView),
        },
        drive: driveAsked,
        admit: admitOrder({ ...tiedTo, requireActive: ports.requireActive }),
        gate,
        quote: quoteOrder(quoting),
        couponOf: quoting.couponOf,
        startPlacing: handleStartPlacing(handling),
        holdMs: config.ORDER_HOLD_SECONDS * 1_000,
      }),
    ),
    orderById: orderById({ ...queries, personalData }),
    ordersOfUser: ordersOfUser({ readModels, personalData }),
    cancelOrder: cancelOrder({ ...operating, personalData, handleSaga: saga }),
    shipOrder: shipOrder(operating),
    deliverOrder: deliverOrder(operating),
    preparePayment: preparePayment(bind, operating.awaitVisible),
    approvePayment: approve,
    hearGateway: hearGateway({ ...shared, find, claim, approve }),
    payAtOnce: payAtOnce({ ...shared, bind, approve }),
    paymentById: find,
  };
  return {
    calls: measuredOrders(calls, metrics),
    keepDriving: keepDriving({ ...load, drive, handleSaga: saga, alerts, clock, metrics }),
    haveSeen,
    clock,
    handleSaga: saga,
    drive,
    deadlinesInBulk: orderDeadlinesInBulk(stock),
  };
};

/** Products, orders, payments, points: what HTTP calls, who drives orders on, and what comes due. */
export const composeCheckout = (container: Container): void => {
  bindOnce(container, T.StockGate, ({ engines, eventStore, snapshots, logger }) =>
    engines.state.openStockGate(loadStockGateState({ eventStore, snapshots, logger })),
  );
  bindOnce(container, T.PaymentGateway, ({ config, clock, metrics }) => openGateway(config, clock, metrics));
  bindOnce(container, T.Orders, (bound) => {
    const { eventStore, snapshots, logger, messageLog, requestLog, readModels } = bound;
    const { personalData, issueReceipt, requireActive, completeVisit, alerts, clock, ids, metrics, config } = bound;
    return openOrders({
      ...{ eventStore, snapshots, logger, messageLog, requestLog, readModels },
      ...{ personalData, issueReceipt, requireActive, completeVisit, alerts, clock, ids, metrics, config },
      ...{ gate: bound.stockGate, gateway: bound.paymentGateway },
    });
  });
};
