import { isPlaced, type Order, type PlacedOrder } from '../../../domain/order/order.js';
import { type Payment } from '../../../domain/payment/payment.js';
import { type Claim } from '../../../domain/stock/stock.js';
import { issuedCouponAggregate, issuedCouponStream } from '../../coupon/issued-coupon-aggregate.js';
import { orAway } from '../../kernel/audit/away.js';
import { type LoadAggregatePorts, readAggregate } from '../../kernel/writer/load-aggregate.js';
import { type Clock } from '../../ports/clock.js';
import { deliveryAggregate, deliveryStream } from '../aggregates/delivery-aggregate.js';
import { orderAggregate, orderStream } from '../aggregates/order-aggregate.js';
import { paymentAggregate, paymentStream } from '../aggregates/payment-aggregate.js';
import { pointsAggregate, pointsStream } from '../aggregates/points-aggregate.js';
import { stockAggregate, stockStream } from '../aggregates/stock-aggregate.js';
import { noTraces, type PaymentsWithNumber, type Traces } from './order-traces.js';

/** How far an order is: what must be true of everything it entails. PAID is on the way from the one to the other. */
export const stageOf = {
  CREATED: 'waiting',
  PENDING_PAYMENT: 'waiting',
  PAID: 'on its way',
  CONFIRMED: 'fulfilled',
  SHIPPED: 'fulfilled',
  DELIVERED: 'fulfilled',
  CANCELLED: 'over',
  FAILED: 'over',
  EXPIRED: 'over',
} as const satisfies Record<PlacedOrder['status'], string>;
export type Stage = (typeof stageOf)[PlacedOrder['status']] | 'not placed';

/** Everything an order entails, as the events have it. */
export interface OrderFacts {
  readonly orderId: string;
  readonly order: Order;
  readonly stage: Stage;
  /** What is taken for it may still be on its way to be placed, or to be given back. */
  readonly isSettling: boolean;
  /** Epoch milliseconds: when it is judged, and when the order last changed. */
  readonly now: number;
  readonly changedAt: number;
  readonly isShown: boolean;
  readonly goods: ReadonlyArray<Claim['status'] | 'none'>;
  readonly payments: ReadonlyArray<{
    readonly paymentId: string;
    readonly status: Payment['status'];
    readonly isPaying: boolean;
    readonly changedAt: number;
  }>;
  /** Numbers of the gateway's that were to pay for this and another payment, in words. */
  readonly sharedNumbers: ReadonlyArray<string>;
  /** Null where it uses none. */
  readonly points: string | null;
  readonly coupon: 'used' | 'not used' | null;
  readonly delivery: string;
}

export interface OrderFactsPorts extends LoadAggregatePorts {
  readonly clock: Pick<Clock, 'now'>;
  readonly paymentsWithNumber: PaymentsWithNumber;
}

/** An order is placed, and one that has ended gives back what it held, well within this. */
export const SETTLED_AFTER_MS = 60_000;

const sharedNumbers = async (
  { paymentsWithNumber }: OrderFactsPorts,
  numbers: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const shared: string[] = [];
  for (const number of numbers) {
    const payments = await orAway(paymentsWithNumber(number));
    if (payments.length < 2) continue;
    const of = payments.map(({ paymentId, orderId }) => `${paymentId} of order ${orderId}`);
    shared.push(`${number} was to pay ${of.join(' and ')}`);
  }
  return shared;
};

/** What the order and its traces name, gathered from their streams. For `unlessAway`. */
export const gatherOrder = (ports: OrderFactsPorts) => {
  const read = readAggregate(ports);
  return async (orderId: string, traces: Traces = noTraces): Promise<OrderFacts> => {
    const ordered = await orAway(read(orderAggregate, orderStream(orderId)));
    const order = ordered.state;
    const placed = isPlaced(order) ? order.placed : null;
    const stage: Stage = isPlaced(order) ? stageOf[order.status] : 'not placed';
    const userId = placed?.userId ?? traces.userId;
    const couponId = placed === null ? traces.couponId : placed.couponId;

    const productIds = placed?.lines.map(({ productId }) => productId) ?? traces.productIds;
    const claims = await Promise.all(
      productIds.map(async (productId) => {
        const { state } = await orAway(read(stockAggregate, stockStream(productId)));
        return state.status === 'Unknown' ? undefined : state.claims.get(orderId);
      }),
    );
    const paymentIds = isPlaced(order) ? order.payments.toArray() : traces.paymentIds;
    const payments = await Promise.all(
      paymentIds.map(async (paymentId) => {
        const { state, last } = await orAway(read(paymentAggregate, paymentStream(paymentId)));
        const isPaid = stage === 'fulfilled' || stage === 'on its way';
        return {
          paymentId,
          status: state.status,
          isPaying: isPaid && isPlaced(order) && order.paymentId === paymentId,
          changedAt: last?.recordedAt ?? 0,
          number: state.status === 'Unknown' ? null : state.gatewayPaymentId,
        };
      }),
    );
    const usesPoints = userId !== null && (placed === null || placed.points > 0);
    const use = usesPoints
      ? ((await orAway(read(pointsAggregate, pointsStream(userId)))).state.uses.get(orderId)?.status ?? 'none')
      : null;
    const usedBy =
      couponId === null || userId === null
        ? null
        : (await orAway(read(issuedCouponAggregate, issuedCouponStream(couponId, userId)))).state.usedBy;
    const delivery = (await orAway(read(deliveryAggregate, deliveryStream(orderId)))).state.status;

    const now = ports.clock.now();
    const changedAt = ordered.last?.recordedAt ?? 0;
    const taken = claims.flatMap((claim) => (claim?.status === 'Held' ? [claim.takenAt] : []));
    return {
      orderId,
      order,
      stage,
      isSettling:
        (stage === 'not placed' || stage === 'over') && now - Math.max(changedAt, ...taken) < SETTLED_AFTER_MS,
      now,
      changedAt,
      isShown: traces.isShown,
      goods: claims.map((claim) => claim?.status ?? 'none'),
      payments: payments.map(({ number: _, ...payment }) => payment),
      sharedNumbers: await sharedNumbers(
        ports,
        payments.flatMap(({ number }) => (number === null ? [] : [number])),
      ),
      points: use,
      coupon: couponId === null ? null : usedBy === orderId ? 'used' : 'not used',
      delivery,
    };
  };
};
