import { type KnownPayment } from '../payment/payment.js';
import { type PlacedOrder } from '../order/order.js';
import { settlePayment } from '../order/settle-payment.js';
import { type Instant } from '../time.js';
import { type Action } from './actions.js';
import { type Claims, refusalsIn, take } from './claims.js';

export interface Given {
  readonly at: Instant;
  /** The order fails after this many declined payments. */
  readonly declinesAllowed: number;
}

/** If the gateway has not answered after this, it is asked. */
export const ASK_AFTER_MS = 5_000;

/** The first payment, in their order, that changes the order; the rest is decided afterwards. Null: none does. */
export const settle = (
  order: PlacedOrder,
  claims: Claims,
  payments: ReadonlyArray<KnownPayment>,
  { declinesAllowed }: Given,
): ReadonlyArray<Action> | null => {
  for (const payment of payments) {
    const { paymentId } = payment.prepared;
    switch (settlePayment(order, payment, declinesAllowed)) {
      case 'NOTHING':
        break;
      case 'PAY_ORDER':
        return [{ do: 'PayOrder', paymentId, late: false }];
      case 'FAIL_ORDER':
        return [{ do: 'FailOrder' }];
      case 'REFUSE':
        if (!order.refused.has(paymentId)) return [{ do: 'RefusePayment', paymentId }];
        break;
      case 'TRY_AGAIN': {
        if (refusalsIn(claims).length > 0) return [{ do: 'RefusePayment', paymentId }];
        const toTake = take(order.placed, claims, true);
        return toTake.length > 0 ? toTake : [{ do: 'PayOrder', paymentId, late: true }];
      }
    }
  }
  return null;
};

/** Money under way, or on its way back. Nothing else of the order waits for it. */
export const money = (
  order: PlacedOrder,
  { asked }: Claims,
  { status, startedAt, attempts, prepared: { paymentId } }: KnownPayment,
  at: Instant,
): ReadonlyArray<Action> => {
  const answer = asked.get(paymentId);
  if (answer !== undefined) return [{ do: 'Wait', until: null, reason: answer }];
  switch (status) {
    case 'PAID':
      return order.refused.has(paymentId) ? [{ do: 'RequestRefund', paymentId }] : [];
    case 'REFUNDING':
      return [{ do: 'Refund', paymentId }];
    case 'APPROVING': {
      // An earlier call already ended without a known result: ask at once.
      const askAt = attempts > 0 ? at : (startedAt ?? at) + ASK_AFTER_MS;
      if (at < askAt) return [{ do: 'Wait', until: askAt, reason: 'GATEWAY' }];
      return [{ do: 'AskGateway', paymentId, mayCharge: true }];
    }
    case 'PENDING':
    case 'DECLINED':
    case 'REFUNDED':
      return [];
  }
};

/** A payment under way has moved the deadline; when that comes, what the gateway has charged by then still pays. */
export const waitOrExpire = (
  { placed, paymentId }: PlacedOrder,
  { asked }: Claims,
  payments: ReadonlyArray<KnownPayment>,
  at: Instant,
): ReadonlyArray<Action> => {
  const underWay = payments.find(({ status, prepared }) => status === 'APPROVING' && prepared.paymentId === paymentId);
  const until = Math.max(placed.holdExpiresAt, underWay?.holdUntil ?? placed.holdExpiresAt);
  if (at < until) return [{ do: 'Wait', until, reason: 'PAYMENT' }];
  if (underWay === undefined || asked.has(underWay.prepared.paymentId))
    return [{ do: 'ExpireOrder', holdExpiresAt: until }];
  return [{ do: 'AskGateway', paymentId: underWay.prepared.paymentId, mayCharge: false }];
};
