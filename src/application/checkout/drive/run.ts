import { type either as E } from 'fp-ts';
import { type Claims, type Standing } from '../../../domain/checkout/claims.js';
import { type OrderTerms } from '../../../domain/order/events.js';
import { isPlaced, type Order } from '../../../domain/order/order.js';
import { type KnownPayment, type Payment } from '../../../domain/payment/payment.js';
import { type Position } from '../../ports/event-store.js';
import { type StepError } from './step.js';

/** One order as it is being driven: what is known of it, and of what it has. */
export interface Run {
  readonly order: Order;
  /** Of the order's last event, as far as it was read or written here. */
  readonly position: Position;
  /** In the order in which they were to pay it. */
  readonly payments: ReadonlyArray<KnownPayment>;
  readonly claims: Claims;
  /** Somebody else has moved it on: it is read again. */
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
  ({ claims, ...run }) => ({
    ...run,
    claims: {
      ...claims,
      goods: claims.goods.set(productId, standing),
      reasons: reason === undefined ? claims.reasons : claims.reasons.set(productId, reason),
    },
  });

/** Of something there is one of. */
export const withRefused =
  (name: 'coupon' | 'points' | 'delivery', reason: string): Change =>
  ({ claims, ...run }) => ({
    ...run,
    claims: { ...claims, [name]: 'Refused', reasons: claims.reasons.set(name.toUpperCase(), reason) },
  });

/** The gateway was asked, and it is not settled. */
export const withAsked =
  (paymentId: string, answer: string): Change =>
  ({ claims, ...run }) => ({ ...run, claims: { ...claims, asked: claims.asked.set(paymentId, answer) } });

export const withOrder =
  (order: Order, position: Position): Change =>
  (run) => ({ ...run, order, position });

export const withPayment =
  (payment: Payment): Change =>
  (run) => ({
    ...run,
    payments: run.payments.map((each) =>
      payment.status !== 'Unknown' && payment.prepared.paymentId === each.prepared.paymentId ? payment : each,
    ),
  });

export const stale: Change = (run) => ({ ...run, isStale: true });
