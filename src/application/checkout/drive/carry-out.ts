import { type taskEither as TE, either as E } from 'fp-ts';
import { type KnownPayment } from '../../../domain/payment/payment.js';
import { completeVisits, type CompleteVisitsPorts } from './complete-visits.js';
import { couponAndPointsActions, type CouponAndPointsPorts } from './coupon-and-points.js';
import { deliveryAction, type DeliveryActionsPorts } from './delivery-actions.js';
import { gatewayActions, type GatewayActionsPorts } from './gateway-actions.js';
import { goodsActions, type GoodsPorts } from './goods.js';
import { type OrderRecordsPorts, recordInOrder } from './order-records.js';
import { type Carried, type Change, type Run, stale, termsOf, type Doable, type StepError } from './run.js';

export interface CarryOutPorts
  extends
    GoodsPorts,
    CouponAndPointsPorts,
    OrderRecordsPorts,
    GatewayActionsPorts,
    DeliveryActionsPorts,
    CompleteVisitsPorts {}

/** Carries out one action, and answers what it led to. Doing it twice changes nothing. */
export type CarryOut = (action: Doable, run: Run, correlationId: string) => TE.TaskEither<StepError, Change>;

export const carryOut = (ports: CarryOutPorts): CarryOut => {
  const goods = goodsActions(ports);
  const own = couponAndPointsActions(ports);
  const record = recordInOrder(ports);
  const gateway = gatewayActions(ports);
  const deliver = deliveryAction(ports);
  const visits = completeVisits(ports);
  const carry = (action: Doable, run: Run, correlationId: string): Carried => {
    const terms = termsOf(run.order);
    if (terms === null) return Promise.resolve(E.right(stale));
    const ofPayment = (paymentId: string, work: (payment: KnownPayment) => Carried): Carried => {
      const payment = run.payments.find(({ prepared }) => prepared.paymentId === paymentId);
      return payment === undefined ? Promise.resolve(E.right(stale)) : work(payment);
    };
    switch (action.do) {
      case 'ReserveGoods':
        return goods.reserve(terms, action, run.order, correlationId);
      case 'DeductGoods':
        return goods.deduct(terms, action.productId, correlationId);
      case 'GiveBackGoods':
        return goods.giveBack(terms, action.productId, run.order, correlationId);
      case 'RedeemCoupon':
        return own.redeem(terms, run.order, correlationId);
      case 'ReservePoints':
        return own.reserve(terms, run.order, correlationId);
      case 'DeductPoints':
        return own.deduct(terms, correlationId);
      case 'ReturnPoints':
        return own.giveBackPoints(terms, run.order, correlationId);
      case 'RestoreCoupon':
        return own.giveBackCoupon(terms, run.order, correlationId);
      case 'CreateOrder':
      case 'RefuseOrder':
      case 'PayOrder':
      case 'RefusePayment':
      case 'FailOrder':
      case 'ExpireOrder':
      case 'ConfirmOrder':
        return record(action, terms.orderId, run, correlationId);
      case 'AskGateway':
        return ofPayment(action.paymentId, (payment) => gateway.ask(payment, action.mayCharge, correlationId));
      case 'RequestRefund':
        return gateway.requestRefund(action.paymentId, correlationId);
      case 'Refund':
        return ofPayment(action.paymentId, (payment) => gateway.refund(payment, correlationId));
      case 'CreateDelivery':
      case 'ShipDelivery':
      case 'CompleteDelivery':
      case 'CancelDelivery':
        return deliver(action, terms, run.order.status, correlationId);
      case 'CompleteVisits':
        return visits(terms, correlationId);
    }
  };
  return (action, run, correlationId) => () => carry(action, run, correlationId);
};
