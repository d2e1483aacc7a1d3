import { either as E } from 'fp-ts';
import { type Container } from 'inversify';
import { join } from 'node:path';
import { type GuardedGateway, withBreaker } from '../../adapters/breaker/guarded-gateway.js';
import { makeDirectory } from '../../adapters/embedded/environment/make-directory.js';
import { type OrderUseCases } from '../../adapters/http/route-table.js';
import { naverPay } from '../../adapters/naver-pay/naver-pay.js';
import { fileLedger } from '../../adapters/sandbox-pay/file-ledger.js';
import { type Ledger, memoryLedger } from '../../adapters/sandbox-pay/ledger.js';
import { sandboxPay } from '../../adapters/sandbox-pay/sandbox-pay.js';
import { handleDelivery } from '../../application/checkout/aggregates/delivery-aggregate.js';
import { handleGatewayPayment } from '../../application/checkout/aggregates/gateway-payment-aggregate.js';
import { loadOrder, loadPayment } from '../../application/checkout/aggregates/load-order.js';
import { handleOrder, handleStartPlacing } from '../../application/checkout/aggregates/order-aggregate.js';
import { handleSaga } from '../../application/checkout/aggregates/order-parking.js';
import { handlePayment } from '../../application/checkout/aggregates/payment-aggregate.js';
import { handleChargePoints, handlePoints } from '../../application/checkout/aggregates/points-aggregate.js';
import { orderDeadlinesInBulk } from '../../application/checkout/deadlines/release-in-bulk.js';
import { carryOut, type CarryOut, type CarryOutPorts } from '../../application/checkout/drive/carry-out.js';
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
import { type PaymentGateway } from '../../application/ports/payment-gateway.js';
import { type Clock, type Metrics, type Ports } from '../../application/ports/ports.js';
import { type IssueReceipt } from '../../application/ports/signing-keys.js';
import { type StockGate } from '../../application/ports/stock-gate.js';
import { type CompleteVisit } from '../../application/waiting-room/complete-visit.js';
import { type RequireActive } from '../../application/waiting-room/require-active.js';
import { type Config } from '../config/load-config.js';
import { bindOnce } from './bound-in.js';
import { eventOfProduct, scheduleOfEvent } from './schedule-of-event.js';
import { type Orders, Tokens as T } from './tokens.js';

/** Counts orders and approvals by what they were answered. */
const measuredOrders = (calls: OrderUseCases, metrics: Metrics): OrderUseCases => {
  const said = (
    answer: E.Either<{ readonly code: string }, { readonly status: string }>,
  ): { readonly answer: string } => ({
    answer: E.isLeft(answer) ? answer.left.code : answer.right.status,
  });
  return {
    ...calls,
    createOrder: (order) => async () => {
      const answer = await calls.createOrder(order)();
      metrics.count('orders_created_total', said(answer));
      return answer;
    },
    approvePayment: (payment) => async () => {
      const answer = await calls.approvePayment(payment)();
      metrics.count('payments_total', said(answer));
      return answer;
    },
  };
};

/** Counts the orders that come to their good end, whoever drives them there. */
const countingCompleted =
  (carryOut: CarryOut, metrics: Metrics): CarryOut =>
  (action, run, correlationId) =>
  async () => {
    const carried = await carryOut(action, run, correlationId)();
    if (E.isRight(carried) && action.do === 'ConfirmOrder') metrics.count('order_completed_count');
    return carried;
  };

const RESET_MS = 5_000;
const VOLUME = 10;
const STATES = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** The sandbox remembers what it charged, as a real gateway would; in memory alone only where nothing may be written. */
const ledgerIn = (directory: string): Ledger => {
  try {
    makeDirectory(directory);
  } catch {
    return memoryLedger();
  }
  return fileLedger(join(directory, 'sandbox-ledger.jsonl'));
};

const gatewayOf = (config: Config, clock: Clock): PaymentGateway => {
  if (config.NAVER_PAY_URL === undefined) {
    const rates = { decline: config.SANDBOX_DECLINE_RATE, timeOut: config.SANDBOX_TIMEOUT_RATE };
    return sandboxPay({ clock, ledger: ledgerIn(config.DATA_DIR), rates });
  }
  return naverPay({
    url: config.NAVER_PAY_URL,
    clientId: config.NAVER_PAY_CLIENT_ID,
    clientSecret: config.NAVER_PAY_CLIENT_SECRET,
    ...(config.NAVER_PAY_CHAIN_ID !== undefined && { chainId: config.NAVER_PAY_CHAIN_ID }),
    timeoutMs: config.GATEWAY_TIMEOUT_MS,
  });
};

/** The payment gateway the environment names, behind its breaker. */
const openGateway = (config: Config, clock: Clock, metrics: Metrics): GuardedGateway => {
  metrics.gauge('payment_gateway_breaker', 0);
  return withBreaker(gatewayOf(config, clock), {
    resetMs: RESET_MS,
    volume: VOLUME,
    onState: (state) => metrics.gauge('payment_gateway_breaker', STATES[state]),
  });
};

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
  const { watched, settling, haveSeen, havePaidAfter } = ownDrives();
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
    settling,
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
    havePaidAfter,
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
