import { either as E } from 'fp-ts';
import { type Action, type Doing } from '../../../domain/checkout/actions.js';
import { type Claims, type Standing } from '../../../domain/checkout/claims.js';
import { type OrderTerms } from '../../../domain/order/events.js';
import { isPlaced, type Order } from '../../../domain/order/order.js';
import { type KnownPayment, type Payment } from '../../../domain/payment/payment.js';
import { type Position, type Revision } from '../../ports/event-store.js';

/** What operators are told of an action that keeps failing. */
const steps = {
  ReserveGoods: 'RESERVE_STOCK',
  RedeemCoupon: 'REDEEM_COUPON',
  ReservePoints: 'RESERVE_POINTS',
  CreateOrder: 'CREATE_ORDER',
  RefuseOrder: 'REFUSE_ORDER',
  AskGateway: 'SETTLE_PAYMENT',
  PayOrder: 'SETTLE_PAYMENT',
  RefusePayment: 'SETTLE_PAYMENT',
  RequestRefund: 'SETTLE_PAYMENT',
  Refund: 'SETTLE_PAYMENT',
  FailOrder: 'SETTLE_PAYMENT',
  ExpireOrder: 'EXPIRE_ORDER',
  DeductGoods: 'DEDUCT_STOCK',
  DeductPoints: 'DEDUCT_POINTS',
  CreateDelivery: 'CREATE_DELIVERY',
  ConfirmOrder: 'CONFIRM_ORDER',
  CompleteVisits: 'COMPLETE_VISIT',
  GiveBackGoods: 'RESTORE_STOCK',
  ReturnPoints: 'RETURN_POINTS',
  RestoreCoupon: 'RESTORE_COUPON',
  ShipDelivery: 'SHIP_DELIVERY',
  CompleteDelivery: 'COMPLETE_DELIVERY',
  CancelDelivery: 'CANCEL_DELIVERY',
} as const satisfies Record<Exclude<Doing, 'Wait' | 'AskOperator'>, string>;

/** What is carried out; the others say that nothing is. */
export type Doable = Exclude<Action, { readonly do: 'Wait' | 'AskOperator' }>;
export type StepName = (typeof steps)[Doable['do']] | 'LOAD';

/** Why an order cannot continue. Wait: an engine is away, or an answer is not known. Failed: it was refused. */
export interface StepError {
  readonly step: StepName;
  readonly kind: 'Wait' | 'Failed';
  readonly reason: string;
}

export const stepOf = (action: Doable): StepName => steps[action.do];

export const waits = (step: StepName, reason: string): E.Either<StepError, never> =>
  E.left({ step, kind: 'Wait', reason });
export const fails = (step: StepName, reason: string): E.Either<StepError, never> =>
  E.left({ step, kind: 'Failed', reason });

/** An order as it was read or written, and where its last event stands. */
export interface OrderAt {
  readonly order: Order;
  readonly revision: Revision;
  readonly position: Position;
}

/** One order as it is being driven: what is known of it, and of what it has. */
export interface Run extends OrderAt {
  /** In the order in which they were prepared. */
  readonly payments: ReadonlyArray<KnownPayment>;
  readonly claims: Claims;
  /** Another call has changed it: it is read again. */
  readonly isStale: boolean;
}

/** What an action has led to. */
export type Change = (run: Run) => Run;
export type Carried = Promise<E.Either<StepError, Change>>;

/** What is, or was to be, bought; null: there is no order. */
export const termsOf = (order: Order): OrderTerms | null =>
  isPlaced(order) ? order.placed : order.status === 'Unknown' ? null : order.wanted;

export const withClaims =
  (change: Partial<Claims>): Change =>
  (run) => ({ ...run, claims: { ...run.claims, ...change } });

/** Of goods; a reason where they were refused. */
export const withGoods =
  (productId: string, standing: Standing, reason?: string): Change =>
  (run) => {
    const { claims } = run;
    const reasons = reason === undefined ? claims.reasons : claims.reasons.set(productId, reason);
    return { ...run, claims: { ...claims, goods: claims.goods.set(productId, standing), reasons } };
  };

/** Of something there is one of. */
export const withRefused =
  (name: 'coupon' | 'points' | 'delivery', reason: string): Change =>
  ({ claims, ...run }) => ({
    ...run,
    claims: { ...claims, [name]: 'Refused', reasons: claims.reasons.set(name.toUpperCase(), reason) },
  });

/** The gateway was asked, and the result is still open. */
export const withAsked =
  (paymentId: string, answer: string): Change =>
  ({ claims, ...run }) => ({ ...run, claims: { ...claims, asked: claims.asked.set(paymentId, answer) } });

export const withOrder =
  ({ order, revision, position }: OrderAt): Change =>
  (run) => ({ ...run, order, revision, position });

export const withPayment =
  (payment: Payment): Change =>
  (run) => ({
    ...run,
    payments: run.payments.map((each) =>
      payment.status !== 'Unknown' && payment.prepared.paymentId === each.prepared.paymentId ? payment : each,
    ),
  });

export const stale: Change = (run) => ({ ...run, isStale: true });
