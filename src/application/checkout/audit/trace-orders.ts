import { statusAfter } from '../../../domain/order/order.js';
import { isIssuedCouponEvent, ISSUED_COUPON_STREAMS } from '../../coupon/issued-coupon-aggregate.js';
import { orAway } from '../../kernel/audit/away.js';
import { BEGINNING, type RecordedEvent } from '../../ports/event-store.js';
import { type EventFeed } from '../../ports/event-feed.js';
import { isOrderEvent, ORDER_STREAMS } from '../aggregates/order-aggregate.js';
import { isPaymentEvent, PAYMENT_STREAMS } from '../aggregates/payment-aggregate.js';
import { isPointsEvent, POINTS_STREAMS } from '../aggregates/points-aggregate.js';
import { type Stage, stageOf } from './order-facts.js';
import { noTraces, type Traces } from './order-traces.js';

/** What all events together say of one order: enough to tell whether it has to be looked at closely. */
interface Trace {
  stage: Stage;
  readonly userId: string;
  couponId: string | null;
  /** How many of points and coupon it is to use, and how many of them it uses. */
  expected: number;
  used: number;
  /** Payments that are charged, or may be, and are not given back. */
  charged: number;
  /** Of an order that does not stand. */
  paymentIds: ReadonlyArray<string>;
  /** Epoch milliseconds: when something of it was recorded last. */
  changedAt: number;
}

export interface Suspect {
  readonly orderId: string;
  readonly traces: Traces;
  readonly changedAt: number;
}

const stageAfter: Readonly<Record<string, Stage>> = Object.fromEntries(
  Object.entries(statusAfter).map(([type, status]) => [type, stageOf[status]]),
);

const usedBy: Readonly<Record<string, number>> = {
  PointsReserved: 1,
  PointsReleased: -1,
  PointsRefunded: -1,
  CouponRedeemed: 1,
  CouponRestored: -1,
};
const chargedBy: Readonly<Record<string, number>> = {
  PaymentApprovalStarted: 1,
  PaymentDeclined: -1,
  PaymentRefunded: -1,
};

const isSuspect = ({ stage, expected, used, charged, paymentIds }: Trace): boolean => {
  switch (stage) {
    // Or one that is over and was done with.
    case 'not placed':
      return used !== 0 || charged !== 0 || paymentIds.length > 0;
    case 'waiting':
      return used !== expected || charged !== 0;
    case 'on its way':
      return true;
    case 'fulfilled':
      return used !== expected || charged > 1;
    case 'over':
      return used !== 0 || charged !== 0;
  }
};

const see = (traces: Map<string, Trace>, { event, recordedAt }: RecordedEvent): void => {
  const known =
    isOrderEvent(event) || isPaymentEvent(event) || isIssuedCouponEvent(event) || isPointsEvent(event) ? event : null;
  if (known === null || !('orderId' in known)) return;
  const { orderId, type } = known;
  const trace: Trace = traces.get(orderId) ?? {
    stage: 'not placed',
    userId: 'userId' in known ? known.userId : '',
    couponId: null,
    expected: 0,
    used: 0,
    charged: 0,
    paymentIds: [],
    changedAt: recordedAt,
  };
  trace.stage = stageAfter[type] ?? trace.stage;
  trace.used += usedBy[type] ?? 0;
  const isChargedAfterAll = known.type === 'PaymentRefundRequested' && known.reason === 'DECLINED_BEFORE';
  trace.charged += isChargedAfterAll ? 1 : (chargedBy[type] ?? 0);
  trace.changedAt = recordedAt;
  if (known.type === 'OrderCreated') trace.expected = (known.points > 0 ? 1 : 0) + (known.couponId === null ? 0 : 1);
  if ('couponId' in known) trace.couponId = known.couponId;
  if (known.type === 'PaymentPrepared' && trace.stage === 'not placed')
    trace.paymentIds = [...trace.paymentIds, known.paymentId];
  // One that is over and took nothing with it is done with.
  if (trace.stage === 'over' && !isSuspect(trace)) traces.delete(orderId);
  else traces.set(orderId, trace);
};

/**
 * Reads everything that was ever recorded of orders, payments, points and used coupons, and names the orders of which it does
 * not add up. Some are only in progress: the caller checks each one. For `unlessAway`.
 */
export const suspectOrders = async (feed: Pick<EventFeed, 'read'>): Promise<ReadonlyArray<Suspect>> => {
  const traces = new Map<string, Trace>();
  const streamPrefixes = [ORDER_STREAMS, PAYMENT_STREAMS, POINTS_STREAMS, ISSUED_COUPON_STREAMS];
  for (let after = BEGINNING; ;) {
    const { events, position, caughtUp } = await orAway(feed.read(after, { streamPrefixes }));
    for (const recorded of events) see(traces, recorded);
    if (caughtUp || position === after) break;
    after = position;
  }
  return [...traces]
    .filter(([, trace]) => isSuspect(trace))
    .map(([orderId, { userId, couponId, paymentIds, changedAt }]) => ({
      orderId,
      traces: { ...noTraces, userId, couponId, paymentIds },
      changedAt,
    }));
};
